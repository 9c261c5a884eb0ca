package org.selfdiff.fuzz.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.selfdiff.fuzz.Reader;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.PngSeeds;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.tiff.Masks;
import org.selfdiff.run.RunFailed;

/** PNG as a picture, as a mask in a file and as a mask in a table's cell. */
public final class PngTargets {
    private static final MaskCoding COLOURS = new MaskCoding(MaskCoding.Kind.COLOURS, List.of(0, 0x090909));

    private static final Reader FILE = Scratch.file(
            "any.png",
            Ways.all(
                    file -> Masks.read(file, MaskCoding.labels(), Scratch.LIMITS),
                    file -> MaskCoding.foreground().readPng(Files.readAllBytes(file), "a cell", Scratch.LIMITS),
                    file -> Masks.read(file, COLOURS, Scratch.LIMITS),
                    file -> Pictures.read(file, Scratch.LIMITS)));

    private PngTargets() {}

    /** The targets. */
    public static List<Target> all() {
        final List<byte[]> words = Words.texts("IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "iCCP");
        return List.of(
                Target.of("png", 4_000, input -> FILE.read(PngSeeds.withCheckSums(input)), PngSeeds::all)
                        .with(words),
                Target.of("png-rows", 4_000, PngTargets::rows, () -> Map.of("rows", new byte[256])));
    }

    /** The first five bytes are depth, colour type, interlacing, width and height; the rest is deflated. */
    private static void rows(final byte[] input) throws RunFailed, IOException {
        final byte[] bytes = Arrays.copyOf(input, Math.max(5, input.length));
        final byte[] png = PngSeeds.file(
                1 + (bytes[3] & 0xff),
                1 + (bytes[4] & 0xff),
                1 << (bytes[0] & 7),
                bytes[1] & 7,
                bytes[2] & 1,
                Arrays.copyOfRange(bytes, 5, bytes.length));
        FILE.read(png);
    }
}
