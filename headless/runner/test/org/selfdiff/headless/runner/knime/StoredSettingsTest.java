package org.selfdiff.headless.runner.knime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.selfdiff.headless.runner.config.ConfigGroup;
import org.selfdiff.headless.runner.config.EntryType;

class StoredSettingsTest {
    private final ConfigGroup stored = new ConfigGroup("model")
            .put("i", EntryType.XINT, "-3")
            .put("l", EntryType.XLONG, "5000000000")
            .put("d", EntryType.XDOUBLE, "0.25")
            .put("f", EntryType.XFLOAT, "0.5")
            .put("b", EntryType.XBOOLEAN, "true")
            .put("c", EntryType.XCHAR, "x")
            .put("s", EntryType.XSTRING, "text")
            .put("none", EntryType.XSTRING, null)
            .put(new ConfigGroup("names")
                    .put("array-size", EntryType.XINT, "2")
                    .put("0", EntryType.XSTRING, "a")
                    .put("1", EntryType.XSTRING, "b"));

    @Test
    void nodesReadWhatFilesHold() throws InvalidSettingsException {
        final NodeSettings settings = StoredSettings.toNode(stored);
        assertEquals(-3, settings.getInt("i"));
        assertEquals(5_000_000_000L, settings.getLong("l"));
        assertEquals(0.25, settings.getDouble("d"));
        assertEquals(0.5f, settings.getFloat("f"));
        assertEquals(true, settings.getBoolean("b"));
        assertEquals('x', settings.getChar("c"));
        assertEquals("text", settings.getString("s"));
        assertNull(settings.getString("none"));
        assertArrayEquals(new String[] {"a", "b"}, settings.getStringArray("names"));
    }

    @Test
    void theWayBackGivesTheSame() {
        assertEquals(stored, StoredSettings.fromNode("model", StoredSettings.toNode(stored)));
    }
}
