package org.selfdiff.fuzz.targets;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.Jpeg2000Seeds;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.imaging.jpeg2000.Jpeg2000;
import org.selfdiff.imaging.jpeg2000.Jpeg2000Picture;
import org.selfdiff.imaging.jpeg2000.Jpeg2000Workspace;

/** JPEG 2000 codestreams and JP2 files. */
public final class Jpeg2000Targets {
    private static final Jpeg2000Workspace WORKSPACE = new Jpeg2000Workspace();

    private Jpeg2000Targets() {}

    /** The targets. */
    public static List<Target> all() {
        return List.of(Target.of("jpeg2000", 3_000, Jpeg2000Targets::read, Jpeg2000Seeds::all)
                .insidePackage()
                .with(Words.numbers(
                        0xff4f, 0xff51, 0xff52, 0xff53, 0xff55, 0xff57, 0xff58, 0xff5c, 0xff5d, 0xff5e, 0xff5f, 0xff60,
                        0xff61, 0xff64, 0xff90, 0xff91, 0xff92, 0xff93, 0xffd9)));
    }

    /** Whole, in part, at half the size, and as components; buffers that are used again must not change the result. */
    private static void read(final byte[] input) throws IOException {
        final long most = Scratch.LIMITS.maxPixels();
        final Jpeg2000Picture whole = Jpeg2000.decode(input, 0, input.length, most, "x");
        final Jpeg2000Picture again = Jpeg2000.decode(
                input, 0, input.length, new Jpeg2000.Request(most, 0, "x"), WORKSPACE, Jpeg2000Targets::used);
        if (!Arrays.equals(whole.rgb(false), again.rgb(false))) {
            throw new AssertionError("another picture from used buffers");
        }
        whole.rgb(true);
        part(input, whole, most);
        Jpeg2000.planes(input, 0, input.length, new Jpeg2000.Request(most, 1, "x"), WORKSPACE);
    }

    private static byte[] used(final int size) {
        final byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 77);
        return bytes;
    }

    /** A part that the input itself chooses looks as in the whole picture. */
    private static void part(final byte[] input, final Jpeg2000Picture whole, final long most) throws IOException {
        final int chosen = Arrays.hashCode(input) & Integer.MAX_VALUE;
        final int x = chosen % whole.width();
        final int y = chosen / 7919 % whole.height();
        final int width = 1 + chosen / 31 % (whole.width() - x);
        final int height = 1 + chosen / 127 % (whole.height() - y);
        final Jpeg2000.Request request = new Jpeg2000.Request(most, 0, "x", new Jpeg2000.Part(x, y, width, height));
        final byte[] samples = Jpeg2000.decode(input, 0, input.length, request, WORKSPACE, Jpeg2000Targets::used)
                .samples();
        for (int row = y; row < y + height; row++) {
            final int from = (row * whole.width() + x) * whole.components();
            final int to = from + width * whole.components();
            if (!Arrays.equals(whole.samples(), from, to, samples, from, to)) {
                throw new AssertionError("a part that differs in row " + row);
            }
        }
    }
}
