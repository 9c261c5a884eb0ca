package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Bundles of fibres: noise smeared along a field of directions (line integral convolution, Cabral and Leedom 1993).
 *
 * @param direction angle of the fibres at every pixel in radians
 * @param fine thin fibres, mean 0, variance 1
 * @param coarse bundles, mean 0, variance 1
 */
record Fibres(Plane direction, Plane fine, Plane coarse) {

    static Fibres draw(
            final SeededRandom random, final int width, final int height, final double scale, final RunControl control)
            throws RunCancelled {
        final double main = random.between(0, Math.PI);
        final double bend = random.between(0.4, 1.3);
        final Plane direction = Plane.fractal(random, width, height, 110 * scale, 3, control);
        for (int i = 0; i < direction.values().length; i++) {
            direction.values()[i] = (float) (main + bend * direction.values()[i]);
        }
        final Plane thin = Plane.white(random, width, height, control).blurred(0.5 * scale, control);
        final Plane thick = Plane.white(random, width, height, control).blurred(2.2 * scale, control);
        return new Fibres(
                direction,
                smear(thin, direction, (int) (16 * scale), control),
                smear(thick, direction, (int) (30 * scale), control));
    }

    private static Plane smear(final Plane noise, final Plane direction, final int length, final RunControl control)
            throws RunCancelled {
        final int w = noise.width();
        final int h = noise.height();
        final int n = w * h;
        final float[] cos = new float[n];
        final float[] sin = new float[n];
        for (int i = 0; i < n; i++) {
            if (i % w == 0) {
                control.checkCancelled();
            }
            cos[i] = (float) StrictMath.cos(direction.values()[i]);
            sin[i] = (float) StrictMath.sin(direction.values()[i]);
        }
        final Plane out = Plane.empty(w, h);
        for (int i = 0; i < n; i++) {
            if (i % w == 0) {
                control.checkCancelled();
            }
            double sum = noise.values()[i];
            for (int sign = -1; sign <= 1; sign += 2) {
                double x = i % w;
                double y = (double) (i / w);
                for (int step = 0; step < length; step++) {
                    final int at = clamp(y, h) * w + clamp(x, w);
                    x += sign * cos[at];
                    y += sign * sin[at];
                    sum += noise.values()[clamp(y, h) * w + clamp(x, w)];
                }
            }
            out.values()[i] = (float) sum;
        }
        return standardised(out);
    }

    private static int clamp(final double v, final int n) {
        return Math.max(0, Math.min(n - 1, (int) (v + 0.5)));
    }

    private static Plane standardised(final Plane plane) {
        double sum = 0;
        double squares = 0;
        for (final float v : plane.values()) {
            sum += v;
            squares += (double) v * v;
        }
        final double mean = sum / plane.values().length;
        final double deviation = Math.sqrt(Math.max(1e-12, squares / plane.values().length - mean * mean));
        for (int i = 0; i < plane.values().length; i++) {
            plane.values()[i] = (float) ((plane.values()[i] - mean) / deviation);
        }
        return plane;
    }
}
