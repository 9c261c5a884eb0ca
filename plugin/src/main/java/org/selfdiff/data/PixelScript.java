package org.selfdiff.data;

import java.util.List;
import java.util.Locale;
import org.selfdiff.tensors.ScriptMethod;

/**
 * What becomes of bytes on the device, as script: changes of colour and the value range. Bytes are a quarter of what
 * numbers would be to bring there, and a GPU does in passing what a processor is busy with. Turns are none of it: they
 * cost nothing where the bytes are laid out in planes.
 */
final class PixelScript {
    /** Method {@code (b: Tensor) -> Tensor}: bytes (NCHW) to values (NCHW). */
    static final String PIXELS = "pixels";

    /** Method {@code (b: Tensor, c: Tensor) -> Tensor}: the same, colours changed by {@link Batch#colours}. */
    static final String CHANGED = "changed_pixels";

    /** Method {@code (b: Tensor) -> Tensor}: bytes of labels to whole numbers. */
    static final String LABELS = "labels";

    /** Optical densities by a matrix of their own for each tile (Beer and Lambert): light is 256 exp(-density) - 1. */
    private static final String STAIN_CHANGE =
            """
              rows = torch.flatten(torch.neg_(torch.log_(torch.div_(torch.add_(v, 1.), 256.))), 2)
              mixed = torch.bmm(torch.reshape(torch.narrow(c, 1, 0, 9), [-1, 3, 3]), rows)
              light = torch.reshape(torch.sub_(torch.mul_(torch.exp_(torch.neg_(mixed)), 256.), 1.), torch.size(v))
            """;

    /** Contrast about mid-grey, and brightness. */
    private static final String LIGHT_CHANGE =
            """
              gain = torch.reshape(torch.narrow(c, 1, 9, 1), [-1, 1, 1, 1])
              shift = torch.reshape(torch.narrow(c, 1, 10, 1), [-1, 1, 1, 1])
              moved = torch.add_(torch.mul_(torch.sub_(light, 127.5), gain), torch.add(torch.mul(shift, 255.), 127.5))
              return self.range(torch.clamp_(moved, 0., 255.))
            """;

    private PixelScript() {}

    /** The methods for batches of these settings. */
    static List<ScriptMethod> methods(final BatchSettings settings) {
        return List.of(range(settings), pixels(), changed(settings.channels()), labels());
    }

    /**
     * A value v of 0 to 255 becomes {@code (v (high - low) + 255 low) / 255}: for the ranges -1 to 1 and 0 to 1 the
     * nearest float to the exact value.
     */
    private static ScriptMethod range(final BatchSettings settings) {
        return new ScriptMethod(
                "range",
                String.format(
                        Locale.ROOT,
                        """
                        def range(self: __torch__.Net,
                            v: Tensor) -> Tensor:
                          return torch.div_(torch.add_(torch.mul_(v, %s), %s), 255.)
                        """,
                        number((double) settings.high() - settings.low()),
                        number(255.0 * settings.low())));
    }

    private static ScriptMethod pixels() {
        return new ScriptMethod(
                PIXELS,
                """
                def pixels(self: __torch__.Net,
                    b: Tensor) -> Tensor:
                  return self.range(torch.to(b, 6))
                """);
    }

    private static ScriptMethod changed(final int channels) {
        return new ScriptMethod(
                CHANGED,
                """
                def changed_pixels(self: __torch__.Net,
                    b: Tensor,
                    c: Tensor) -> Tensor:
                  v = torch.to(b, 6)
                """
                        + (channels == 1 ? "  light = v\n" : STAIN_CHANGE)
                        + LIGHT_CHANGE);
    }

    private static ScriptMethod labels() {
        return new ScriptMethod(
                LABELS,
                """
                def labels(self: __torch__.Net,
                    b: Tensor) -> Tensor:
                  return torch.to(b, 4)
                """);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }
}
