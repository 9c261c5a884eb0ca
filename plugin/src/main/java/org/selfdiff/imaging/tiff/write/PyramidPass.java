package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.List;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** One pass over level 0 that writes all levels: what a row of blocks gives goes down to the levels below it at once. */
final class PyramidPass {
    private final List<ImageBlocks> blocks = new ArrayList<>();

    private final List<Reduction> reductions = new ArrayList<>();

    private final List<BlockSource> sources = new ArrayList<>();

    private final TiffImage coarsest;

    private final byte[] overview;

    PyramidPass(final TiffWriter writer, final List<TiffImage> images, final int factor, final BlockSource source) {
        coarsest = images.get(images.size() - 1);
        overview = new byte[Math.multiplyExact(3, Math.multiplyExact(coarsest.width(), coarsest.height()))];
        for (int level = 0; level < images.size(); level++) {
            blocks.add(new ImageBlocks(writer, images.get(level)));
            if (level > 0) {
                reductions.add(new Reduction(images.get(level), factor));
            }
        }
        for (int level = 0; level < images.size(); level++) {
            final BlockSource pixels = level == 0 ? source : reductions.get(level - 1)::samples;
            sources.add(level < reductions.size() ? passing(pixels, reductions.get(level)) : keeping(pixels));
        }
    }

    private static BlockSource passing(final BlockSource source, final Reduction next) {
        return (x, y, w, h) -> {
            final byte[] samples = source.samples(x, y, w, h);
            if (samples != null) {
                next.take(x, y, w, h, samples);
            }
            return samples;
        };
    }

    private BlockSource keeping(final BlockSource source) {
        return (x, y, w, h) -> {
            final byte[] samples = source.samples(x, y, w, h);
            for (int r = 0; samples != null && r < h; r++) {
                System.arraycopy(samples, 3 * r * w, overview, 3 * ((y + r) * coarsest.width() + x), 3 * w);
            }
            return samples;
        };
    }

    /** Writes the next row of blocks of level 0 and all rows of the other levels that it completes. */
    void row(final Workers workers, final RunControl control) throws RunFailed, RunCancelled {
        blocks.get(0).row(sources.get(0), workers, control);
        long passed = blocks.get(0).passed();
        boolean ended = blocks.get(0).ended();
        for (int level = 1; level < blocks.size(); level++) {
            final Reduction reduction = reductions.get(level - 1);
            if (!reduction.completeAt(passed, ended)) {
                break; // nothing new for the levels below, either
            }
            blocks.get(level).row(sources.get(level), workers, control);
            reduction.advance();
            passed = reduction.passed();
            ended = reduction.ended();
        }
    }

    List<DirectoryDraft> directories() {
        final List<DirectoryDraft> directories = new ArrayList<>();
        for (int level = 0; level < blocks.size(); level++) {
            directories.add(
                    blocks.get(level).directory(WrittenTag.longs(TiffTag.NEW_SUBFILE_TYPE, level == 0 ? 0 : 1)));
        }
        return directories;
    }

    Picture overview() {
        return new Picture(coarsest.width(), coarsest.height(), overview);
    }
}
