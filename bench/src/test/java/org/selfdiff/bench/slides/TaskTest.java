package org.selfdiff.bench.slides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskTest {
    @Test
    void rectanglesLieInsideAndAreTheSameForEveryone() {
        for (final Task task : Task.values()) {
            for (long index = 0; index < 5000; index++) {
                final long round = index % 7 - 3;
                final Task.Place place = task.place(round, index, 1000, 700);
                assertTrue(place.x() >= 0 && place.x() + task.side() <= 1000, task + " " + place);
                assertTrue(place.y() >= 0 && place.y() + task.side() <= 700, task + " " + place);
                assertEquals(place, task.place(round, index, 1000, 700));
            }
        }
    }

    @Test
    void everyRoundOfRegionsIsAnother() {
        final Set<Task.Place> places = new HashSet<>();
        for (long round = -1; round < 9; round++) {
            for (long index = 0; index < 1000; index++) {
                places.add(Task.REGIONS.place(round, index, 40_000, 40_000));
            }
        }
        assertEquals(10_000, places.size());
    }

    @Test
    void tilesComeRowByRowAndCoverTheSlide() {
        final Set<Task.Place> places = new HashSet<>();
        for (int index = 0; index < 4 * 3; index++) {
            places.add(Task.TILES.place(0, index, 4 * 256, 3 * 256));
        }
        assertEquals(12, places.size());
        assertEquals(new Task.Place(3 * 256, 0), Task.TILES.place(0, 3, 1024, 768));
        assertEquals(new Task.Place(0, 256), Task.TILES.place(0, 4, 1024, 768));
        assertEquals(new Task.Place(128, 0), Task.OVERLAPPING_TILES.place(0, 1, 1024, 768));
        assertEquals(new Task.Place(0, 128), Task.OVERLAPPING_TILES.place(0, 7, 1024, 768));
        assertNotEquals(Task.TILES.place(0, 0, 40_000, 40_000), Task.TILES.place(1, 0, 40_000, 40_000));
    }
}
