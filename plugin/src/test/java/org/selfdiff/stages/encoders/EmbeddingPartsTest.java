package org.selfdiff.stages.encoders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.encoders.EmbeddingParts.Kind;
import org.selfdiff.stages.encoders.EmbeddingParts.Part;

/** Embeddings on disk: what is whole is found again, and nothing else. */
class EmbeddingPartsTest {
    private static final int RECORD = 4 + 3 * 4 + 4;

    @TempDir
    Path folder;

    private EmbeddingParts open(final int together, final String... request) throws RunFailed {
        return EmbeddingParts.open(folder.resolve("parts"), List.of(request), 3, together);
    }

    private static Part part(final int i) {
        return i == 2
                ? new Part(Kind.UNREADABLE, Optional.empty())
                : new Part(i % 2 == 0 ? Kind.GREY : Kind.COLOUR, Optional.of(new float[] {i, -i / 3f, 1e-30f}));
    }

    private void write(final int from, final int to) throws RunFailed {
        try (EmbeddingParts parts = open(1, "a")) {
            assertEquals(from, parts.count());
            for (int i = from; i < to; i++) {
                parts.add(part(i));
            }
        }
    }

    private Path file() throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve("parts"))) {
            return all.findFirst().orElseThrow();
        }
    }

    private void assertWhole(final EmbeddingParts parts, final int count) throws RunFailed {
        assertEquals(count, parts.count());
        for (int i = 0; i < count; i++) {
            final Part part = parts.read(i);
            assertEquals(part(i).kind(), part.kind());
            assertEquals(part(i).embedding().isPresent(), part.embedding().isPresent());
            part(i).embedding()
                    .ifPresent(expected ->
                            assertArrayEquals(expected, part.embedding().orElseThrow()));
        }
    }

    @Test
    void whatWasAddedIsThereAgainAndGoesOn() throws Exception {
        write(0, 4);
        write(4, 7);
        try (EmbeddingParts parts = open(1, "a")) {
            assertWhole(parts, 7);
        }
        try (EmbeddingParts other = open(1, "b")) {
            assertEquals(0, other.count());
        }
    }

    @Test
    void onlyWholeGroupsCount() throws Exception {
        write(0, 7);
        try (EmbeddingParts parts = open(4, "a")) {
            assertWhole(parts, 4);
            parts.add(part(4));
        }
        write(5, 5);
    }

    @Test
    void whatIsHalfOrAlteredIsMadeAgain() throws Exception {
        write(0, 5);
        final byte[] all = Files.readAllBytes(file());
        assertEquals(5 * RECORD, all.length);
        for (final int length : new int[] {5 * RECORD - 1, 4 * RECORD + 1, RECORD - 1, 0}) {
            Files.write(file(), Arrays.copyOf(all, length));
            try (EmbeddingParts parts = open(1, "a")) {
                assertWhole(parts, length / RECORD);
            }
        }
        for (int at = 0; at < all.length; at++) {
            final byte[] altered = all.clone();
            altered[at] ^= 16;
            Files.write(file(), altered);
            try (EmbeddingParts parts = open(1, "a")) {
                assertWhole(parts, at / RECORD);
            }
        }
        final byte[] swapped = all.clone();
        System.arraycopy(all, RECORD, swapped, 3 * RECORD, RECORD);
        Files.write(file(), swapped);
        try (EmbeddingParts parts = open(1, "a")) {
            assertWhole(parts, 3);
        }
    }

    @Test
    void nothingIsLeftAtTheEnd() throws Exception {
        try (EmbeddingParts parts = open(1, "a")) {
            parts.add(part(0));
            assertTrue(Files.exists(file()));
            parts.delete();
        }
        try (Stream<Path> all = Files.list(folder.resolve("parts"))) {
            assertFalse(all.findAny().isPresent());
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("parts"), "a file");
        final RunFailed failed = assertThrows(RunFailed.class, () -> open(1, "a"));
        assertTrue(failed.where().startsWith(folder.resolve("parts").toString()), failed.where());
        assertTrue(failed.getMessage().contains("choose another folder"), failed.getMessage());
    }
}
