package org.selfdiff.imaging.tiff;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RowPlaceTest {

    @Test
    void onlySlowPlacesAreHeldAndFewOfThem() {
        final RowPlace[] open = new RowPlace[200];
        for (int i = 0; i < open.length; i++) {
            open[i] = new RowPlace(16 * (1 + i % 100));
            assertTrue(open[i].held().allMatch(place -> place % 32 == 0 && place != 0));
            assertTrue(open[i].held().count() <= 4);
        }
        for (final RowPlace place : open) {
            place.close();
            place.close(); // must not give the same memory back twice
            assertTrue(place.held().findAny().isEmpty());
        }
    }
}
