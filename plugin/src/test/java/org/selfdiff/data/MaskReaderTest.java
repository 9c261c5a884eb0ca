package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.TiffForm;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.TiffWriter;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** A mask of a whole slide is read in blocks, and gives what the same mask would give as a whole. */
class MaskReaderTest {
    private static final int WIDTH = 5000;

    private static final int HEIGHT = 4000;

    @TempDir
    Path folder;

    private Path write(final LabelMap map) throws Exception {
        final Path file = folder.resolve("mask.tif");
        try (Workers workers = new Workers(2);
                TiffWriter writer = TiffWriter.begin(file, TiffForm.bigTiff())) {
            final TiffImage image = TiffImage.tiled(WIDTH, HEIGHT, PixelType.GREY8, 256, BlockCompression.DEFLATE);
            writer.commit(
                    List.of(writer.image(image, BlockSource.of(map, PixelType.GREY8), workers, RunControl.silent())));
        }
        return file;
    }

    @Test
    void aLargeMaskIsReadInBlocks() throws Exception {
        final LabelMap map = TestFiles.labels(3, WIDTH, HEIGHT, 5);
        final Path file = write(map);
        final Tile.Area[] areas = {
            new Tile.Area(1000, 700, 64, 48, 1, 0.5),
            new Tile.Area(255, 511, 40, 40, 2, 0.5),
            new Tile.Area(100, 100, 30, 30, 3.7, 0.5),
            new Tile.Area(WIDTH - 30, HEIGHT - 20, 48, 48, 1, 0.5),
            new Tile.Area(WIDTH - 60, 5, 64, 10, 2, 0.5)
        };
        for (final MaskCoding coding : List.of(MaskCoding.labels(), MaskCoding.foreground())) {
            try (MaskReader reader = MaskReader.open(file, coding, new DecodeLimits(1_000_000), BlockCache.small())) {
                assertEquals(WIDTH, reader.width());
                assertEquals(HEIGHT, reader.height());
                assertEquals(0, reader.bytes(), "nothing is held");
                for (final Tile.Area a : areas) {
                    final LabelMap expected = map.region(a.x(), a.y(), a.width(), a.height(), a.downsample());
                    assertEquals(
                            coding.kind() == MaskCoding.Kind.FOREGROUND ? expected.foreground() : expected,
                            reader.labels(a),
                            coding.kind() + " " + a);
                }
            }
        }
    }

    @Test
    void aMaskThatIsTooLargeForMemoryAndNoTiffIsRefused() throws Exception {
        final Path file = TestFiles.write(PngEncoder.labels(TestFiles.labels(1, 300, 300, 2)), folder.resolve("a.png"));
        final RunFailed e = assertThrows(
                RunFailed.class,
                () -> MaskReader.open(file, MaskCoding.labels(), new DecodeLimits(10_000), BlockCache.small()));
        assertTrue(e.getMessage().contains("limit"), e.getMessage());
        assertTrue(e.remedy().contains("tiled TIFF with deflate"), e.remedy());
    }
}
