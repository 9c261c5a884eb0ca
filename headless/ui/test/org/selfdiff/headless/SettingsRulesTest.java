package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation.IsNotBlankValidation;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.sample.Samples;

/** Stored settings that are incomplete, unknown or out of bounds are refused. */
class SettingsRulesTest {

    enum Mode {
        FAST,
        EXACT
    }

    static final class AtMostTen extends MaxValidation {
        @Override
        protected double getMax() {
            return 10;
        }
    }

    static final class Inner implements NodeParameters {
        @Widget(title = "Depth", description = "Depth")
        @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
        int depth = 1;
    }

    static final class Rules implements NodeParameters {
        @Widget(title = "Count", description = "Count")
        @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class, maxValidation = AtMostTen.class)
        int count = 1;

        @Widget(title = "Rate", description = "Rate")
        @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
        double rate = 0.5;

        @Widget(title = "Name", description = "Name")
        @TextInputWidget(patternValidation = IsNotBlankValidation.class)
        String name = "x";

        @Widget(title = "Limit", description = "Limit")
        @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
        Optional<Integer> limit = Optional.empty();

        Mode mode = Mode.FAST;
        Inner inner = new Inner();

        @Migrate(loadDefaultIfAbsent = true)
        int later = 42;

        @Override
        public void validate() throws InvalidSettingsException {
            if (mode == Mode.EXACT && count > 5) {
                throw new InvalidSettingsException("exact mode takes five at most");
            }
        }
    }

    static final class BadDefault implements NodeParameters {
        @Widget(title = "Count", description = "Count")
        @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
        int count = 0;
    }

    private NodeHost host;

    @BeforeEach
    void fresh() throws InvalidSettingsException {
        host = Samples.host(Samples.idle(Rules.class));
    }

    private void refused(String word, Consumer<NodeSettings> change) {
        NodeSettings settings = host.defaultSettings();
        change.accept(settings);
        InvalidSettingsException e =
                assertThrows(InvalidSettingsException.class, () -> host.loadSettings(settings), word);
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }

    @Test
    void untouchedSettingsAreTaken() throws Exception {
        host.loadSettings(host.defaultSettings());
        assertEquals(1, host.defaultSettings().getInt("count"));
    }

    @Test
    void noSettingsMeanDefaults() throws Exception {
        host.loadSettings(null);
        assertEquals(0, host.configure(new PortObjectSpec[0]).length);
        assertEquals(0.5, host.defaultSettings().getDouble("rate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"count", "rate", "name", "mode", "inner"})
    void aMissingKeyIsNamed(String key) {
        refused("\"" + key + "\"", settings -> settings.removeConfig(key));
    }

    @Test
    void anUnknownKeyIsNamed() {
        refused("\"epochs\"", settings -> settings.addInt("epochs", 3));
    }

    @Test
    void aKeyOfAnotherTypeIsNamed() {
        refused("\"count\"", settings -> settings.addString("count", "3"));
    }

    @Test
    void anUnknownConstantIsNamedWithTheKnownOnes() {
        refused("EXACT", settings -> settings.addString("mode", "SLOW"));
    }

    @Test
    void boundsAreEnforced() throws Exception {
        refused("\"count\"", settings -> settings.addInt("count", 0));
        refused("\"count\"", settings -> settings.addInt("count", 11));
        refused("\"rate\"", settings -> settings.addDouble("rate", 0));
        refused("\"rate\"", settings -> settings.addDouble("rate", Double.NaN));
        NodeSettings atTheBound = host.defaultSettings();
        atTheBound.addInt("count", 10);
        atTheBound.addDouble("rate", Double.MIN_VALUE);
        host.loadSettings(atTheBound);
        assertEquals(10, host.defaultSettings().getInt("count"));
    }

    @Test
    void boundsReachIntoGroupsAndOptionals() throws Exception {
        NodeSettings inner = new NodeSettings("inner");
        inner.addInt("depth", 0);
        refused("\"depth\"", settings -> settings.addNodeSettings(inner));
        refused("\"limit\"", settings -> settings.addBoolean("limit_is_present", true));
    }

    @Test
    void textRulesAreEnforced() {
        refused("\"name\"", settings -> settings.addString("name", " \n"));
    }

    @Test
    void rulesAcrossFieldsAreAskedWhenSettingsAreLoaded() {
        refused("five at most", settings -> {
            settings.addString("mode", "EXACT");
            settings.addInt("count", 6);
        });
    }

    @Test
    void refusedSettingsLeaveTheOldOnes() throws Exception {
        refused("\"count\"", settings -> {
            settings.addDouble("rate", 0.75);
            settings.addInt("count", 0);
        });
        assertEquals(0.5, host.defaultSettings().getDouble("rate"));
    }

    @Test
    void aFieldThatMayBeAbsentKeepsItsDefault() throws Exception {
        NodeSettings settings = host.defaultSettings();
        settings.removeConfig("later");
        host.loadSettings(settings);
        assertEquals(42, host.defaultSettings().getInt("later"));
    }

    @Test
    void defaultsAreValidatedBeforeConfigure() throws Exception {
        NodeHost bad = Samples.host(Samples.idle(BadDefault.class));
        assertThrows(InvalidSettingsException.class, () -> bad.configure(new PortObjectSpec[0]));
    }
}
