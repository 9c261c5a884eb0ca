package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * Photographs a specimen: light through the stains, blur of the lens, uneven lighting, noise of the sensor.
 *
 * @param blur standard deviation of the blur in pixels
 * @param noise standard deviation of the noise at full light, 0 to 255
 * @param slopeX change of the light from left to right, as a share
 * @param slopeY change of the light from top to bottom, as a share
 */
record Camera(double blur, double noise, double slopeX, double slopeY) {

    static Camera draw(final SeededRandom random, final double scale) {
        return new Camera(
                random.between(0.45, 1.4) * scale,
                random.between(1.2, 3.2),
                random.between(-0.03, 0.03),
                random.between(-0.03, 0.03));
    }

    Picture photograph(final Specimen specimen, final Staining staining, final SeededRandom random)
            throws RunCancelled {
        final RunControl control = specimen.control;
        final int w = specimen.width;
        final int h = specimen.height;
        final byte[] rgb = new byte[3 * w * h];
        for (int c = 0; c < 3; c++) {
            final Plane light = Plane.empty(w, h);
            for (int i = 0; i < w * h; i++) {
                if (i % w == 0) {
                    control.checkCancelled();
                }
                light.values()[i] = (float) staining.light(
                        c,
                        specimen.hematoxylin.values()[i],
                        specimen.eosin.values()[i],
                        specimen.blood.values()[i]);
            }
            final Plane blurred = light.blurred(blur, control);
            final Plane grain = Plane.white(random, w, h, control).blurred(0.45, control);
            for (int i = 0; i < w * h; i++) {
                if (i % w == 0) {
                    control.checkCancelled();
                }
                final double even = 1 + slopeX * (i % w / (double) w - 0.5) + slopeY * (i / w / (double) h - 0.5);
                final double signal = blurred.values()[i] * even;
                final double shot = noise * Math.sqrt(0.3 + 0.7 * Math.max(0, signal) / 255); // more light, more noise
                final double v = signal + shot * grain.values()[i];
                rgb[3 * i + c] = (byte) Math.max(0, Math.min(255, Math.round(v)));
            }
        }
        return new Picture(w, h, rgb);
    }
}
