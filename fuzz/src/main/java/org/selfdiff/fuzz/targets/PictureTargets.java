package org.selfdiff.fuzz.targets;

import java.util.List;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.JdkPictures;
import org.selfdiff.fuzz.seed.Tags;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.tiff.Masks;

/** JPEG, BMP, GIF and TIFF as pictures and as masks; any other bytes, too, since the content tells the format. */
public final class PictureTargets {
    private PictureTargets() {}

    /** The targets. */
    public static List<Target> all() {
        return List.of(
                target("jpeg", 4_000)
                        .with(Words.numbers(0xffc0, 0xffc1, 0xffc2, 0xffc4, 0xffd8, 0xffda, 0xffdb, 0xffdd, 0xffee)),
                target("gif", 3_000).with(Words.texts("GIF87a", "GIF89a", "\u0021\u00f9\4", ",")),
                target("bmp", 3_000),
                target("tiff", 2_000).with(Tags.words()));
    }

    private static Target target(final String format, final int executions) {
        return Target.of(
                format,
                executions,
                Scratch.file(
                        "any." + format,
                        Ways.all(
                                file -> Masks.read(file, MaskCoding.foreground(), Scratch.LIMITS),
                                file -> Pictures.read(file, Scratch.LIMITS))),
                () -> JdkPictures.all(format));
    }
}
