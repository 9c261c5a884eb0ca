package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads and writes settings as nested {@code <config key>} and {@code <entry key type value [isnull]>} elements.
 * Control characters cannot stand in XML: they are written as two percent signs and five decimal digits.
 */
final class ConfigXml {

    private static final String NAMESPACE = "http://www.knime.org/2008/09/XMLConfig";
    private static final int CODE_LENGTH = 7;

    private ConfigXml() {}

    static void write(ConfigBase config, OutputStream out) throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<config xmlns=\"")
                .append(NAMESPACE)
                .append("\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"")
                .append(NAMESPACE)
                .append(" http://www.knime.org/XMLConfig_2008_09.xsd\"");
        body(config, xml, 0);
        out.write(xml.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void body(ConfigBase config, StringBuilder xml, int depth) {
        xml.append(" key=\"").append(attribute(config.getKey()));
        if (config.keySet().isEmpty()) {
            xml.append("\"/>\n");
            return;
        }
        xml.append("\">\n");
        String indent = "    ".repeat(depth + 1);
        for (String key : config) {
            AbstractConfigEntry entry = config.getEntry(key);
            if (entry instanceof ConfigBase child) {
                body(child, xml.append(indent).append("<config"), depth + 1);
            } else {
                String text = entry.toStringValue();
                xml.append(indent)
                        .append("<entry key=\"")
                        .append(attribute(key))
                        .append("\" type=\"");
                xml.append(entry.getType()).append(text == null ? "\" isnull=\"true\"" : "\"");
                xml.append(" value=\"")
                        .append(text == null ? "" : attribute(text))
                        .append("\"/>\n");
            }
        }
        xml.append("    ".repeat(depth)).append("</config>\n");
    }

    private static String attribute(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean startsCode = c == '%' && i + 1 < text.length() && text.charAt(i + 1) == '%';
            if (c < ' ' || startsCode) {
                out.append(String.format(java.util.Locale.ROOT, "%%%%%05d", (int) c));
            } else {
                switch (c) {
                    case '&' -> out.append("&amp;");
                    case '<' -> out.append("&lt;");
                    case '>' -> out.append("&gt;");
                    case '"' -> out.append("&quot;");
                    default -> out.append(c);
                }
            }
        }
        return out.toString();
    }

    static String decode(String text) {
        int start = text.indexOf("%%");
        if (start < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            String code = i + CODE_LENGTH <= text.length() ? text.substring(i, i + CODE_LENGTH) : "";
            if (code.matches("%%\\d{5}")) {
                out.append((char) Integer.parseInt(code.substring(2)));
                i += CODE_LENGTH - 1;
            } else {
                out.append(text.charAt(i));
            }
        }
        return out.toString();
    }

    static void read(ConfigBase config, InputStream in) throws IOException {
        try (in) {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.newSAXParser().parse(in, new Reader(config));
        } catch (SAXParseException e) {
            throw new IOException(
                    "Settings are not well-formed at line " + e.getLineNumber() + ": " + e.getMessage(), e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("Settings cannot be read: " + e.getMessage(), e);
        }
    }

    /** Fills the tree while the document is read. */
    private static final class Reader extends DefaultHandler {

        private final Deque<ConfigBase> open = new ArrayDeque<>();
        private final ConfigBase root;

        Reader(ConfigBase root) {
            this.root = root;
        }

        @Override
        public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
            String key = attributes.getValue("key");
            if (key == null) {
                throw new SAXException("<" + name + "> has no key");
            }
            key = decode(key);
            if ("config".equals(name)) {
                open.push(open.isEmpty() ? root : open.peek().addConfigBase(key));
            } else if ("entry".equals(name) && !open.isEmpty()) {
                open.peek().addEntry(entry(key, attributes));
            } else {
                throw new SAXException("unexpected element <" + name + ">");
            }
        }

        private static ValueEntry entry(String key, Attributes attributes) throws SAXException {
            String type = attributes.getValue("type");
            String text = attributes.getValue("value");
            try {
                ConfigEntries kind = ConfigEntries.valueOf(String.valueOf(type));
                boolean isNull = Boolean.parseBoolean(attributes.getValue("isnull"));
                return new ValueEntry(key, kind, isNull ? null : kind.parse(key, decode(text)));
            } catch (RuntimeException e) {
                throw new SAXException(
                        "entry \"" + key + "\" of type \"" + type + "\" has the bad value \"" + text + "\"", e);
            }
        }

        @Override
        public void endElement(String uri, String localName, String name) {
            if ("config".equals(name)) {
                open.pop();
            }
        }
    }
}
