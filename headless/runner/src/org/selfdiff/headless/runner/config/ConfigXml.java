package org.selfdiff.headless.runner.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.selfdiff.headless.runner.RunnerFailed;

/**
 * Reads KNIME's XML configuration files ({@code workflow.knime}, {@code settings.xml}): nested {@code config} elements
 * with {@code entry} elements. Document types and external entities are refused.
 */
public final class ConfigXml {
    private static final Pattern ESCAPED = Pattern.compile("%%(\\d{5})");

    private static final int DEEPEST = 200;

    private ConfigXml() {}

    /**
     * Reads a file.
     *
     * @throws RunnerFailed when it is missing, is not XML or is not a configuration; says the line
     */
    public static ConfigGroup read(final Path file) throws RunnerFailed {
        if (!Files.isRegularFile(file)) {
            throw RunnerFailed.unreadable(
                    "File not found", file.toString(), "restore the file, or save the workflow again in KNIME");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in, file.toString());
        } catch (IOException e) {
            throw RunnerFailed.unreadable(
                    "File cannot be read: " + e.getMessage(), file.toString(), "check the file's access rights");
        }
    }

    /** Reads a stream; {@code where} names it in errors. */
    public static ConfigGroup parse(final InputStream in, final String where) throws RunnerFailed {
        final XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            final XMLStreamReader reader = factory.createXMLStreamReader(in);
            try {
                return root(reader, where);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            final int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw RunnerFailed.unreadable(
                    "Broken XML: "
                            + e.getMessage()
                                    .lines()
                                    .reduce((first, last) -> last)
                                    .orElse(""),
                    where + ", line " + line,
                    "restore the file, or save the workflow again in KNIME");
        }
    }

    private static ConfigGroup root(final XMLStreamReader reader, final String where)
            throws XMLStreamException, RunnerFailed {
        final Deque<ConfigGroup> open = new ArrayDeque<>();
        ConfigGroup root = null;
        while (reader.hasNext()) {
            final int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                final String element = reader.getLocalName();
                if (root == null && !"config".equals(element)) {
                    throw notAConfiguration("the file begins with <" + element + ">", reader, where);
                }
                if ("config".equals(element)) {
                    final ConfigGroup group = new ConfigGroup(key(reader, where));
                    if (root == null) {
                        root = group;
                    } else if (open.isEmpty() || open.size() > DEEPEST) {
                        throw notAConfiguration("a config element out of place", reader, where);
                    } else {
                        open.peek().put(group);
                    }
                    open.push(group);
                } else if ("entry".equals(element) && !open.isEmpty()) {
                    open.peek().put(entry(reader, where));
                } else {
                    throw notAConfiguration("unexpected element <" + element + ">", reader, where);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT && "config".equals(reader.getLocalName())) {
                open.pop();
            } else if (event == XMLStreamConstants.DTD) {
                throw notAConfiguration("a document type is not allowed here", reader, where);
            }
        }
        return root;
    }

    private static ConfigEntry entry(final XMLStreamReader reader, final String where) throws RunnerFailed {
        final String key = key(reader, where);
        final String typeName = reader.getAttributeValue(null, "type");
        final EntryType type = EntryType.of(String.valueOf(typeName))
                .orElseThrow(() ->
                        notAConfiguration("entry \"" + key + "\" has the unknown type " + typeName, reader, where));
        if ("true".equals(reader.getAttributeValue(null, "isnull"))) {
            return new ConfigEntry(key, type, null);
        }
        final String raw = reader.getAttributeValue(null, "value");
        if (raw == null) {
            throw notAConfiguration("entry \"" + key + "\" has no value", reader, where);
        }
        final String text = unescape(raw);
        if (!type.accepts(text)) {
            throw notAConfiguration(
                    "entry \"" + key + "\" holds \"" + text + "\", which is no "
                            + type.fileName().substring(1),
                    reader,
                    where);
        }
        return new ConfigEntry(key, type, text);
    }

    private static String key(final XMLStreamReader reader, final String where) throws RunnerFailed {
        final String key = reader.getAttributeValue(null, "key");
        if (key == null) {
            throw notAConfiguration("<" + reader.getLocalName() + "> without a key", reader, where);
        }
        return unescape(key);
    }

    /** Control characters are stored as two percent signs and five decimal digits. */
    static String unescape(final String stored) {
        return ESCAPED.matcher(stored)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1)))));
    }

    private static RunnerFailed notAConfiguration(final String what, final XMLStreamReader reader, final String where) {
        return RunnerFailed.unreadable(
                "Not a KNIME configuration file: " + what,
                where + ", line " + reader.getLocation().getLineNumber(),
                "restore the file, or save the workflow again in KNIME");
    }
}
