package org.selfdiff.headless.runner.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.headless.runner.ExitCode;
import org.selfdiff.headless.runner.RunnerFailed;

class ConfigXmlTest {
    private static ConfigGroup parse(final String xml) throws RunnerFailed {
        return ConfigXml.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "some.xml");
    }

    @Test
    void readsValuesGroupsNullsAndControlCharacters() throws RunnerFailed {
        final ConfigGroup root = parse("<?xml version=\"1.0\"?><config xmlns=\"http://x\" key=\"top\">"
                + "<entry key=\"n\" type=\"xint\" value=\"-3\"/><entry key=\"t\" type=\"xstring\" value=\"a%%00010b\"/>"
                + "<entry key=\"none\" type=\"xstring\" isnull=\"true\" value=\"\"/>"
                + "<config key=\"inner\"><entry key=\"d\" type=\"xdouble\" value=\"0.25\"/></config></config>");
        assertEquals("top", root.key());
        assertEquals(-3, root.number("n", 0));
        assertEquals(Optional.of("a\nb"), root.text("t"));
        assertEquals(Optional.empty(), root.text("none"));
        assertTrue(root.contains("none"));
        assertEquals(Optional.of("0.25"), root.group("inner").orElseThrow().text("d"));
    }

    @Test
    void brokenXmlNamesFileAndLine() {
        final RunnerFailed e =
                assertThrows(RunnerFailed.class, () -> parse("<config key=\"a\">\n<entry key=\"b\" </config>"));
        assertEquals(ExitCode.WORKFLOW_UNREADABLE, e.exitCode());
        assertEquals("some.xml, line 2", e.where());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            <config key="a"><entry key="b" type="xint" value="1.5"/></config>    | "1.5", which is no int
            <config key="a"><entry key="b" type="xboolean" value="yes"/></config>| "yes", which is no boolean
            <config key="a"><entry key="b" type="zebra" value="1"/></config>     | unknown type zebra
            <config key="a"><entry key="b" type="xint"/></config>                | has no value
            <config key="a"><entry type="xint" value="1"/></config>              | without a key
            <html key="a"></html>                                                | begins with <html>
            <config key="a"><p key="b"/></config>                                | unexpected element <p>
            """)
    void whatIsNoConfigurationIsRefused(final String xml, final String why) {
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> parse(xml));
        assertTrue(e.what().contains(why), e.what());
    }

    @Test
    void documentTypesAreRefusedSoThatNoFileIsRead() {
        assertThrows(
                RunnerFailed.class,
                () -> parse("<!DOCTYPE config [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                        + "<config key=\"a\"><entry key=\"b\" type=\"xstring\" value=\"&e;\"/></config>"));
    }

    @Test
    void aMissingFileIsNamed() {
        final RunnerFailed e = assertThrows(RunnerFailed.class, () -> ConfigXml.read(Path.of("nowhere/settings.xml")));
        assertEquals("nowhere/settings.xml", e.where());
    }

    @Test
    void copiesShareNothing() {
        final ConfigGroup original = new ConfigGroup("a").put(new ConfigGroup("b").put("c", EntryType.XINT, "1"));
        final ConfigGroup copy = original.copy();
        assertEquals(original, copy);
        copy.group("b").orElseThrow().put("c", EntryType.XINT, "2");
        assertEquals(1, original.group("b").orElseThrow().number("c", 0));
    }
}
