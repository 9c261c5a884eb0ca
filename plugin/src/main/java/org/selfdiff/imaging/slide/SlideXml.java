package org.selfdiff.imaging.slide;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.selfdiff.run.RunFailed;

/**
 * Reads the XML that scanners put into an ImageDescription, element by element. A document type is refused, so that
 * nothing can be expanded or fetched; nesting and number are bounded; text outside of leaf elements is dropped.
 */
final class SlideXml {
    private static final int MAX_DEPTH = 100;

    private static final int MAX_ELEMENTS = 500_000;

    private SlideXml() {}

    /** Is told of every element in the order of the text. */
    interface Visitor {

        /**
         * An element begins.
         *
         * @param name without a namespace prefix
         * @param attributes by name without prefix
         */
        void start(String name, Map<String, String> attributes);

        /**
         * An element ends.
         *
         * @param text what stands between its last tag and this one
         */
        void end(String name, String text);
    }

    /**
     * Reads a text.
     *
     * @param text the XML; what stands before the first and after the last angle bracket is passed over
     * @param where the file and tag, for messages
     * @throws RunFailed if it is no well-formed XML, has a document type or is nested too deeply
     */
    static void read(final String text, final String where, final Visitor visitor) throws RunFailed {
        final int from = text.indexOf('<');
        final int to = text.lastIndexOf('>');
        try {
            if (from < 0 || to < from) {
                throw new XMLStreamException("there is no element");
            }
            walk(withoutDeclaration(text.substring(from, to + 1)), visitor);
        } catch (final XMLStreamException | RuntimeException e) {
            throw new RunFailed(
                    "The description of the slide is XML that cannot be read: " + firstLine(e),
                    where,
                    "The file is damaged or of another kind; export it again from the scanner's software.",
                    e);
        }
    }

    /** The declaration names the encoding of bytes, and the text is decoded already. */
    private static String withoutDeclaration(final String text) {
        final int end = text.indexOf("?>");
        return text.startsWith("<?xml") && end > 0 ? text.substring(end + 2).stripLeading() : text;
    }

    private static void walk(final String text, final Visitor visitor) throws XMLStreamException {
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        final XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
        try {
            final StringBuilder leaf = new StringBuilder();
            int depth = 0;
            int elements = 0;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.DTD -> throw new XMLStreamException("it has a document type");
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > MAX_DEPTH) {
                            throw new XMLStreamException("it is nested more than " + MAX_DEPTH + " deep");
                        }
                        if (++elements > MAX_ELEMENTS) {
                            throw new XMLStreamException("it has more than " + MAX_ELEMENTS + " elements");
                        }
                        leaf.setLength(0);
                        visitor.start(reader.getLocalName(), attributes(reader));
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        visitor.end(reader.getLocalName(), leaf.toString());
                        leaf.setLength(0);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> leaf.append(reader.getText());
                    default -> {
                        // comments and instructions say nothing about the slide
                    }
                }
            }
        } finally {
            reader.close();
        }
    }

    private static Map<String, String> attributes(final XMLStreamReader reader) {
        final Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return attributes;
    }

    private static String firstLine(final Exception e) {
        final String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.replace('\n', ' ');
    }
}
