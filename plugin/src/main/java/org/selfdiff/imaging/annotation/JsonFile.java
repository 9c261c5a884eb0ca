package org.selfdiff.imaging.annotation;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * A JSON file that is read token by token. What is not asked for is stepped over, whatever it holds; a key that is
 * asked for may be there once.
 */
final class JsonFile {
    private static final int MAX_DEPTH = 64;

    private static final int MAX_SHOWN = 200;

    private final JsonReader reader;

    private final MeteredInput input;

    private JsonFile(final MeteredInput input) throws IOException {
        this.input = input;
        this.reader = new JsonReader(new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder()));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MAX_DEPTH);
    }

    /** Reads the whole file. */
    interface Content {
        void read(JsonFile json) throws IOException, RunFailed, RunCancelled;
    }

    /** Reads the value of a key. */
    interface Member {
        void read(String key) throws IOException, RunFailed, RunCancelled;
    }

    /** Reads an item of an array. */
    interface Item {
        void read() throws IOException, RunFailed, RunCancelled;
    }

    /**
     * Opens a file and reads it.
     *
     * @throws RunFailed naming the file and the place in it, if it is no JSON, ends early or holds something else than
     *     the content asks for
     */
    static void read(final Path file, final RunControl control, final Content content) throws RunFailed, RunCancelled {
        JsonFile json = null;
        try (MeteredInput input = new MeteredInput(file, control)) {
            json = new JsonFile(input);
            content.read(json);
        } catch (final IOException | IllegalStateException | NumberFormatException e) {
            control.checkCancelled();
            throw new RunFailed(
                    "The annotations cannot be read: " + reason(e),
                    json == null ? file.toString() : file + ", " + shown(json.reader.getPath()),
                    "Export the annotations again, or copy the file again from its source.",
                    e);
        }
    }

    private static String reason(final Exception e) {
        if (e instanceof EOFException) {
            return "the file ends early";
        }
        if (e instanceof CharacterCodingException) {
            return "the file is not UTF-8 text";
        }
        final String message = String.valueOf(e.getMessage());
        if (message.startsWith("Use JsonReader.setStrictness")) {
            return "this is not valid JSON" + position(message);
        }
        return shown(message.split(" path |\n", 2)[0]); // the path is said already, an address for programmers follows
    }

    private static String position(final String message) {
        final int at = message.indexOf(" at line ");
        final int end = message.indexOf(" path ", at);
        return at < 0 || end < 0 ? "" : message.substring(at, end);
    }

    private static String shown(final String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }

    /** Whether the next token is of a kind. */
    boolean is(final JsonToken token) throws IOException {
        input.next();
        return reader.peek() == token;
    }

    /** Whether the array or object has another entry. */
    boolean hasNext() throws IOException {
        return reader.hasNext();
    }

    /** Into an array. */
    void beginArray() throws IOException {
        reader.beginArray();
    }

    /** Out of an array. */
    void endArray() throws IOException {
        reader.endArray();
    }

    /** A text or number. */
    String text() throws IOException {
        input.next();
        return reader.nextString();
    }

    /** A finite number. */
    double number() throws IOException {
        return reader.nextDouble();
    }

    /** A whole number. */
    long whole() throws IOException {
        return reader.nextLong();
    }

    /** Steps over a value; QuPath writes NaN into measurements, so that anything goes there. */
    void skip() throws IOException {
        input.skipping();
        reader.setStrictness(Strictness.LENIENT);
        reader.skipValue();
        reader.setStrictness(Strictness.STRICT);
        input.next();
    }

    /** Reads some keys of an object and steps over the others. */
    void object(final List<String> keys, final Member member) throws IOException, RunFailed, RunCancelled {
        long seen = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            input.next();
            final String key = reader.nextName();
            final int known = keys.indexOf(key);
            if (known < 0) {
                skip();
                continue;
            }
            if ((seen >> known & 1) != 0) {
                throw new IOException("the key \"" + key + "\" is there twice");
            }
            seen |= 1L << known;
            member.read(key);
        }
        reader.endObject();
    }

    /** The first of some keys that an object has, {@code null} if it has none; the rest of the file is not read. */
    String firstOf(final List<String> keys) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            input.next();
            final String key = reader.nextName();
            if (keys.contains(key)) {
                return key;
            }
            skip();
        }
        return null;
    }

    /** Reads an array. */
    void array(final Item item) throws IOException, RunFailed, RunCancelled {
        reader.beginArray();
        while (reader.hasNext()) {
            input.next();
            item.read();
        }
        reader.endArray();
    }

    /** Checks that the file has nothing more. */
    void end() throws IOException {
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException("something follows behind the end");
        }
    }
}
