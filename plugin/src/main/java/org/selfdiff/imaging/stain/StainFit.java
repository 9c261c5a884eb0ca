package org.selfdiff.imaging.stain;

import com.google.gson.JsonObject;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * The look of one slide, fitted from a sample of its tissue: {@link StainVectors} for the methods that find stains,
 * {@link ColourStatistics} for Reinhard's. Numbers are rounded to six digits behind the point, so that a fit and its
 * text are the same thing.
 */
public sealed interface StainFit permits StainVectors, ColourStatistics {
    /** Fewer pixels than this say nothing of a slide. */
    int LEAST_PIXELS = 100;

    /** How it was found. */
    StainMethod method();

    /** Brightness of the glass in red, green, blue. */
    double[] white();

    /** One line without blanks, for a table; {@link #parse} reads it. */
    default String text() {
        return FitText.write(this);
    }

    /** For a model card; {@link #parse(JsonObject, String)} reads it. */
    default JsonObject json() {
        return FitJson.write(this);
    }

    /**
     * Fits a method to a sample.
     *
     * @throws RunFailed naming the slide, if it has too little tissue or all of it has one colour
     */
    static StainFit of(final StainSample sample, final StainMethod method, final RunControl control)
            throws RunFailed, RunCancelled {
        if (sample.colours().length < LEAST_PIXELS) {
            throw new RunFailed(
                    "The stains cannot be found: of the sample only " + sample.colours().length
                            + " pixels are stained, at least " + LEAST_PIXELS + " are needed",
                    sample.name(),
                    "Leave the slide out, or turn stain normalisation off for it.");
        }
        return method == StainMethod.REINHARD ? ColourStatistics.of(sample) : StainVectors.of(sample, method, control);
    }

    /**
     * The look that slides are brought to if no other is given. For stains it is the reference of Macenko's public
     * code; for Reinhard the statistics of the breast cancer slide TCGA-A2-A3XS-DX1 that Amgad et al. 2019 and
     * HistomicsTK use. Both are before glass of 240, and Vahadane's fits are compared with the same stains as
     * Macenko's.
     */
    static StainFit standard(final StainMethod method) {
        final double[] white = {240, 240, 240};
        if (method == StainMethod.REINHARD) {
            return new ColourStatistics(white, new double[] {8.74108109, -0.12440419, 0.0444982}, new double[] {
                0.6135447, 0.10989545, 0.0286032
            });
        }
        return new StainVectors(
                method,
                white,
                new double[] {0.5626, 0.7201, 0.4062},
                new double[] {0.2159, 0.8012, 0.5581},
                new double[] {1.9705, 1.0308});
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param where the file, row or setting that the text comes from
     * @throws RunFailed if it is anything else
     */
    static StainFit parse(final String text, final String where) throws RunFailed {
        return FitText.read(text, where);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @param where the file that it comes from
     * @throws RunFailed if it is anything else
     */
    static StainFit parse(final JsonObject json, final String where) throws RunFailed {
        return FitJson.read(json, where);
    }
}
