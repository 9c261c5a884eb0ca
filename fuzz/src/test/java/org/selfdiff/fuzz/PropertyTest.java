package org.selfdiff.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.selfdiff.run.RunFailed;

/** What counts as a finding. */
class PropertyTest {
    private static final byte[] INPUT = {1};

    private static Target target(final Reader reader) {
        return Target.of("test", 1, reader, Map::of);
    }

    @Test
    void aResultAndARefusalAreFine() {
        assertDoesNotThrow(() -> Property.check(target(input -> {}), INPUT));
        assertDoesNotThrow(() -> Property.check(
                target(input -> {
                    throw new RunFailed("what", "where", "remedy");
                }),
                INPUT));
    }

    @Test
    void anIoExceptionIsFineInsideAPackageOnly() {
        final Target target = target(input -> {
            throw new IOException("damaged");
        });
        assertThrows(AssertionError.class, () -> Property.check(target, INPUT));
        assertDoesNotThrow(() -> Property.check(target.insidePackage(), INPUT));
    }

    @Test
    void anyOtherExceptionGoesOn() {
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> Property.check(target(input -> input[1] = 0), INPUT));
    }

    @Test
    void anErrorBehindARefusalIsAFinding() {
        for (final boolean inside : new boolean[] {false, true}) {
            final Target target = target(input -> {
                final IOException hidden = new IOException(new OutOfMemoryError("Java heap space"));
                if (inside) {
                    throw hidden;
                }
                throw new RunFailed("what", "where", "remedy", hidden);
            });
            final AssertionError found = assertThrows(
                    AssertionError.class, () -> Property.check(inside ? target.insidePackage() : target, INPUT));
            assertTrue(found.getMessage().contains("OutOfMemoryError"), found.getMessage());
        }
    }

    @Test
    void aRefusalThatSaysNothingIsAFinding() {
        assertThrows(
                AssertionError.class,
                () -> Property.check(
                        target(input -> {
                            throw new RunFailed("what", " ", "remedy");
                        }),
                        INPUT));
        assertThrows(
                AssertionError.class,
                () -> Property.check(
                        target(input -> {
                            throw new RunFailed("x".repeat(1 << 16), "where", "remedy");
                        }),
                        INPUT));
    }

    @Test
    void tooMuchMemoryIsAFinding() {
        final byte[][] kept = new byte[1][];
        final AssertionError found = assertThrows(
                AssertionError.class,
                () -> Property.check(target(input -> kept[0] = new byte[(int) Property.MOST_ALLOCATED + 1]), INPUT));
        assertTrue(found.getMessage().contains("allocate"), found.getMessage());
    }
}
