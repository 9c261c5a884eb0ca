package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsRO;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.WidgetGroup;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistable;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.credentials.Credentials;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.sample.Samples;

/** The stored form of parameters is the one that KNIME 5.11 wrote for the same fields and values. */
class SettingsFormTest {

    enum Letter {
        @Label("Alpha")
        A,
        @Label("Beta")
        B_TWO
    }

    static final class Element implements NodeParameters {
        @Widget(title = "n", description = "n")
        int m_n = 7;

        @Widget(title = "s", description = "s")
        String m_s = "q";
    }

    static final class Group implements WidgetGroup, Persistable {
        @Widget(title = "g", description = "g")
        double m_g = 1.5;
    }

    static final class AllKinds implements NodeParameters {
        @Widget(title = "i", description = "d")
        int m_int = 1;

        long m_long = 2;
        double m_double = 0.25;
        float m_float = 0.5f;
        boolean m_bool = true;
        String m_str = "text";
        String m_area = "a\nb";

        @Widget(title = "e", description = "d")
        @ValueSwitchWidget
        Letter m_enum = Letter.A;

        Letter m_enum2 = Letter.B_TWO;

        @Widget(title = "arr", description = "d")
        @ArrayWidget(elementTitle = "El")
        Element[] m_arr = {new Element(), new Element()};

        Group m_group = new Group();
        Optional<Integer> m_optInt = Optional.empty();
        Optional<String> m_optStr = Optional.of("v");
        String m_column = "c";
        Credentials m_cred = new Credentials();
        LocalDate m_date = LocalDate.of(2026, 1, 2);

        @Persist(configKey = "custom-key")
        int m_hidden = 3;

        String[] m_strs = {"a", "b"};
    }

    private static final String STORED =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <config xmlns="http://www.knime.org/2008/09/XMLConfig" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
            xsi:schemaLocation="http://www.knime.org/2008/09/XMLConfig http://www.knime.org/XMLConfig_2008_09.xsd" \
            key="model">
                <entry key="int" type="xint" value="1"/>
                <entry key="long" type="xlong" value="2"/>
                <entry key="double" type="xdouble" value="0.25"/>
                <entry key="float" type="xfloat" value="0.5"/>
                <entry key="bool" type="xboolean" value="true"/>
                <entry key="str" type="xstring" value="text"/>
                <entry key="area" type="xstring" value="a%%00010b"/>
                <entry key="enum" type="xstring" value="A"/>
                <entry key="enum2" type="xstring" value="B_TWO"/>
                <config key="arr">
                    <config key="0">
                        <entry key="n" type="xint" value="7"/>
                        <entry key="s" type="xstring" value="q"/>
                    </config>
                    <config key="1">
                        <entry key="n" type="xint" value="7"/>
                        <entry key="s" type="xstring" value="q"/>
                    </config>
                </config>
                <config key="group">
                    <entry key="g" type="xdouble" value="1.5"/>
                </config>
                <entry key="optInt" type="xint" value="0"/>
                <entry key="optInt_is_present" type="xboolean" value="false"/>
                <entry key="optStr" type="xstring" value="v"/>
                <entry key="optStr_is_present" type="xboolean" value="true"/>
                <entry key="column" type="xstring" value="c"/>
                <config key="cred">
                    <entry key="isCredentials_Internals" type="xboolean" value="true"/>
                    <entry key="name" type="xstring" value=""/>
                    <entry key="login" type="xstring" value=""/>
                </config>
                <entry key="date" type="xstring" value="2026-01-02"/>
                <entry key="custom-key" type="xint" value="3"/>
                <config key="strs">
                    <entry key="array-size" type="xint" value="2"/>
                    <entry key="0" type="xstring" value="a"/>
                    <entry key="1" type="xstring" value="b"/>
                </config>
            </config>
            """;

    @Test
    void defaultsAreStoredAsKnimeStoresThem() throws Exception {
        assertEquals(STORED, xml(Samples.host(Samples.idle(AllKinds.class)).defaultSettings()));
    }

    @Test
    void changedValuesSurviveLoadingAndStoring() throws Exception {
        String changed = STORED.replace("value=\"1\"", "value=\"-8\"")
                .replace("0.25", "1.0E-9")
                .replace("\"text\"", "\"&lt;&amp;&gt;&quot;%%00009%%00037%\"")
                .replace("value=\"A\"", "value=\"B_TWO\"")
                .replace(
                        "optInt_is_present\" type=\"xboolean\" value=\"false",
                        "optInt_is_present\" type=\"xboolean\" value=\"true")
                .replace("2026-01-02", "1999-12-31");
        NodeHost host = Samples.host(Samples.idle(AllKinds.class));
        host.loadSettings(read(changed));
        assertEquals(changed, xml(host.defaultSettings()));
    }

    @Test
    void controlCharactersQuotesAndNullSurviveXml() throws Exception {
        NodeSettings settings = new NodeSettings("model");
        settings.addString("odd", "tab\tline\n%%00010 %% \"<é>&");
        settings.addString("none", null);
        NodeSettingsRO again = read(xml(settings));
        assertEquals("tab\tline\n%%00010 %% \"<é>&", again.getString("odd"));
        assertNull(again.getString("none"));
        assertTrue(xml(settings).contains("<entry key=\"none\" type=\"xstring\" isnull=\"true\" value=\"\"/>"));
    }

    @Test
    void brokenXmlIsRefused() {
        assertThrows(IOException.class, () -> read(STORED.substring(0, STORED.length() - 12)));
        IOException bad = assertThrows(IOException.class, () -> read(STORED.replace("value=\"7\"", "value=\"seven\"")));
        assertTrue(bad.getMessage().contains("\"n\"") && bad.getMessage().contains("seven"), bad.getMessage());
    }

    @Test
    void gettersNameTheKeyThatIsMissingOrOfAnotherType() {
        NodeSettings settings = new NodeSettings("model");
        settings.addInt("rows", 3);
        InvalidSettingsException missing =
                assertThrows(InvalidSettingsException.class, () -> settings.getInt("columns"));
        assertTrue(missing.getMessage().contains("\"columns\""), missing.getMessage());
        InvalidSettingsException other = assertThrows(InvalidSettingsException.class, () -> settings.getLong("rows"));
        assertTrue(other.getMessage().contains("\"rows\""), other.getMessage());
        assertEquals(9, settings.getInt("columns", 9));
    }

    static String xml(NodeSettings settings) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        settings.saveToXML(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static NodeSettingsRO read(String xml) throws IOException {
        return NodeSettings.loadFromXML(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
