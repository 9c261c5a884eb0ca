package org.selfdiff.stages.segmentation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.selfdiff.data.Tile;

class HeldOutGroupsTest {
    private static List<Tile> tiles(final int groups) {
        final List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < 3 * groups; i++) {
            tiles.add(Tile.of(
                    Path.of("p" + i % groups + ".png"), Optional.empty(), i, 0, 8, 8, Double.NaN, "g" + i % groups));
        }
        return tiles;
    }

    @Test
    void noGroupIsOnBothSides() {
        final HeldOutGroups parts = HeldOutGroups.choose(tiles(10), 0.3, 1);
        final Set<String> training = parts.training().stream().map(Tile::group).collect(Collectors.toSet());
        final Set<String> validation =
                parts.validation().stream().map(Tile::group).collect(Collectors.toSet());
        assertEquals(7, training.size());
        assertEquals(Set.copyOf(parts.groups()), validation);
        assertEquals(3, validation.size());
        assertTrue(Collections.disjoint(training, validation));
        assertEquals(30, parts.training().size() + parts.validation().size());
    }

    @Test
    void dependsOnTheSeedAndNotOnTheOrder() {
        final List<Tile> tiles = tiles(10);
        final List<String> groups = HeldOutGroups.choose(tiles, 0.3, 1).groups();
        Collections.reverse(tiles);
        assertEquals(groups, HeldOutGroups.choose(tiles, 0.3, 1).groups());
        assertNotEquals(groups, HeldOutGroups.choose(tiles, 0.3, 2).groups());
    }

    @Test
    void fewGroupsAreAllTrainedOn() {
        assertEquals(9, HeldOutGroups.choose(tiles(3), 0.5, 1).training().size());
        assertEquals(List.of(), HeldOutGroups.choose(tiles(10), 0, 1).validation());
        assertEquals(1, HeldOutGroups.choose(tiles(4), 0.01, 1).groups().size());
        assertEquals(3, HeldOutGroups.choose(tiles(4), 0.99, 1).groups().size());
    }
}
