package org.selfdiff.imaging.annotation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML file in the encoding that its first line names, UTF-8 if it names none. Decoded here, as the
 * JDK's parser prints damaged bytes to the console.
 */
final class XmlText {
    private static final int HEAD = 200;

    private static final Pattern ENCODING =
            Pattern.compile("<\\?xml[^>]{0,100}?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private XmlText() {}

    /**
     * The text from its first character on.
     *
     * @throws IOException if the encoding is unknown; reading throws one at bytes that are none of its characters
     */
    static Reader of(final InputStream file) throws IOException {
        final BufferedInputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(HEAD);
        final String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        in.reset();
        final String mark = "\u00ef\u00bb\u00bf"; // of UTF-8
        if (head.startsWith(mark)) {
            in.skipNBytes(mark.length());
        }
        final Matcher named = ENCODING.matcher(head);
        final String name = named.find() ? named.group(1) : "UTF-8";
        try {
            return new InputStreamReader(in, Charset.forName(name).newDecoder());
        } catch (final IllegalArgumentException | UnsupportedOperationException e) {
            throw new IOException("the encoding " + name + " is unknown", e);
        }
    }
}
