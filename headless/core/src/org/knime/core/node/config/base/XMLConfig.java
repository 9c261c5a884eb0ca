package org.knime.core.node.config.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** The XML form of settings. */
public final class XMLConfig {

    private XMLConfig() {}

    public static void save(ConfigBase config, OutputStream out) throws IOException {
        ConfigXml.write(config, out);
    }

    public static void load(ConfigBase config, InputStream in)
            throws IOException, ParserConfigurationException, SAXException {
        ConfigXml.read(config, in);
    }
}
