package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.sample.Samples;

/** Wrong declarations fail when the factory is made. */
class DeclarationRulesTest {

    static final class Good implements NodeParameters {
        @Widget(title = "Rows", description = "How <i>many</i> rows.")
        int rows = 1;
    }

    static final class NoTitle implements NodeParameters {
        @Widget(title = "", description = "text")
        int rows = 1;
    }

    static final class NoDescription implements NodeParameters {
        @Widget(title = "Rows", description = " ")
        int rows = 1;
    }

    static final class BrokenDescription implements NodeParameters {
        @Widget(title = "Rows", description = "less than <p>ten")
        int rows = 1;
    }

    static final class NoWidget implements NodeParameters {
        @NumberInputWidget
        int rows = 1;
    }

    @Section(title = "Main")
    interface Main {}

    static final class NoWidgetInSection implements NodeParameters {
        @Layout(Main.class)
        int rows = 1;
    }

    static final class WrongWidget implements NodeParameters {
        @Widget(title = "Rows", description = "text")
        @NumberInputWidget
        String rows = "1";
    }

    static final class Hidden implements NodeParameters {
        @Widget(title = "Rows", description = "text")
        private int rows = 1;

        int unused() {
            return rows;
        }
    }

    static final class Fixed implements NodeParameters {
        @Widget(title = "Rows", description = "text")
        final int rows = Integer.parseInt("1");
    }

    static final class NoDefault implements NodeParameters {
        @Widget(title = "Name", description = "text")
        String name;
    }

    static final class SameKey implements NodeParameters {
        int rows = 1;

        @Persist(configKey = "rows")
        int lines = 2;
    }

    static final class Unstorable implements NodeParameters {
        List<String> names = List.of();
    }

    static final class NeedsArguments implements NodeParameters {
        int rows;

        NeedsArguments(int rows) {
            this.rows = rows;
        }
    }

    private static void wrong(Class<? extends NodeParameters> parameters, String word) {
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> new Samples.Factory(Samples.idle(parameters)), word);
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }

    @Test
    void aGoodDeclarationIsTaken() throws Exception {
        NodeHost host =
                Samples.host(Samples.idle(Good.class, Samples.ICON, "<p>Does <b>nothing</b>.</p><ul><li>1</li></ul>"));
        assertEquals("Idle", host.name());
        assertEquals("Does nothing.1", host.description());
        assertEquals(NodeType.Source, host.type());
        assertNotNull(new Samples.Factory(Samples.idle(Good.class)).getIcon());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<p>open", "a & b", "<p>a</b>", "5 < 6", "<script>x</script>", "&nbsp;"})
    void descriptionsMustBeXhtml(String text) {
        assertThrows(
                IllegalStateException.class, () -> new Samples.Factory(Samples.idle(Good.class, Samples.ICON, text)));
    }

    @Test
    void theIconMustBeThere() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> new Samples.Factory(Samples.idle(Good.class, "nowhere.png", "<p>x</p>")));
        assertTrue(e.getMessage().contains("nowhere.png"), e.getMessage());
    }

    @Test
    void textsMustBeThere() {
        assertThrows(IllegalArgumentException.class, () -> Samples.idle(Good.class, Samples.ICON, " "));
    }

    @Test
    void visibleParametersNeedTitleAndDescription() {
        wrong(NoTitle.class, "title");
        wrong(NoDescription.class, "description");
        wrong(BrokenDescription.class, "well-formed");
        wrong(NoWidget.class, "@Widget");
        wrong(NoWidgetInSection.class, "@Widget");
        wrong(WrongWidget.class, "does not fit");
    }

    @Test
    void fieldsMustBeReachableStorableAndHaveDefaults() {
        wrong(Hidden.class, "private");
        wrong(Fixed.class, "final");
        wrong(NoDefault.class, "default");
        wrong(SameKey.class, "\"rows\"");
        wrong(Unstorable.class, "java.util.List");
        wrong(NeedsArguments.class, "constructor without arguments");
    }

    @Test
    void portsNeedDifferentNames() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Samples.node(
                        p -> p.addInputTable("Table", "in").addOutputTable("Table", "out"),
                        (i, o) -> {},
                        (i, o) -> {}));
    }

    @Test
    void theKindOfNodeFollowsFromItsPorts() throws Exception {
        assertEquals(
                NodeType.Sink,
                Samples.host(Samples.node(p -> p.addInputTable("In", "in"), (i, o) -> {}, (i, o) -> {}))
                        .type());
        assertEquals(
                NodeType.Learner,
                Samples.host(Samples.idle(Good.class).nodeType(NodeType.Learner))
                        .type());
    }
}
