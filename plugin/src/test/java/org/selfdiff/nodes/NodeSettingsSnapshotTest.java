package org.selfdiff.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeFactory;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.headless.host.NodeHost;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The settings that every node stores, key by key: a change here breaks workflows that users have saved. A deliberate
 * change is an addition that loads its default where it is absent; then the old snapshot is deleted, this test writes
 * the new one, and both are looked at before they are committed.
 */
class NodeSettingsSnapshotTest {
    private static final Path SNAPSHOTS = Path.of("src/test/resources/snapshots");

    static Stream<NodeFactory<?>> factories() {
        return AllNodes.FACTORIES.stream().map(Supplier::get);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void storedSettingsStayAsTheyAre(final NodeFactory<?> factory) throws Exception {
        final ByteArrayOutputStream xml = new ByteArrayOutputStream();
        NodeHost.create(factory, null).defaultSettings().saveToXML(xml);
        final String now =
                xml.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").strip();
        final String file = factory.getClass().getSimpleName().replace("NodeFactory", "") + ".xml";
        final Path kept = SNAPSHOTS.resolve(file);
        if (Files.notExists(kept)) {
            Files.writeString(kept, now + "\n");
            fail("There was no snapshot; it is now in " + kept.toAbsolutePath() + ": look at it and commit it");
        }
        assertEquals(Files.readString(kept).replace("\r\n", "\n").strip(), now);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void defaultsLoadAgainAndPassTheirOwnChecks(final NodeFactory<?> factory) throws Exception {
        final NodeHost node = NodeHost.create(factory, null);
        node.loadSettings(node.defaultSettings());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void everyNodeIsDescribed(final NodeFactory<?> factory) throws Exception {
        final NodeHost node = NodeHost.create(factory, null);
        assertTrue(node.description().length() > 300, "a description that explains: " + node.name());
    }

    @Test
    void namesDiffer() throws Exception {
        final Set<String> names = new HashSet<>();
        for (final NodeFactory<?> factory : factories().toList()) {
            assertTrue(names.add(NodeHost.create(factory, null).name()));
        }
        assertEquals(AllNodes.FACTORIES.size(), names.size());
    }

    /** KNIME puts them into a node's description, which is XHTML. */
    @Test
    void textsOfDialogsAreXhtml() throws Exception {
        int texts = 0;
        for (final NodeFactory<?> factory : factories().toList()) {
            final String name = factory.getClass().getName().replace("NodeFactory", "Parameters");
            texts += check(Class.forName(name), new HashSet<>());
        }
        assertTrue(texts > 200, texts + " texts");
    }

    private static int check(final Class<?> type, final Set<Class<?>> seen) throws Exception {
        if (!type.getName().startsWith("org.selfdiff.nodes") || !seen.add(type)) {
            return 0;
        }
        int texts = 0;
        for (final Field field : type.getDeclaredFields()) {
            final Widget widget = field.getAnnotation(Widget.class);
            final Label label = field.getAnnotation(Label.class);
            for (final String text : widget != null
                    ? List.of(widget.title(), widget.description())
                    : label != null ? List.of(label.value(), label.description()) : List.<String>of()) {
                parse(text, type.getSimpleName() + "." + field.getName());
                texts++;
            }
            texts += check(field.getType(), seen);
        }
        for (final Class<?> inner : type.getDeclaredClasses()) {
            texts += check(inner, seen);
        }
        return texts;
    }

    private static void parse(final String text, final String where) throws Exception {
        final DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        try {
            builder.parse(new InputSource(new StringReader("<p>" + text + "</p>")));
        } catch (SAXException e) {
            throw new AssertionError(where + ": " + text, e);
        }
    }
}
