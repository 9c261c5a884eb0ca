package org.selfdiff.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.selfdiff.run.RunFailed;

/** Seeds and former findings hold the property on every platform, with or without Jazzer. */
class CorpusTest {

    @TestFactory
    List<DynamicTest> everySeedAndFormerFindingHoldsTheProperty() throws Exception {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Target target : Targets.all()) {
            for (final Map.Entry<String, byte[]> seed : Corpus.of(target).entrySet()) {
                tests.add(DynamicTest.dynamicTest(
                        target.name() + " " + seed.getKey(),
                        () -> assertTimeoutPreemptively(
                                Duration.ofSeconds(10), () -> Property.check(target, seed.getValue()))));
            }
        }
        return tests;
    }

    /** A target whose seeds are all refused would search nothing but its first checks. */
    @TestFactory
    List<DynamicTest> someSeedOfEveryTargetIsAccepted() {
        return Targets.all().stream()
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> {
                    int accepted = 0;
                    for (final byte[] seed : target.seeds().make().values()) {
                        accepted += accepts(target, seed) ? 1 : 0;
                    }
                    assertTrue(accepted > 0);
                }))
                .toList();
    }

    private static boolean accepts(final Target target, final byte[] seed) throws Exception {
        try {
            target.reader().read(seed);
            return true;
        } catch (final RunFailed | java.io.IOException refused) {
            return false;
        }
    }

    @Test
    void namesAreUniqueAndFitForFolders() {
        final HashSet<String> names = new HashSet<>();
        for (final Target target : Targets.all()) {
            assertTrue(names.add(target.name()), target.name());
            assertTrue(target.name().matches("[a-z0-9-]+"), target.name());
            assertEquals(target.name(), Targets.named(target.name()).name());
        }
    }

    @Test
    void seedsAreTheSameEveryTimeAndFitIntoAnInput() throws Exception {
        for (final Target target : Targets.all()) {
            final Map<String, byte[]> one = Corpus.of(target);
            final Map<String, byte[]> two = Corpus.of(target);
            assertFalse(one.isEmpty(), target.name());
            one.forEach((name, seed) -> {
                assertTrue(seed.length <= target.longest(), target.name() + " " + name + ": " + seed.length);
                org.junit.jupiter.api.Assertions.assertArrayEquals(seed, two.get(name), target.name() + " " + name);
            });
        }
    }
}
