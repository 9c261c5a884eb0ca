package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.StateProvider;
import org.knime.node.parameters.updates.ValueProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.sample.Samples;

/** Settings of older versions, columns to choose from, values that the dialog fills in. */
class SettingsHistoryTest {

    /** The first version stored percents. */
    static final class FromPercent implements NodeParametersMigration<Double> {
        @Override
        public List<ConfigMigration<Double>> getConfigMigrations() {
            return List.of(ConfigMigration.builder(settings -> settings.getDouble("percent") / 100)
                    .withDeprecatedConfigPath("percent")
                    .build());
        }
    }

    interface Preset extends ParameterReference<String> {}

    interface Name extends ParameterReference<String> {}

    /** What the dialog would fill in. */
    static final class Filled implements StateProvider<String> {
        @Override
        public void init(StateProviderInitializer initializer) {
            initializer.computeFromValueSupplier(Preset.class);
        }

        @Override
        public String computeState(org.knime.node.parameters.NodeParametersInput input) {
            return "filled";
        }
    }

    @LoadDefaultsForAbsentFields
    static final class Parameters implements NodeParameters {
        @Widget(title = "Rate", description = "Rate")
        @Persist(configKey = "rate")
        @Migration(FromPercent.class)
        double rate = 0.5;

        @Widget(title = "Later", description = "Later")
        @ValueReference(Name.class)
        @ValueProvider(Filled.class)
        @Persist(configKey = "later")
        String later = "new";
    }

    private static String later(NodeHost host) throws InvalidSettingsException {
        return host.defaultSettings().getString("later");
    }

    @Test
    void olderKeysAreReadAndAbsentOnesKeepTheirDefault() throws Exception {
        NodeHost host = Samples.host(Samples.idle(Parameters.class));
        NodeSettings old = new NodeSettings("model");
        old.addDouble("percent", 25);
        host.loadSettings(old);
        assertEquals(0.25, host.defaultSettings().getDouble("rate"));
        assertEquals("new", later(host));
    }

    @Test
    void todaysKeysAreReadAsTheyAre() throws Exception {
        NodeHost host = Samples.host(Samples.idle(Parameters.class));
        NodeSettings today = host.defaultSettings();
        today.addDouble("rate", 0.75);
        host.loadSettings(today);
        assertEquals(0.75, host.defaultSettings().getDouble("rate"));
        NodeSettings neither = new NodeSettings("model");
        assertThrows(InvalidSettingsException.class, () -> host.loadSettings(neither));
    }

    static final class Numbers extends CompatibleColumnsProvider.DoubleColumnsProvider {}

    static final class Columns implements NodeParameters {
        @Widget(title = "Columns", description = "Columns")
        @ChoicesProvider(Numbers.class)
        @Persist(configKey = "cols")
        ColumnFilter columns = new ColumnFilter();
    }

    /** As KNIME 5.11 wrote it. */
    private static final String STORED =
            """
                <config key="cols">
                    <entry key="mode" type="xstring" value="MANUAL"/>
                    <config key="patternFilter">
                        <entry key="pattern" type="xstring" value=""/>
                        <entry key="isCaseSensitive" type="xboolean" value="false"/>
                        <entry key="isInverted" type="xboolean" value="false"/>
                    </config>
                    <config key="manualFilter">
                        <config key="manuallySelected">
                            <entry key="array-size" type="xint" value="0"/>
                        </config>
                        <config key="manuallyDeselected">
                            <entry key="array-size" type="xint" value="0"/>
                        </config>
                        <entry key="includeUnknownColumns" type="xboolean" value="false"/>
                    </config>
                    <config key="typeFilter">
                        <config key="selectedTypes">
                            <entry key="array-size" type="xint" value="0"/>
                        </config>
                    </config>
                </config>
            """;

    @Test
    void choicesAmongColumnsAreStoredAsKnimeStoresThem() throws Exception {
        String xml =
                SettingsFormTest.xml(Samples.host(Samples.idle(Columns.class)).defaultSettings());
        assertEquals(STORED, xml.substring(xml.indexOf("    <config key=\"cols\""), xml.lastIndexOf("</config>")));
    }

    @Test
    void columnsAreChosenByHandPatternAndType() throws Exception {
        DataTableSpec spec = new DataTableSpec(
                new String[] {"x1", "x2", "y"}, new DataType[] {DoubleCell.TYPE, StringCell.TYPE, DoubleCell.TYPE});
        ColumnFilter byHand = new ColumnFilter(new String[] {"y", "gone"});
        assertArrayEquals(new String[] {"y"}, byHand.filterFromFullSpec(spec));
        assertArrayEquals(new String[] {"gone"}, byHand.getMissingSelectedFromFullSpec(spec));
        assertArrayEquals(
                new String[] {"x1", "x2", "y"},
                byHand.withIncludeUnknownColumns().filterFromFullSpec(spec));
        assertArrayEquals(
                new String[] {"x1", "x2"}, changed("MANUAL", "WILDCARD", "X*").filterFromFullSpec(spec));
        assertArrayEquals(new String[] {"x2"}, changed("MANUAL", "REGEX", ".2").filterFromFullSpec(spec));
    }

    private static ColumnFilter changed(String from, String mode, String pattern) throws Exception {
        NodeHost host = Samples.host(Samples.idle(Columns.class));
        String xml = SettingsFormTest.xml(host.defaultSettings())
                .replace(from, mode)
                .replace(
                        "key=\"pattern\" type=\"xstring\" value=\"\"",
                        "key=\"pattern\" type=\"xstring\" value=\"" + pattern + "\"");
        Columns loaded = (Columns)
                org.selfdiff.headless.parameters.ParameterSet.of(Columns.class).load(SettingsFormTest.read(xml));
        return loaded.columns;
    }
}
