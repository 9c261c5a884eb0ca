package org.selfdiff.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.run.RunFailed;

class UNetSpecTest {
    @Test
    void survivesJson() throws RunFailed {
        final UNetSpec spec = UNetSpec.of(
                3, 24, List.of(1, 2, 4), 1, List.of(AttentionKind.NONE, AttentionKind.LINEAR, AttentionKind.FULL));
        final JsonObject json = JsonParser.parseString(spec.toJson().toString()).getAsJsonObject();
        assertEquals(spec, UNetSpec.fromJson(json, "here"));
        assertEquals(
                spec.withFinestSkip(), UNetSpec.fromJson(spec.withFinestSkip().toJson(), "here"));
        assertEquals(UNetSpec.paper(), UNetSpec.fromJson(UNetSpec.paper().toJson(), "here"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            inputChannels   | 0                  | input channels
            baseWidth       | 7                  | base width
            baseWidth       | "eight"            | baseWidth
            multipliers     | []                 | number of levels
            multipliers     | [1,2]              | attention
            multipliers     | 3                  | multipliers
            attention       | ["NONE","A","B","C"] | attention
            groups          | 5                  | groups
            stemKernel      | 4                  | stem kernel
            heads           | 1.5                | heads
            finestSkip      | 1                  | finestSkip
            blocksPerLevel  | null               | blocksPerLevel
            """)
    void namesWhatIsWrong(final String key, final String value, final String named) {
        final JsonObject json = UNetSpec.paper().toJson();
        json.add(key, JsonParser.parseString(value));
        final RunFailed failure = assertThrows(RunFailed.class, () -> UNetSpec.fromJson(json, "model.safetensors"));
        assertTrue(failure.getMessage().contains(named), failure.getMessage());
    }

    @Test
    void choosesGroupsThatDivide() throws RunFailed {
        assertEquals(8, UNetSpec.groupsFor(24));
        assertEquals(7, UNetSpec.groupsFor(28));
        assertEquals(5, UNetSpec.groupsFor(10));
        assertEquals(2, UNetSpec.groupsFor(26));
        UNetSpec.of(3, 26, List.of(1, 3), 2, List.of(AttentionKind.NONE, AttentionKind.FULL))
                .checked();
    }
}
