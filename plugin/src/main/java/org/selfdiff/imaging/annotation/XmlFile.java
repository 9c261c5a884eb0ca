package org.selfdiff.imaging.annotation;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * An XML file that is read element by element. A document type declaration is refused, as entities can fill the memory
 * or name other files.
 */
final class XmlFile {
    private static final int MAX_DEPTH = 64;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]{1,40}([eE][-+]?[0-9]{1,3})?");

    private final String file;

    private final XMLStreamReader reader;

    private final MeteredInput input;

    private int depth;

    private boolean start;

    private XmlFile(final Path file, final MeteredInput input) throws XMLStreamException, IOException {
        this.file = file.toString();
        this.input = input;
        // the JDK's own parser, whatever else is on the class path
        final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("another file is named");
        });
        this.reader = factory.createXMLStreamReader(XmlText.of(input));
    }

    /** Reads the whole file. */
    interface Content {
        void read(XmlFile xml) throws XMLStreamException, RunFailed, RunCancelled;
    }

    /**
     * Opens a file and reads it.
     *
     * @throws RunFailed naming the file and the line, if it is no XML, ends early, declares a document type or holds
     *     something else than the content asks for
     */
    static void read(final Path file, final RunControl control, final Content content) throws RunFailed, RunCancelled {
        try (MeteredInput input = new MeteredInput(file, control)) {
            content.read(new XmlFile(file, input));
        } catch (final IOException | XMLStreamException e) {
            control.checkCancelled();
            throw new RunFailed(
                    "The annotations cannot be read: " + reason(e),
                    file.toString(),
                    "Export the annotations again, or copy the file again from its source.",
                    e);
        }
    }

    private static String reason(final Exception e) {
        final Throwable cause = e instanceof XMLStreamException x ? x.getNestedException() : e;
        if (cause instanceof CharacterCodingException) {
            return "the file is not text in the encoding that it names";
        }
        if (cause instanceof IOException) {
            return cause.getMessage();
        }
        final String text = String.valueOf(e.getMessage());
        if (text.contains("XML document structures must start and end within the same entity")) {
            return "the file ends early";
        }
        return text.replaceAll("\\s+", " ");
    }

    /** Goes to the next start or end of an element; whether there is one. */
    boolean next() throws XMLStreamException, RunFailed {
        while (reader.hasNext()) {
            input.next();
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    start = true;
                    if (++depth > MAX_DEPTH) {
                        throw new XMLStreamException("elements are nested more than " + MAX_DEPTH + " deep");
                    }
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    start = false;
                    depth--;
                    return true;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw new RunFailed(
                        "The file declares a document type or uses an entity, which no annotation program writes",
                        file + line(),
                        "Remove the DOCTYPE and the entities; be careful with the file if its source is unknown.");
                default -> {
                    // text and comments carry nothing
                }
            }
        }
        return false;
    }

    /** Whether an element of a name starts here. */
    boolean starts(final String name) {
        return start && reader.getLocalName().equals(name);
    }

    /** Whether an element of a name ends here. */
    boolean ends(final String name) {
        return !start && reader.getLocalName().equals(name);
    }

    /** Name of the element. */
    String name() {
        return reader.getLocalName();
    }

    /** An attribute of the element that starts here, empty if it has none of that name. */
    String attribute(final String name) {
        final String value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    /** An attribute that is a number. */
    double number(final String name, final String where) throws RunFailed {
        final String text = attribute(name).strip();
        if (NUMBER.matcher(text).matches()) {
            try {
                return Double.parseDouble(text);
            } catch (final NumberFormatException e) {
                // two points, which is said below
            }
        }
        throw new RunFailed(
                "The attribute " + name + "=\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text)
                        + "\" is not a number",
                where + line(),
                "Coordinates are numbers with a decimal point; export the annotations again.");
    }

    private String line() {
        return ", line " + reader.getLocation().getLineNumber();
    }
}
