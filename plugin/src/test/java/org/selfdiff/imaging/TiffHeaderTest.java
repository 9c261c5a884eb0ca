package org.selfdiff.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.run.RunFailed;

/** What a TIFF's first directory may not claim, because decoders believe it and take the memory. */
class TiffHeaderTest {
    @TempDir
    Path folder;

    /** A directory of 8 x 8 grey pixels with one tag more. */
    private Path file(final int tag, final int type, final int count, final int value) throws Exception {
        final ByteBuffer out = ByteBuffer.allocate(200);
        out.putInt(0x4d4d002a).putInt(8).putShort((short) 4);
        entry(out, 256, 3, 1, 8 << 16);
        entry(out, 257, 3, 1, 8 << 16);
        entry(out, 259, 3, 1, 1 << 16);
        entry(out, tag, type, count, value);
        return TestFiles.write(out.array(), folder.resolve("a.tif"));
    }

    private static void entry(final ByteBuffer out, final int tag, final int type, final int count, final int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    @ParameterizedTest
    @CsvSource({
        "279, 4, 1, 587202592", // a strip of 560 MB
        "279, 3, 1, 13172736", // 201 bytes where there are 200
        "325, 4, 1, -1", // a tile of 4 GB
        "279, 4, 1000000, 8", // a million strips
        "325, 3, 90, 100" // the list ends behind the file
    })
    void stripsLongerThanTheFileAreRefused(final int tag, final int type, final int count, final int value)
            throws Exception {
        final Path file = file(tag, type, count, value);
        final RunFailed e = assertThrows(RunFailed.class, () -> PictureHeader.read(file));
        assertTrue(e.getMessage().contains("a.tif"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "258, 4, 1, 524296", // 0x80008 bits
        "258, 9, 1, 65", // of a type that only decoders accept
        "258, 3, 1, 24",
        "258, 3, 1, 65535"
    })
    void samplesOfOddNumbersOfBitsAreRefused(final int tag, final int type, final int count, final int value)
            throws Exception {
        final Path file = file(tag, type, count, type == 3 ? value << 16 : value);
        final RunFailed e = assertThrows(RunFailed.class, () -> PictureHeader.read(file));
        assertTrue(e.getMessage().contains("bits"), e.getMessage());
        PictureHeader.read(file(258, 3, 2, 8 << 16 | 8));
        PictureHeader.read(file(258, 1, 4, 0x08080808));
        PictureHeader.read(file(258, 3, 1, 32 << 16));
    }

    @Test
    void stripsThatFitAreNot() throws Exception {
        PictureHeader.read(file(279, 3, 1, 200 << 16));
        PictureHeader.read(file(279, 4, 2, 150));
    }

    @Test
    void aStripHigherThanThePictureCountsForTheLimit() throws Exception {
        assertEquals(1_114_112, PictureHeader.read(file(278, 4, 1, 1_114_112)).height());
        assertEquals(8, PictureHeader.read(file(278, 4, 1, -1)).height(), "all ones: one strip for all");
        assertEquals(8, PictureHeader.read(file(278, 3, 1, 4 << 16)).height());
    }
}
