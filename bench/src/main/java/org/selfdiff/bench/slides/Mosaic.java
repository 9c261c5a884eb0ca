package org.selfdiff.bench.slides;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.phantom.Phantom;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.imaging.tiff.write.BlockSource;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * Pixels of a slide of any size: patches of stained tissue, turned, mirrored, and darker or lighter by a few grey
 * levels, so that hardly two tiles are equal. The patches get the noise of a camera, which is what most bytes of a real
 * slide are spent on. The pixels depend on position alone.
 *
 * @param patches squares of {@link #SIDE} pixels
 * @param origin what the patches were cut from, for the report
 */
record Mosaic(List<Picture> patches, String origin) implements BlockSource {
    /** Height and width of a patch. */
    static final int SIDE = 512;

    private static final String SLIDE = "slides/CMU-1-Small-Region.svs";

    private static final int PHANTOMS = 24;

    private static final long SEED = 20_240_917;

    /** Standard deviation of the noise in grey levels. */
    private static final double NOISE = 4;

    /** Patches of this mean grey level or above show too little tissue. */
    private static final double GLASS = 215;

    /** Largest change of brightness in grey levels. */
    private static final int SHADE = 12;

    /** Patches of a real slide if the folder holds one, else of synthetic tissue. */
    static Mosaic of(final Path data) throws RunFailed {
        final List<Picture> patches = new ArrayList<>();
        final Path file = data.resolve(SLIDE);
        if (Files.exists(file)) {
            try (PictureSource slide = Slides.open(file, DecodeLimits.standard())) {
                final PictureSource.Level level = slide.level(0);
                for (int y = 0; y + SIDE <= level.height(); y += SIDE) {
                    for (int x = 0; x + SIDE <= level.width(); x += SIDE) {
                        final Picture patch = slide.region(0, x, y, SIDE, SIDE);
                        if (mean(patch) < GLASS) {
                            patches.add(noisy(patch, patches.size()));
                        }
                    }
                }
            }
            return new Mosaic(patches, "patches of a real slide with noise added");
        }
        for (int i = 0; i < PHANTOMS; i++) {
            patches.add(noisy(phantom(i), i));
        }
        return new Mosaic(patches, "patches of synthetic tissue");
    }

    private static Picture phantom(final int index) {
        try {
            return Phantom.draw(SIDE, SIDE, 0.5, SEED, index, RunControl.silent())
                    .picture();
        } catch (RunCancelled e) {
            throw new IllegalStateException("nobody cancels", e);
        }
    }

    private static double mean(final Picture picture) {
        long sum = 0;
        for (final byte sample : picture.rgb()) {
            sum += sample & 0xff;
        }
        return sum / (double) picture.rgb().length;
    }

    private static Picture noisy(final Picture picture, final int index) {
        final SeededRandom random = new SeededRandom(SEED, index);
        final byte[] rgb = picture.rgb().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = clamped((rgb[i] & 0xff) + (int) Math.round(NOISE * random.gaussian()));
        }
        return new Picture(SIDE, SIDE, rgb);
    }

    private static byte clamped(final int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    @Override
    public byte[] samples(final int x, final int y, final int width, final int height) {
        final byte[] out = new byte[3 * width * height];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; ) {
                final int run = Math.min(width - column, SIDE - (x + column) % SIDE);
                copy(x + column, y + row, run, out, 3 * (row * width + column));
                column += run;
            }
        }
        return out;
    }

    /** Copies a row of pixels that lie in one patch. */
    private void copy(final int x, final int y, final int run, final byte[] out, final int start) {
        final long random = SeededRandom.mix(SEED, x / SIDE, y / SIDE) >>> 1;
        final byte[] rgb = patches.get((int) (random % patches.size())).rgb();
        final int turn = (int) (random >> 32 & 7);
        final int shade = (int) (random >> 40) % (2 * SHADE + 1) - SHADE;
        final int v = (turn & 2) == 0 ? y % SIDE : SIDE - 1 - y % SIDE;
        int at = start;
        for (int i = 0; i < run; i++) {
            final int u = (turn & 1) == 0 ? (x + i) % SIDE : SIDE - 1 - (x + i) % SIDE;
            final int pixel = 3 * ((turn & 4) == 0 ? v * SIDE + u : u * SIDE + v);
            for (int c = 0; c < 3; c++) {
                out[at++] = clamped((rgb[pixel + c] & 0xff) + shade);
            }
        }
    }
}
