package org.knime.node;

import java.io.IOException;
import java.io.StringReader;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** The node description as XML; texts must be well-formed and use XHTML's elements for text only. */
final class DescriptionDocument {

    private static final Set<String> ALLOWED = Set.of(
            "fragment",
            "p",
            "br",
            "hr",
            "h3",
            "h4",
            "h5",
            "a",
            "b",
            "i",
            "u",
            "em",
            "strong",
            "tt",
            "code",
            "pre",
            "sub",
            "sup",
            "samp",
            "kbd",
            "var",
            "div",
            "span",
            "ul",
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "th",
            "td");

    private final DocumentBuilder builder;
    private final Document document;

    DescriptionDocument() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            builder = factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
        builder.setErrorHandler(new DefaultHandler());
        document = builder.newDocument();
        document.appendChild(document.createElement("knimeNode"));
    }

    Element root() {
        return document.getDocumentElement();
    }

    Element text(String name, String text) {
        Element element = document.createElement(name);
        element.setTextContent(text);
        root().appendChild(element);
        return element;
    }

    /** Adds a text in XHTML. */
    Element xhtml(String name, String text) throws SAXException, IOException {
        Document parsed;
        try {
            parsed = builder.parse(new InputSource(new StringReader("<fragment>" + text + "</fragment>")));
        } catch (SAXParseException e) {
            throw new SAXException(
                    "The text of <" + name + "> is not well-formed XHTML (" + e.getMessage() + "): " + text, e);
        }
        NodeList elements = parsed.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            String tag = elements.item(i).getNodeName();
            if (!ALLOWED.contains(tag)) {
                throw new SAXException("The text of <" + name + "> uses <" + tag + ">, which node descriptions do not"
                        + " know: " + text);
            }
        }
        Element element = document.createElement(name);
        NodeList children = parsed.getDocumentElement().getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            element.appendChild(document.importNode(children.item(i), true));
        }
        root().appendChild(element);
        return element;
    }
}
