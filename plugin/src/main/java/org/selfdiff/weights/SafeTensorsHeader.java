package org.selfdiff.weights;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The header of a safetensors file: a JSON object that maps names to element type, shape and place, and
 * {@code __metadata__} to texts. Read token by token, so that nothing in it decides how deep or how large anything
 * gets.
 */
final class SafeTensorsHeader {
    /** The longest header accepted; the largest public models need a few MB. */
    static final int MAX_BYTES = 16 << 20;

    static final String METADATA = "__metadata__";

    private static final int MAX_TENSORS = 1 << 16;

    private static final int MAX_METADATA = 1 << 12;

    private static final int MAX_NAME = 1 << 12;

    private static final int MAX_DIMENSIONS = 8;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    private final Map<String, Long> begins = new HashMap<>();

    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafeTensorsHeader() {}

    /** What is wrong with a header; the file is added by whoever knows it. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(final String message) {
            super(message);
        }
    }

    /**
     * Reads and checks a header.
     *
     * @param json the header's bytes
     * @param dataLength bytes in the file behind the header; the tensors must fill them without holes and overlaps
     */
    static SafeTensorsHeader parse(final byte[] json, final long dataLength) throws Malformed {
        final String text = text(json);
        final SafeTensorsHeader header = new SafeTensorsHeader();
        final JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            header.read(reader);
        } catch (IOException | IllegalStateException e) {
            throw new Malformed("its header is not the JSON that it should be: " + e.getMessage());
        }
        header.checkPlaces(dataLength);
        return header;
    }

    Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** First byte of a tensor that is there, counted from the end of the header. */
    long begin(final StoredTensor tensor) {
        return begins.get(tensor.name());
    }

    /** The byte behind a tensor's last one; see {@link #begin}. */
    long end(final StoredTensor tensor) {
        return begin(tensor) + tensor.elements() * tensor.type().bytes();
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    private static String text(final byte[] json) throws Malformed {
        if (json.length == 0 || json[0] != '{') {
            throw new Malformed("its header does not start with {");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("its header is not UTF-8");
        }
    }

    private void read(final JsonReader reader) throws IOException, Malformed {
        boolean described = false;
        reader.beginObject();
        while (reader.hasNext()) {
            final String name = reader.nextName();
            if (name.equals(METADATA)) {
                require(!described, "two entries " + METADATA);
                described = true;
                readMetadata(reader);
                continue;
            }
            require(tensors.size() < MAX_TENSORS, "more than " + MAX_TENSORS + " tensors");
            require(name.length() <= MAX_NAME, "a name of " + name.length() + " characters");
            require(tensors.put(name, readTensor(reader, name)) == null, "two tensors of the name " + show(name));
        }
        reader.endObject();
        require(reader.peek() == JsonToken.END_DOCUMENT, "something behind the header's object");
    }

    private void readMetadata(final JsonReader reader) throws IOException, Malformed {
        reader.beginObject();
        while (reader.hasNext()) {
            final String key = reader.nextName();
            require(metadata.size() < MAX_METADATA, "more than " + MAX_METADATA + " entries in " + METADATA);
            require(reader.peek() == JsonToken.STRING, METADATA + " entry " + show(key) + " is not a text");
            require(metadata.put(key, reader.nextString()) == null, "two " + METADATA + " entries " + show(key));
        }
        reader.endObject();
    }

    private StoredTensor readTensor(final JsonReader reader, final String name) throws IOException, Malformed {
        StoredType type = null;
        long[] shape = null;
        long[] offsets = null;
        reader.beginObject();
        while (reader.hasNext()) {
            final String key = reader.nextName();
            switch (key) {
                case "dtype" -> {
                    require(type == null, "two dtype of " + show(name));
                    type = readType(reader, name);
                }
                case "shape" -> {
                    require(shape == null, "two shape of " + show(name));
                    shape = readNumbers(reader, name);
                }
                case "data_offsets" -> {
                    require(offsets == null, "two data_offsets of " + show(name));
                    offsets = readNumbers(reader, name);
                }
                default -> throw new Malformed("unknown key " + show(key) + " of tensor " + show(name));
            }
        }
        reader.endObject();
        require(
                type != null && shape != null && offsets != null,
                "dtype, shape or data_offsets of " + show(name) + " missing");
        require(
                offsets.length == 2 && offsets[0] <= offsets[1],
                "data_offsets of " + show(name) + " are " + Arrays.toString(offsets));
        require(
                bytes(shape, type, name) == offsets[1] - offsets[0],
                "tensor " + show(name) + " of shape " + Arrays.toString(shape) + " and type " + type + " has "
                        + (offsets[1] - offsets[0]) + " bytes");
        begins.put(name, offsets[0]); // at any byte: the format does not ask for alignment
        return new StoredTensor(name, type, shape);
    }

    private static StoredType readType(final JsonReader reader, final String name) throws IOException, Malformed {
        require(reader.peek() == JsonToken.STRING, "dtype of " + show(name) + " is not a text");
        final String text = reader.nextString();
        return StoredType.of(text)
                .orElseThrow(
                        () -> new Malformed("element type " + show(text) + " of " + show(name) + " is not supported"));
    }

    private static long[] readNumbers(final JsonReader reader, final String name) throws IOException, Malformed {
        final List<Long> numbers = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            require(reader.peek() == JsonToken.NUMBER, "shape or data_offsets of " + show(name) + " hold no number");
            require(numbers.size() < MAX_DIMENSIONS, "more than " + MAX_DIMENSIONS + " dimensions of " + show(name));
            final String digits = reader.nextString();
            require(
                    WHOLE_NUMBER.matcher(digits).matches(),
                    show(digits) + " in shape or data_offsets of " + show(name));
            numbers.add(Long.parseLong(digits));
        }
        reader.endArray();
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    private static long bytes(final long[] shape, final StoredType type, final String name) throws Malformed {
        try {
            long n = type.bytes();
            for (final long length : shape) {
                n = Math.multiplyExact(n, length);
            }
            return n;
        } catch (ArithmeticException e) {
            throw new Malformed("the shape " + Arrays.toString(shape) + " of " + show(name) + " is too large");
        }
    }

    private void checkPlaces(final long dataLength) throws Malformed {
        final List<StoredTensor> ordered = new ArrayList<>(tensors.values());
        ordered.sort(Comparator.comparingLong(this::begin).thenComparingLong(this::end));
        long at = 0;
        for (final StoredTensor t : ordered) {
            require(begin(t) >= at, "tensor " + show(t.name()) + " overlaps another");
            require(begin(t) == at, "there is a hole before tensor " + show(t.name()));
            require(end(t) <= dataLength, "tensor " + show(t.name()) + " ends beyond the file; it is cut off");
            at = end(t);
        }
        require(at == dataLength, (dataLength - at) + " bytes behind the last tensor");
    }

    private static void require(final boolean condition, final String message) throws Malformed {
        if (!condition) {
            throw new Malformed(message);
        }
    }

    /** A name from the file as it can be shown: short, and without control characters. */
    private static String show(final String name) {
        final String shown = name.length() > 80 ? name.substring(0, 80) + "..." : name;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
