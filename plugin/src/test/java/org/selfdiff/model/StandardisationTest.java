package org.selfdiff.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.JsonFields;

class StandardisationTest {
    /** Differences beside a large common mean become of unit size; what is the same everywhere becomes 0. */
    @Test
    void meanZeroDeviationOne() {
        final List<float[]> rows =
                List.of(new float[] {100.5f, 1, 7}, new float[] {100.25f, 3, 7}, new float[] {100.75f, 5, 7});
        final Standardisation s = Standardisation.of(rows);
        assertEquals(List.of(100.5f, 3f, 7f), s.mean());
        final float[] out = new float[7];
        s.apply(rows.get(1), out, 1);
        final float third = (float) Math.sqrt(1.5); // deviation of three values 1 apart is sqrt(2/3)
        assertArrayEquals(new float[] {0, -third, 0, 0, 0, 0, 0}, out, 1e-6f);
        s.apply(rows.get(2), out, 4);
        assertArrayEquals(new float[] {0, -third, 0, 0, third, third, 0}, out, 1e-6f);
    }

    @Test
    void damagedCardsAreRefused() {
        final JsonObject json = new Standardisation(List.of(1f, 2f), List.of(1f, 0f)).toJson();
        for (final String bad : List.of("-1", "\"1\"", "1e99")) {
            final JsonObject broken = json.deepCopy();
            broken.getAsJsonArray("deviation").set(0, com.google.gson.JsonParser.parseString(bad));
            final RunFailed failed = assertThrows(
                    RunFailed.class, () -> Standardisation.fromJson(JsonFields.of(broken, "card", "condition"), 2));
            assertTrue(failed.what().contains("deviation"), failed.what());
        }
        json.add("mean", new JsonArray());
        assertThrows(RunFailed.class, () -> Standardisation.fromJson(JsonFields.of(json, "card", "condition"), 2));
    }
}
