package org.selfdiff.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.BlockCache;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.imaging.tiff.write.PixelType;
import org.selfdiff.imaging.tiff.write.TiffForm;
import org.selfdiff.imaging.tiff.write.TiffImage;
import org.selfdiff.imaging.tiff.write.TiffWriter;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/**
 * Slides of several compressions that share arrays: caches hold few blocks, so that what one thread has read is written to
 * by others all the time. Every read is equal to that of one thread alone. Real slides take part where they are.
 */
class SharedArraysTest {
    private static final Path SLIDES =
            Path.of("../../shared/data/slides").toAbsolutePath().normalize();

    private static final int SIDE = 500;

    private static final int THREADS = 6;

    private static final int READS = 60;

    @TempDir
    Path folder;

    private record Region(Path slide, long x, long y, int width, int height) {}

    private Path written(final int side, final int block, final BlockCompression compression) throws Exception {
        final Path file = folder.resolve(compression + "-" + block + ".tif");
        final Picture picture = TestFiles.noise(compression.ordinal(), side, side);
        try (Workers workers = new Workers(1);
                TiffWriter writer = TiffWriter.begin(file, TiffForm.classic())) {
            final TiffImage image = TiffImage.tiled(side, side, PixelType.RGB8, block, compression);
            writer.commit(List.of(writer.image(image, BlockSource.of(picture), workers, RunControl.silent())));
        }
        return file;
    }

    private List<Path> slides() throws Exception {
        final List<Path> slides = new ArrayList<>();
        slides.add(written(SIDE, 128, BlockCompression.JPEG));
        slides.add(written(SIDE, 128, BlockCompression.DEFLATE));
        slides.add(written(SIDE, 128, BlockCompression.LZW));
        for (final String name : List.of("CMU-1-Small-Region.svs", "tcga-cr-7395-01a-01-ts1.svs")) {
            if (Files.isRegularFile(SLIDES.resolve(name))) {
                slides.add(SLIDES.resolve(name));
            } else {
                System.out.println("*** NOT TESTED: " + SLIDES.resolve(name) + " is missing ***");
            }
        }
        return slides;
    }

    /** Rectangles of all slides in turn; some reach past the border. */
    private static List<Region> regions(final List<Path> slides) {
        final SeededRandom random = new SeededRandom(3);
        final List<Region> regions = new ArrayList<>();
        for (int i = 0; i < READS * slides.size(); i++) {
            regions.add(new Region(
                    slides.get(i % slides.size()),
                    random.nextInt(SIDE) - 30,
                    random.nextInt(SIDE) - 30,
                    1 + random.nextInt(160),
                    1 + random.nextInt(160)));
        }
        return regions;
    }

    @Test
    void regionsOfSeveralSlidesThroughOneSmallCache() throws Exception {
        final List<Path> slides = slides();
        final List<Callable<Picture>> together = new ArrayList<>();
        final List<Picture> alone = new ArrayList<>();
        final BlockCache cache = new BlockCache(2L << 20);
        final Map<Path, PictureSource> open = new HashMap<>();
        final Map<Path, PictureSource> reference = new HashMap<>();
        try {
            for (final Path slide : slides) {
                open.put(slide, Slides.open(slide, DecodeLimits.standard(), cache, RunControl.silent()));
                reference.put(slide, Slides.open(slide, DecodeLimits.standard()));
            }
            for (final Region r : regions(slides)) {
                alone.add(reference.get(r.slide).region(0, r.x, r.y, r.width, r.height));
                together.add(() -> open.get(r.slide).region(0, r.x, r.y, r.width, r.height));
            }
            compare(alone, together);
        } finally {
            open.values().forEach(PictureSource::close);
            reference.values().forEach(PictureSource::close);
        }
    }

    @Test
    void tilesBetweenLevelsThroughOneSmallCache() throws Exception {
        final List<Callable<Picture>> together = new ArrayList<>();
        final List<Picture> alone = new ArrayList<>();
        try (PictureCache small = new PictureCache(DecodeLimits.standard(), 4L << 20);
                PictureCache reference = PictureCache.standard()) {
            for (final Region r : regions(slides())) {
                final Tile.Area area =
                        new Tile.Area((int) r.x + 30, (int) r.y + 30, r.width, r.height, 1.7, Double.NaN);
                final Tile tile = new Tile(r.slide, area, Optional.empty(), "", Optional.empty(), Tile.Findings.none());
                alone.add(reference.pixels(tile, RunControl.silent()));
                together.add(() -> small.pixels(tile, RunControl.silent()));
            }
            compare(alone, together);
        }
    }

    /** Small rectangles in many blocks, which are wanted once only: each is decoded in part, into arrays of no cache. */
    @Test
    void partsOfBlocksHereAndThere() throws Exception {
        final int side = 2000;
        final Path slide = written(side, 32, BlockCompression.JPEG);
        final List<Callable<Picture>> together = new ArrayList<>();
        final List<Picture> alone = new ArrayList<>();
        try (PictureSource source =
                        Slides.open(slide, DecodeLimits.standard(), new BlockCache(1L << 16), RunControl.silent());
                PictureSource reference = Slides.open(slide, DecodeLimits.standard())) {
            final Picture whole = reference.region(0, 0, 0, side, side);
            final SeededRandom random = new SeededRandom(4);
            for (int i = 0; i < 20 * READS; i++) {
                final int x = 32 * random.nextInt(62) + random.nextInt(16);
                final int y = 32 * random.nextInt(62);
                final int height = 1 + random.nextInt(8);
                alone.add(whole.region(x, y, 16, height));
                together.add(() -> source.region(0, x, y, 16, height));
            }
            compare(alone, together);
        }
    }

    private static void compare(final List<Picture> alone, final List<Callable<Picture>> together) throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            final List<Future<Picture>> read = threads.invokeAll(together);
            for (int i = 0; i < alone.size(); i++) {
                assertEquals(alone.get(i), read.get(i).get(), "read " + i);
            }
        } finally {
            threads.shutdown();
        }
    }
}
