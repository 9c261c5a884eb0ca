package org.selfdiff.imaging.tissue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PictureSource;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.grid.AreaAverage;
import org.selfdiff.imaging.grid.ScaledReader;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.phantom.SlidePhantom;
import org.selfdiff.imaging.phantom.TextureBank;
import org.selfdiff.imaging.slide.Slides;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.Workers;

/** Overviews without ink: of phantoms, of real slides, and of real pictures as pieces of tissue on glass. */
final class CleanOverviews {
    static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

    private CleanOverviews() {}

    /** Phantoms of 8.2 mm by 6.1 mm, at 8 micrometres a pixel. */
    static Map<String, Picture> phantoms(final int count) throws Exception {
        final Map<String, Picture> out = new LinkedHashMap<>();
        try (Workers workers = new Workers(2)) {
            final TextureBank bank = TextureBank.draw(64, 2, 5, workers, RunControl.silent());
            for (int i = 0; i < count; i++) {
                final SlideForm.Stain stain = SlideForm.Stain.values()[i % 3];
                final SlidePhantom slide =
                        SlidePhantom.draw(new SlideForm(4096, 3072, 2, true, stain, Set.of()), 5, i, bank);
                out.put("phantom " + i + " " + stain, AreaAverage.shrink(slide.region(0, 0, 4096, 3072), 4));
            }
        }
        return out;
    }

    static Map<String, Picture> real() throws Exception {
        final Map<String, Picture> out = new LinkedHashMap<>();
        out.put("TCGA slide", slide("tcga-cr-7395-01a-01-ts1.svs"));
        out.put("CMU slide", slide("CMU-1-Small-Region.svs"));
        for (final String name : List.of("ihc.png", "histo.jpg")) {
            out.put(name, framed(List.of(read(DATA.resolve("pictures").resolve(name)))));
        }
        for (final String tissue : List.of("01_TUMOR", "02_STROMA", "04_LYMPHO", "05_DEBRIS", "06_MUCOSA")) {
            try (Stream<Path> files = Files.list(DATA.resolve("colorectal-textures/" + tissue))) {
                final List<Picture> tiles = new ArrayList<>();
                for (final Path file : files.sorted().toList()) {
                    tiles.add(read(file));
                }
                out.put(tissue, framed(tiles));
            }
        }
        return out;
    }

    private static Picture slide(final String name) throws Exception {
        try (PictureSource source = Slides.open(DATA.resolve("slides").resolve(name), DecodeLimits.standard())) {
            return new ScaledReader(source, 4).whole(RunControl.silent());
        }
    }

    static Picture read(final Path file) throws Exception {
        return Pictures.read(file, DecodeLimits.standard());
    }

    /** Pictures at half their size, mirrored at their borders, as a round piece of tissue on glass. */
    static Picture framed(final List<Picture> pictures) {
        final int w = 900;
        final int h = 700;
        final List<Picture> half =
                pictures.stream().map(p -> AreaAverage.shrink(p, 2)).toList();
        final SeededRandom random = new SeededRandom(17);
        final byte[] rgb = new byte[3 * w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                final Picture p = half.get((x / 150 + y / 150) % half.size());
                final double inside = Math.hypot((x - 450) / 330.0, (y - 350) / 260.0) - 1;
                for (int c = 0; c < 3; c++) {
                    final double glass = 241 - c + random.between(-1.5, 1.5);
                    final double tissue = p.sample(mirror(x, p.width()), mirror(y, p.height()), c);
                    final double share = Math.max(0, Math.min(1, 0.5 - 60 * inside));
                    rgb[3 * (y * w + x) + c] = (byte) Math.round(glass + share * (Math.min(tissue, glass) - glass));
                }
            }
        }
        return new Picture(w, h, rgb);
    }

    private static int mirror(final int i, final int n) {
        final int k = i % (2 * n);
        return k < n ? k : 2 * n - 1 - k;
    }
}
