package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.phantom.SlideForm.Stain;

/** The stains of one slide as tables: light that passes by amount of each, so that no pixel costs an exponential. */
final class SlideStaining {
    private static final int STEPS = 512;

    private static final int LARGEST = 7;

    /** Red, green, blue of DAB, as a density of length 1 (Ruifrok and Johnston 2001). */
    private static final double[] DAB = {0.268, 0.570, 0.776};

    private final double[][] densities;

    private final double[] white;

    private final float[] passing = new float[STEPS * LARGEST];

    private final Stain stain;

    SlideStaining(final Stain stain, final SeededRandom random) {
        this.stain = stain;
        final Staining he = Staining.draw(random);
        final double strength = stain == Stain.PALE ? random.between(0.28, 0.4) : 1;
        densities = new double[][] {
            scaled(he.hematoxylin(), stain == Stain.IHC ? 0.75 : strength),
            stain == Stain.IHC ? scaled(DAB, random.between(0.9, 1.4)) : scaled(he.eosin(), strength),
            scaled(he.blood(), stain == Stain.IHC ? 0.35 : strength)
        };
        white = he.white();
        for (int i = 0; i < passing.length; i++) {
            passing[i] = (float) StrictMath.exp(-(i + 0.5) / STEPS);
        }
    }

    private static double[] scaled(final double[] density, final double factor) {
        return new double[] {density[0] * factor, density[1] * factor, density[2] * factor};
    }

    /** How much of the eosin's place is stained in tissue of a class: DAB marks tumour only. */
    double second(final TissueKind kind) {
        if (stain != Stain.IHC) {
            return 1;
        }
        return kind == TissueKind.TUMOR ? 1.7 : kind == TissueKind.NORMAL ? 0.1 : 0.05;
    }

    /** Share of the light that passes in one channel. */
    float passes(final int channel, final double hematoxylin, final double second, final double blood) {
        final double density =
                hematoxylin * densities[0][channel] + second * densities[1][channel] + blood * densities[2][channel];
        return passing[(int) Math.max(0, Math.min(passing.length - 1, density * STEPS))];
    }

    /** Light without tissue, 0 to 255. */
    double white(final int channel) {
        return white[channel];
    }
}
