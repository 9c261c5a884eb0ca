package org.selfdiff.stages.slides;

import java.nio.file.Path;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.run.RunControl;

/** A few small synthetic slides, quickly made. */
public final class PhantomSlides {
    private PhantomSlides() {}

    /** Slides of 20x in {@code slides/}, half of them with tumour, and their annotations in {@code annotations/}. */
    public static MakeSlides.Result make(
            final Path folder, final int count, final int width, final int height, final SlideFormat format)
            throws Exception {
        return MakeSlides.run(
                new MakeSlides.Request(
                        folder,
                        count,
                        width,
                        height,
                        0.5,
                        20,
                        format,
                        BlockCompression.JPEG,
                        85,
                        MakeSlides.Tumours.large(0.5),
                        2,
                        SlideForm.Stain.values()[0],
                        false,
                        3),
                2,
                RunControl.silent());
    }
}
