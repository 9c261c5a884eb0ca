package org.selfdiff.fuzz.targets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.data.LabelFile;
import org.selfdiff.fuzz.Reader;
import org.selfdiff.fuzz.Scratch;
import org.selfdiff.fuzz.Target;
import org.selfdiff.fuzz.seed.Words;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.stain.StainFit;
import org.selfdiff.imaging.stain.StainMethod;
import org.selfdiff.imaging.stain.StainTransform;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.slides.JournalDoor;

/** Texts that tables, settings and folders hold: stains, colours of classes, notes of finished slides. */
public final class TextTargets {
    private static final Picture PICTURE =
            new Picture(2, 2, new byte[] {0, 1, 2, -1, -1, -1, 90, 40, 120, -56, -56, 10});

    /** As the tiler writes it. */
    private static final String NOTE =
            """
            {"group":"slide","format":"PNG","decoder":"x","sizes":[8,8,1,0],"scales":["NaN",20,1,"0.5"],\
            "tissue":["0.5","1.25"],"dropped":[0,0,0],"note":"","overview":"AQI=",\
            "tiles":[[0,0,8,8,"NaN","NaN"]],"whole":true}""";

    private static final String SLIDES =
            """
            slide,label,patient
            "a, 1.svs",Tumor,"p ""1\"""
            folder/b.svs,Normal,p2
            """;

    private static final Reader LABELS = Scratch.file("labels.csv", TextTargets::labels);

    private TextTargets() {}

    /** The targets. */
    public static List<Target> all() {
        return List.of(
                Target.of("stain-text", 20_000, TextTargets::stain, TextTargets::stains)
                        .with(Words.texts("NaN", "Infinity", "1e-300", ">", "MACENKO", "VAHADANE", "REINHARD")),
                Target.of(
                        "class-colours",
                        10_000,
                        input -> MaskCoding.colours(new String(input, StandardCharsets.UTF_8)),
                        () -> Map.of("three", "#000000, #ff0000,#00FF7f".getBytes(StandardCharsets.UTF_8))),
                Target.of(
                                "journal",
                                5_000,
                                TextTargets::note,
                                () -> Map.of("whole", NOTE.getBytes(StandardCharsets.UTF_8)))
                        .with(Words.texts("\"whole\":true", "\"tiles\":[[", "\"sizes\":[", "null", "1e999", "\"NaN\"")),
                Target.of("label-file", 5_000, LABELS, () -> Map.of("quoted", SLIDES.getBytes(StandardCharsets.UTF_8)))
                        .with(Words.texts("\"\"", "\",\"", ";", "\t", "\r\n", "patient", "\u00ef\u00bb\u00bf")));
    }

    private static Map<String, byte[]> stains() {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final StainMethod method : StainMethod.values()) {
            final StainFit fit = StainFit.standard(method);
            all.put(method.name(), new StainTransform(fit, fit).text().getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /** A transform that is accepted changes any picture, and is written as what is read again. */
    private static void stain(final byte[] input) throws RunFailed {
        final StainTransform read = StainTransform.parse(new String(input, StandardCharsets.UTF_8), "a cell");
        final Picture changed = read.apply(PICTURE);
        final StainTransform text = StainTransform.parse(read.text(), "a cell");
        final StainTransform json = StainTransform.parse(read.json(), "a card");
        if (!text.text().equals(read.text())
                || !json.text().equals(read.text())
                || !text.apply(PICTURE).equals(changed)) {
            throw new AssertionError("written and read, the transform is another: " + read.text());
        }
    }

    /** A note that cannot be read counts as absent, which is a refusal here. */
    private static void note(final byte[] input) throws RunFailed {
        if (!JournalDoor.read(new String(input, StandardCharsets.UTF_8))) {
            throw new RunFailed("The note counts as absent", "journal", "The slide is cut again.");
        }
    }

    /** Whoever is named in an accepted file is found under that name. */
    private static void labels(final Path file) throws RunFailed {
        final LabelFile read = LabelFile.read(file);
        read.slides().forEach((name, slide) -> {
            if (name.isBlank() || slide.label().isBlank()) {
                throw new AssertionError("a slide or label of nothing: " + slide);
            }
        });
    }
}
