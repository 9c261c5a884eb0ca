package org.selfdiff.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunControlTest {
    private final List<String> seen = new ArrayList<>();

    private boolean cancelled;

    private final RunControl whole = new RunControl() {
        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void progress(final double fraction, final String message) {
            seen.add(fraction + " " + message);
        }

        @Override
        public void warn(final String message) {
            seen.add("! " + message);
        }
    };

    @Test
    void partsOfPartsMapIntoTheWhole() {
        final RunControl inner = whole.part(0.5, 1).part(0, 0.5);
        inner.progress(0.5, "half of the third quarter");
        inner.progress(7, "never beyond its part");
        inner.warn("seen");
        assertEquals(List.of("0.625 half of the third quarter", "0.75 never beyond its part", "! seen"), seen);
    }

    @Test
    void cancelReachesEveryPart() {
        final RunControl inner = whole.part(0, 1).part(0, 1);
        cancelled = true;
        assertTrue(inner.isCancelled());
        assertThrows(RunCancelled.class, inner::checkCancelled);
    }

    @Test
    void failuresSayWhatWhereAndWhatToDo() {
        final RunFailed failed = new RunFailed("No picture found", "folder a/b", "Choose another folder.");
        assertEquals("No picture found (folder a/b). Choose another folder.", failed.getMessage());
    }
}
