package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.phantom.SlidePhantom;
import org.selfdiff.imaging.phantom.TextureBank;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Two slides of 20x with tumour, their annotations, and the truth about them. */
final class PhantomSet {
    static final int WIDTH = 3000;

    static final int HEIGHT = 2200;

    private static final long SEED = 5;

    private final Path folder;

    private final MakeSlides.Result made;

    private PhantomSet(final Path folder, final MakeSlides.Result made) {
        this.folder = folder;
        this.made = made;
    }

    /** Draws and writes them, which takes a second. */
    static PhantomSet make(final Path folder) throws Exception {
        final MakeSlides.Result made = MakeSlides.run(
                new MakeSlides.Request(
                        folder.resolve("set"),
                        2,
                        WIDTH,
                        HEIGHT,
                        0.5,
                        20,
                        SlideFormat.APERIO,
                        BlockCompression.JPEG,
                        85,
                        MakeSlides.Tumours.large(1),
                        2,
                        SlideForm.Stain.values()[0],
                        false,
                        SEED),
                2,
                RunControl.silent());
        return new PhantomSet(folder.resolve("set"), made);
    }

    List<MakeSlides.Made> slides() {
        return made.slides();
    }

    /** The first slide's file. */
    Path first() {
        return made.slides().get(0).image();
    }

    /** A request for all slides with their annotations. */
    Asked asked() {
        return new Asked(new PictureFiles.Folder(
                folder.resolve("slides"), false, Optional.of(folder.resolve("annotations")), ""));
    }

    /** What was drawn, in pixels of the finest level. */
    static SlidePhantom truth(final int index) throws Exception {
        final SlideForm form = new SlideForm(WIDTH, HEIGHT, 0.5, true, SlideForm.Stain.values()[0], Set.of());
        final int cell = TextureBank.cellFor(WIDTH, HEIGHT);
        try (Workers workers = new Workers(1)) {
            final TextureBank bank = TextureBank.draw(cell, 0.5, SEED, workers, RunControl.silent());
            return SlidePhantom.draw(form, SEED, index, bank);
        }
    }
}
