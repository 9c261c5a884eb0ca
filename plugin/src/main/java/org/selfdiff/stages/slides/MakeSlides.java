package org.selfdiff.stages.slides;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.imaging.FolderSwap;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.imaging.annotation.GeoJsonWriter;
import org.selfdiff.imaging.annotation.Region;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.phantom.SlideForm.Artefact;
import org.selfdiff.imaging.phantom.SlidePhantom;
import org.selfdiff.imaging.phantom.TextureBank;
import org.selfdiff.imaging.phantom.TissueKind;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.imaging.tiff.write.SlideWriter;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.Setting;

/**
 * Makes a set of synthetic slides with exact annotations (see {@link SlidePhantom}). The folder appears when all is done:
 * {@code slides/}, {@code annotations/} (GeoJSON) and {@code slides.csv}. A slide depends on the seed, its number and whether
 * it has tumour, not on the number of threads.
 */
public final class MakeSlides {
    /** Label of a slide with tumour. */
    public static final String TUMOUR = "tumor";

    /** Label of a slide without. */
    public static final String NORMAL = "normal";

    private static final String MANIFEST = "slides.csv";

    private static final int MAX_COUNT = 1000;

    private static final int MIN_SIDE = 256;

    private static final int MAX_SIDE = 200_000;

    private static final long CHOOSE = 21;

    private static final long DISTURB = 22;

    private static final int MOST_OF_A_CASE = 100;

    private MakeSlides() {}

    /**
     * What to make.
     *
     * @param folder new, empty, or made by this stage before (then it is replaced)
     * @param count number of slides, 1 to 1000
     * @param width of level 0 in pixels, 256 to 200,000
     * @param height of level 0 in pixels, 256 to 200,000
     * @param mpp micrometres along the side of a pixel, 0.1 to 2
     * @param magnification that the slide says it was scanned at, 1 to 100
     * @param format form of the files
     * @param compression of the tiles
     * @param quality of JPEG tiles, 1 to 100
     * @param tumours which slides have tumour, and what it is like
     * @param slidesOfACase how many slides in a row are of one patient, 1 to 100
     * @param stain how all slides are stained
     * @param artefacts whether there are pen marks, glass edges, regions out of focus and dust
     * @param seed of the set
     */
    public record Request(
            Path folder,
            int count,
            int width,
            int height,
            double mpp,
            double magnification,
            SlideFormat format,
            BlockCompression compression,
            int quality,
            Tumours tumours,
            int slidesOfACase,
            SlideForm.Stain stain,
            boolean artefacts,
            long seed) {}

    /**
     * Tumour in a set of slides.
     *
     * @param share of the slides, or of the cases, that have tumour, 0 to 1; the nearest whole number of them
     * @param byCase whether all slides of a case are alike
     * @param foci how many and how large regions of tumour are; empty for large ones
     * @param contrast as in {@link SlideForm}
     */
    public record Tumours(double share, boolean byCase, Optional<SlideForm.Foci> foci, double contrast) {

        /** Large regions of the usual look in a share of the slides. */
        public static Tumours large(final double share) {
            return new Tumours(share, false, Optional.empty(), 1);
        }
    }

    /**
     * One slide.
     *
     * @param image the slide
     * @param annotation GeoJSON of its regions
     * @param label {@link #TUMOUR} or {@link #NORMAL}
     * @param group the case that it belongs to: slides in a row are one case
     */
    public record Made(Path image, Path annotation, String label, String group) {}

    /**
     * What was made.
     *
     * @param slides in order
     */
    public record Result(List<Made> slides) {}

    /**
     * Makes the set.
     *
     * @throws RunFailed if a setting is out of range, the folder is somebody else's, or it cannot be written
     * @throws RunCancelled when cancelled; the folder is as it was before
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        return run(request, Runtime.getRuntime().availableProcessors(), control);
    }

    /** As {@link #run(Request, RunControl)}, in a number of threads. */
    static Result run(final Request request, final int threads, final RunControl control)
            throws RunFailed, RunCancelled {
        Setting.check("number of slides", request.count, 1, MAX_COUNT);
        Setting.check("width", request.width, MIN_SIDE, MAX_SIDE);
        Setting.check("height", request.height, MIN_SIDE, MAX_SIDE);
        Setting.check("micrometres per pixel", request.mpp, 0.1, 2);
        Setting.check("magnification", request.magnification, 1, 100);
        Setting.check("JPEG quality", request.quality, 1, 100);
        Setting.check("share with tumour", request.tumours.share, 0, 1);
        Setting.check("contrast of tumour", request.tumours.contrast, 0, 8);
        Setting.check("slides of a case", request.slidesOfACase, 1, MOST_OF_A_CASE);
        final Set<String> known = Set.of(MANIFEST, "slides", "annotations");
        try (FolderSwap folder = FolderSwap.begin(request.folder, MANIFEST, known);
                Workers workers = new Workers(threads)) {
            control.progress(0, "drawing textures");
            final int cell = TextureBank.cellFor(request.width, request.height);
            final TextureBank bank = TextureBank.draw(cell, request.mpp, request.seed, workers, control);
            final List<Made> made = writeAll(request, bank, folder.workspace(), workers, control);
            folder.commit();
            return new Result(made);
        }
    }

    private static List<Made> writeAll(
            final Request request,
            final TextureBank bank,
            final Path workspace,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final boolean[] tumour = tumour(request);
        final Pace pace = new Pace("slides", 0, request.count);
        final List<Made> made = new ArrayList<>();
        final StringBuilder manifest = new StringBuilder("file,annotation,label,group,width,height,mpp,tissue\n");
        for (int index = 0; index < request.count; index++) {
            final SlideForm form = new SlideForm(
                    request.width,
                    request.height,
                    request.mpp,
                    tumour[index],
                    request.stain,
                    artefacts(request, index),
                    request.tumours.foci,
                    request.tumours.contrast);
            final SlidePhantom phantom = SlidePhantom.draw(form, request.seed, index, bank);
            final String line = pace.line(index);
            final RunControl part = control.part((double) index / request.count, (index + 1.0) / request.count);
            made.add(write(request, phantom, index, workspace, workers, renamed(part, line)));
            manifest.append(line(request, phantom, made.get(index))).append('\n');
        }
        AtomicFile.write(workspace.resolve(MANIFEST), manifest.toString().getBytes(StandardCharsets.UTF_8));
        return List.copyOf(made);
    }

    /** Shows how many slides are done before what is going on in the present one. */
    private static RunControl renamed(final RunControl control, final String line) {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return control.isCancelled();
            }

            @Override
            public void progress(final double fraction, final String message) {
                control.progress(fraction, line + "; " + message);
            }

            @Override
            public void warn(final String message) {
                control.warn(message);
            }
        };
    }

    private static boolean[] tumour(final Request request) {
        final int together = request.tumours.byCase ? request.slidesOfACase : 1;
        final int units = (request.count + together - 1) / together;
        final boolean[] chosen = new boolean[units];
        final int[] order = new SeededRandom(request.seed, CHOOSE).permutation(units);
        for (int i = 0; i < Math.round(request.tumours.share * units); i++) {
            chosen[order[i]] = true;
        }
        final boolean[] tumour = new boolean[request.count];
        for (int i = 0; i < request.count; i++) {
            tumour[i] = chosen[i / together];
        }
        return tumour;
    }

    /** Every slide has dust, and most have some of the others. */
    private static Set<Artefact> artefacts(final Request request, final int index) {
        final EnumSet<Artefact> artefacts = EnumSet.noneOf(Artefact.class);
        if (request.artefacts) {
            final SeededRandom random = new SeededRandom(request.seed, index, DISTURB);
            artefacts.add(Artefact.DUST);
            for (final Artefact other : List.of(Artefact.PEN, Artefact.EDGE, Artefact.FOCUS)) {
                if (random.chance(0.6)) {
                    artefacts.add(other);
                }
            }
        }
        return artefacts;
    }

    private static Made write(
            final Request request,
            final SlidePhantom phantom,
            final int index,
            final Path workspace,
            final Workers workers,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final String stem = String.format(Locale.ROOT, "slide-%04d", index + 1);
        final Path image = Path.of("slides", stem + request.format.ending());
        final Path annotation = Path.of("annotations", stem + ".geojson");
        SlideWriter.write(
                workspace.resolve(image),
                new SlideWriter.Slide(
                        request.width,
                        request.height,
                        request.mpp,
                        request.magnification,
                        request.format,
                        request.compression,
                        request.quality),
                (x, y, w, h) -> phantom.region(x, y, w, h).rgb(),
                workers,
                control);
        AtomicFile.write(
                workspace.resolve(annotation), GeoJsonWriter.bytes(phantom.annotations(), TissueKind.colours()));
        final Path folder = request.folder.toAbsolutePath().normalize();
        return new Made(
                folder.resolve(image),
                folder.resolve(annotation),
                phantom.form().tumour() ? TUMOUR : NORMAL,
                String.format(Locale.ROOT, "case-%04d", index / request.slidesOfACase + 1));
    }

    private static String line(final Request request, final SlidePhantom phantom, final Made made) {
        final double tissue =
                phantom.tissue().stream().mapToDouble(Region::area).sum();
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%d,%d,%s,%.4f",
                made.image.getFileName(),
                made.annotation.getFileName(),
                made.label,
                made.group,
                request.width,
                request.height,
                request.mpp,
                tissue / ((double) request.width * request.height));
    }
}
