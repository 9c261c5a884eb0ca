package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.Weight;

/** Which tile of the list lands in which region of R2T. */
@NeedsTorch.Engine
class RegionOrderTest {
    private record Cut(int perSide) implements Network, NetworkFunction {
        @Override
        public List<NetworkFunction> functions() {
            return List.of(this);
        }

        @Override
        public String name() {
            return "cut";
        }

        @Override
        public List<Input> inputs() {
            return List.of(Input.of("x", 1, 7, 1));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> in) {
            return List.of(ops.regions(ops.square(in.get(0), perSide, false), perSide));
        }
    }

    @Test
    void regionsFollowTheList() throws RunFailed, IOException {
        final JsonArray cases = JsonParser.parseString(
                        Files.readString(Path.of("src/test/resources/fixtures/mil/rrt_region_order.json")))
                .getAsJsonObject()
                .getAsJsonArray("cases");
        assertTrue(cases.size() >= 4);
        for (final JsonElement e : cases) {
            final JsonObject c = e.getAsJsonObject();
            final int n = c.get("n").getAsInt();
            final float[] numbered = new float[n]; // from 1, so that what fills up is 0
            for (int i = 0; i < n; i++) {
                numbered[i] = i + 1;
            }
            final Weight out = Fixture.run(
                            new Cut(c.get("region_num").getAsInt()),
                            "cut",
                            Map.of(),
                            List.of(new Weight(new long[] {1, n, 1}, numbered)))
                    .get(0);
            final float[] expected = new float[out.values().length];
            int at = 0;
            for (final JsonElement region : c.getAsJsonArray("regions")) {
                for (final JsonElement tile : region.getAsJsonArray()) {
                    expected[at++] = tile.getAsInt() + 1;
                }
            }
            assertArrayEquals(expected, out.values());
        }
    }
}
