package org.selfdiff.train.loss;

/**
 * How wrong a segmentation is, as a fragment of script. It sees, in 32 bits and of shape (batch, classes, height,
 * width), the logarithms {@code logp} of the class probabilities and the truth {@code y}, which is 1 for a pixel's
 * class and 0 for the others.
 */
public interface SegmentationLoss {

    /** Name in settings and logs, lower case. */
    String name();

    /**
     * Lines of TorchScript that end with an assignment to a variable; each is indented by four blanks. Every variable
     * starts with {@code prefix}.
     *
     * @param prefix makes variables unique
     * @param result the variable that takes the loss, a tensor without dimensions
     */
    String script(String prefix, String result);

    /** Replaces {@code #} by the prefix and {@code @} by the result, and indents. */
    static String fill(final String lines, final String prefix, final String result) {
        return lines.replace("#", prefix).replace("@", result).indent(4);
    }
}
