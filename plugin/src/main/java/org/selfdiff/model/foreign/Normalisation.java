package org.selfdiff.model.foreign;

import java.util.List;

/**
 * How pixels, from 0 to 1, are brought to what a network was trained on.
 *
 * @param mean of each channel, or one for all
 * @param deviation of each channel, or one for all
 */
public record Normalisation(List<Double> mean, List<Double> deviation) {
    /** Of the pictures of ImageNet: what torchvision, DINO and most encoders of pathology take. */
    public static final Normalisation IMAGENET =
            new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

    /** From -1 to 1. */
    public static final Normalisation HALF = new Normalisation(List.of(0.5), List.of(0.5));

    /** Of the H&E tiles that H-optimus-0 and H0-mini were trained on, from their model cards. */
    public static final Normalisation HOPTIMUS =
            new Normalisation(List.of(0.707223, 0.578729, 0.703617), List.of(0.211883, 0.230117, 0.177517));

    /** From -1024 to 1024, as TorchXRayVision has it. */
    public static final Normalisation XRV = new Normalisation(List.of(0.5), List.of(1.0 / 2048));

    /** Copies the lists. */
    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** The same for pictures of a number of channels: for grey ones the mean of the channels. */
    public Normalisation of(final int channels) {
        return channels == 1 ? new Normalisation(List.of(average(mean)), List.of(average(deviation))) : this;
    }

    private static double average(final List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
