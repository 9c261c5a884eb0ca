package org.selfdiff.imaging.phantom;

import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;

/**
 * A synthetic chest radiograph, and what it truly shows: shadows of soft tissue, mediastinum, heart, diaphragm and bones
 * add up, air takes from them (Beer and Lambert), and a finding fills the air again. It resembles a radiograph, and is no
 * model of any disease.
 *
 * @param levels {@code side * side} values row by row, 0 black (air) to 4095 white, as detectors of 12 bits give them
 * @param side in pixels
 * @param mask 0 elsewhere, 1 lung, 2 lung with an opacity
 * @param finding what kind of opacity there is
 */
public record ChestPhantom(short[] levels, int side, LabelMap mask, ChestFinding finding) {
    /** Largest value. */
    public static final int WHITE = 4095;

    /** Smallest picture in pixels. */
    public static final int SMALLEST = 32;

    private static final long ANATOMY = 11;

    private static final long FINDING = 12;

    private static final long POSE = 13;

    private static final long EXPOSURE = 14;

    private static final int LUNG = 1;

    private static final int OPACITY = 2;

    /**
     * Draws a picture. It depends on the arguments alone.
     *
     * @param side in pixels, at least {@link #SMALLEST}
     * @param prevalence share of patients with a finding, 0 to 1
     * @param seed of the set
     * @param patient number of the patient, whose body and kind of finding stay the same
     * @param picture number of the picture of this patient
     * @param control asked in every row of pixels whether to go on; sees no progress
     */
    public static ChestPhantom draw(
            final int side,
            final double prevalence,
            final long seed,
            final int patient,
            final int picture,
            final RunControl control)
            throws RunCancelled {
        return draw(side, ChestFindings.usual(prevalence), seed, patient, picture, control);
    }

    /**
     * Draws a picture of a set with findings of one's choice. It depends on the arguments alone.
     *
     * @param side in pixels, at least {@link #SMALLEST}
     * @param findings of the set
     * @param seed of the set
     * @param patient number of the patient, whose body and kind of finding stay the same
     * @param picture number of the picture of this patient
     * @param control asked in every row of pixels whether to go on; sees no progress
     */
    public static ChestPhantom draw(
            final int side,
            final ChestFindings findings,
            final long seed,
            final int patient,
            final int picture,
            final RunControl control)
            throws RunCancelled {
        return draw(side, findings.of(seed, patient), findings.strength(), seed, patient, picture, control);
    }

    static ChestPhantom draw(
            final int side,
            final ChestFinding finding,
            final double strength,
            final long seed,
            final int patient,
            final int picture,
            final RunControl control)
            throws RunCancelled {
        if (side < SMALLEST) {
            throw new IllegalArgumentException(side + " pixels");
        }
        final ChestAnatomy anatomy = ChestAnatomy.draw(new SeededRandom(seed, patient, ANATOMY));
        final ChestPose pose = ChestPose.draw(side, new SeededRandom(seed, patient, picture, POSE));
        final Plane vessels = ChestVessels.draw(pose, side, new SeededRandom(seed, patient, ANATOMY, 1));
        final ChestOpacity opacity =
                ChestOpacity.draw(finding, anatomy, new SeededRandom(seed, patient, picture, FINDING));
        final ChestExposure exposure = ChestExposure.draw(new SeededRandom(seed, patient, picture, EXPOSURE));
        final short[] levels = new short[side * side];
        final int[] mask = new int[side * side];
        for (int row = 0; row < side; row++) {
            control.checkCancelled();
            for (int column = 0; column < side; column++) {
                final int at = row * side + column;
                final double x = pose.x(column, row);
                final double y = pose.y(column, row);
                double shadow = anatomy.shadow(x, y);
                final double depth = anatomy.lungDepth(x, y);
                if (depth > 0) {
                    final double filled = Math.min(1, strength * opacity.shadow(x, y));
                    mask[at] = filled > 0 ? OPACITY : LUNG;
                    final double open = Math.max(0.15, 1 - 1.6 * filled);
                    shadow += ChestAnatomy.air(depth) * (filled + open * vessels.at(column, row));
                }
                levels[at] = (short) exposure.level(shadow, column, row, 256.0 / side);
            }
        }
        return new ChestPhantom(levels, side, new LabelMap(side, side, mask), finding);
    }

    /** The picture in 8 bits: 0 to 255. */
    public byte[] bytes() {
        final byte[] bytes = new byte[levels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((levels[i] * 255 + WHITE / 2) / WHITE);
        }
        return bytes;
    }
}
