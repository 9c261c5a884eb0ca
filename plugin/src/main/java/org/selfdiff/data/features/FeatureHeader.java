package org.selfdiff.data.features;

import java.util.Optional;

/**
 * What a file says about its features.
 *
 * @param slide name of the slide
 * @param encoder what made the features
 * @param fingerprint of the encoder's weights
 * @param side side of a tile in the unit of the coordinates, {@code NaN} if not stated
 * @param pixels side of a tile in pixels as the encoder saw it, {@code NaN} if not stated
 * @param mpp micrometres along the side of such a pixel, {@code NaN} if not stated
 * @param scale what a stored coordinate is multiplied with
 * @param micrometres whether coordinates are then micrometres; else pixels of level 0
 */
record FeatureHeader(
        Optional<String> slide,
        Optional<String> encoder,
        Optional<String> fingerprint,
        double side,
        double pixels,
        double mpp,
        double scale,
        boolean micrometres) {}
