package org.selfdiff.headless.runner.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.EntryType;
import org.selfdiff.headless.runner.workflow.Variable;
import org.selfdiff.headless.runner.workflow.VariableType;

class OverridesTest {
    private ConfigGroup settings;

    @BeforeEach
    void someSettings() {
        settings = new ConfigGroup("model")
                .put("steps", EntryType.XINT, "10")
                .put("rate", EntryType.XDOUBLE, "0.5")
                .put(new ConfigGroup("input").put("folder", EntryType.XSTRING, "a"))
                .put(new ConfigGroup("names")
                        .put("array-size", EntryType.XINT, "2")
                        .put("0", EntryType.XSTRING, "x")
                        .put("1", EntryType.XSTRING, "y"));
    }

    private static ConfigGroup leaf(final String key, final String used, final String exposed) {
        return new ConfigGroup(key)
                .put("used_variable", EntryType.XSTRING, used)
                .put("exposed_variable", EntryType.XSTRING, exposed);
    }

    private static ConfigGroup tree(final ConfigGroup... leaves) {
        final ConfigGroup tree = new ConfigGroup("tree");
        for (ConfigGroup leaf : leaves) {
            tree.put(leaf);
        }
        return new ConfigGroup("variables")
                .put("version", EntryType.XSTRING, "V_2019_09_13")
                .put(tree);
    }

    private List<Variable> apply(final ConfigGroup stored, final Variable... available) throws NodeProblem {
        final Map<String, Variable> map = new java.util.LinkedHashMap<>();
        for (Variable variable : available) {
            map.put(variable.name(), variable);
        }
        return Overrides.apply(settings, stored, map);
    }

    @Test
    void replacesValuesAtAnyDepth() throws NodeProblem {
        apply(
                tree(leaf("steps", "n", null), new ConfigGroup("input").put(leaf("folder", "where", null))),
                new Variable("n", VariableType.INTEGER, "77"),
                new Variable("where", VariableType.STRING, "/data"));
        assertEquals(77, settings.number("steps", 0));
        assertEquals(Optional.of("/data"), settings.group("input").orElseThrow().text("folder"));
        assertEquals(Optional.of("0.5"), settings.text("rate"));
    }

    @Test
    void aWholeNumberFitsADecimalSettingButNotTheOtherWayRound() throws NodeProblem {
        apply(tree(leaf("rate", "n", null)), new Variable("n", VariableType.INTEGER, "3"));
        assertEquals(Optional.of("3"), settings.text("rate"));
        final NodeProblem e = assertThrows(
                NodeProblem.class,
                () -> apply(tree(leaf("steps", "d", null)), new Variable("d", VariableType.DOUBLE, "3.0")));
        assertTrue(e.getMessage().contains("\"d\"") && e.getMessage().contains("\"steps\""), e.getMessage());
    }

    @Test
    void aMissingVariableIsNamedWithThoseThatAreThere() {
        final NodeProblem e = assertThrows(
                NodeProblem.class,
                () -> apply(tree(leaf("steps", "n", null)), new Variable("m", VariableType.INTEGER, "1")));
        assertTrue(e.getMessage().contains("\"n\""), e.getMessage());
        assertEquals(List.of("there are: m"), e.remedies());
    }

    @Test
    void exposesTheValueAfterItsReplacement() throws NodeProblem {
        assertEquals(
                List.of(new Variable("out", VariableType.INTEGER, "77")),
                apply(tree(leaf("steps", "n", "out")), new Variable("n", VariableType.INTEGER, "77")));
    }

    @Test
    void anArrayBecomesOneElement() throws NodeProblem {
        apply(tree(leaf("names", "s", null)), new Variable("s", VariableType.STRING, "only"));
        final ConfigGroup names = settings.group("names").orElseThrow();
        assertEquals(1, names.number("array-size", 0));
        assertEquals(Optional.of("only"), names.text("0"));
        assertTrue(names.text("1").isEmpty());
    }

    @Test
    void treesOfOldFilesLieOneLevelHigher() throws NodeProblem {
        apply(new ConfigGroup("variables").put(leaf("steps", "n", null)), new Variable("n", VariableType.INTEGER, "5"));
        assertEquals(5, settings.number("steps", 0));
    }

    @Test
    void settingsThatAreNotThereAreRefused() {
        final NodeProblem e = assertThrows(NodeProblem.class, () -> apply(tree(leaf("gone", "n", null))));
        assertTrue(e.getMessage().contains("\"gone\""), e.getMessage());
    }
}
