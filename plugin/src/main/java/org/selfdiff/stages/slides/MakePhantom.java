package org.selfdiff.stages.slides;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.selfdiff.imaging.FolderSwap;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.phantom.NucleusType;
import org.selfdiff.imaging.phantom.Phantom;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.Setting;

/**
 * Makes a set of synthetic pictures in the manner of hematoxylin and eosin with exact masks (see {@link Phantom}). The
 * folder appears when all is done: {@code images/}, {@code masks/} (0 background, 1 nucleus), on request {@code types/}
 * (0 background, 1 lymphocyte, 2 fibroblast, 3 epithelial), and {@code phantom.csv}. A picture depends on the seed and
 * its number alone, neither on how many there are nor on the number of threads.
 */
public final class MakePhantom {
    private static final String MANIFEST = "phantom.csv";

    private static final int MAX_COUNT = 100_000;

    private static final int MAX_SIDE = 4096;

    private MakePhantom() {}

    /**
     * What to make.
     *
     * @param folder new, empty, or made by this stage before (then it is replaced)
     * @param count number of pictures, 1 to 100,000
     * @param width in pixels, 16 to 4096
     * @param height in pixels, 16 to 4096
     * @param mpp micrometres along the side of a pixel, 0.1 to 2
     * @param seed of the set
     * @param typeMaps whether maps of the kinds of nuclei are written
     */
    public record Request(Path folder, int count, int width, int height, double mpp, long seed, boolean typeMaps) {}

    /**
     * One picture.
     *
     * @param image PNG, 8-bit RGB
     * @param mask PNG, 8-bit grey, 0 or 1
     * @param types PNG, 8-bit grey, 0 to 3
     * @param scene what it mainly shows: glands, stroma, inflamed or sheet
     * @param counts nuclei by kind
     */
    public record Made(Path image, Path mask, Optional<Path> types, String scene, Map<NucleusType, Integer> counts) {}

    /**
     * What was made.
     *
     * @param pictures in order
     */
    public record Result(List<Made> pictures) {}

    private record Drawn(Made made, String line) {}

    /**
     * Makes the set.
     *
     * @throws RunFailed if a setting is out of range, the folder is somebody else's, or it cannot be written
     * @throws RunCancelled when cancelled; the folder is as it was before
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        Setting.check("number of pictures", request.count, 1, MAX_COUNT);
        Setting.check("width", request.width, 16, MAX_SIDE);
        Setting.check("height", request.height, 16, MAX_SIDE);
        Setting.check("micrometres per pixel", request.mpp, 0.1, 2);
        final int threads = Math.min(request.count, Runtime.getRuntime().availableProcessors());
        // the workers are closed first: no thread writes any more when the folder is moved or removed
        try (FolderSwap folder =
                        FolderSwap.begin(request.folder, MANIFEST, Set.of(MANIFEST, "images", "masks", "types"));
                Workers workers = new Workers(threads)) {
            final List<Made> made = drawAll(request, folder.workspace(), workers, control);
            folder.commit();
            return new Result(made);
        }
    }

    private static List<Made> drawAll(
            final Request request, final Path workspace, final Workers workers, final RunControl control)
            throws RunFailed, RunCancelled {
        final Pace pace = new Pace("pictures", 0, request.count);
        final List<Made> made = new ArrayList<>();
        final StringBuilder manifest = new StringBuilder(
                "file,width,height,mpp,scene,nuclei,lymphocytes,fibroblasts,epithelial,hematoxylin,eosin,white,blur\n");
        workers.inOrder(
                request.count,
                (index, c) -> draw(request, workspace, index, c),
                (index, drawn) -> {
                    made.add(drawn.made);
                    manifest.append(drawn.line).append('\n');
                    control.progress((double) made.size() / request.count, pace.line(made.size()));
                },
                control);
        AtomicFile.write(workspace.resolve(MANIFEST), manifest.toString().getBytes(StandardCharsets.UTF_8));
        return List.copyOf(made);
    }

    private static Drawn draw(final Request request, final Path workspace, final int index, final RunControl control)
            throws RunFailed, RunCancelled {
        final Phantom phantom = Phantom.draw(request.width, request.height, request.mpp, request.seed, index, control);
        final String name = String.format(Locale.ROOT, "phantom-%05d.png", index + 1);
        AtomicFile.write(workspace.resolve("images").resolve(name), PngEncoder.picture(phantom.picture()));
        AtomicFile.write(
                workspace.resolve("masks").resolve(name),
                PngEncoder.labels(phantom.nuclei().foreground()));
        if (request.typeMaps) {
            AtomicFile.write(workspace.resolve("types").resolve(name), PngEncoder.labels(phantom.types()));
        }
        final Path folder = request.folder.toAbsolutePath().normalize();
        final Made made = new Made(
                folder.resolve("images").resolve(name),
                folder.resolve("masks").resolve(name),
                request.typeMaps ? Optional.of(folder.resolve("types").resolve(name)) : Optional.empty(),
                phantom.scene(),
                phantom.counts());
        return new Drawn(made, line(request, name, phantom));
    }

    private static String line(final Request request, final String name, final Phantom phantom) {
        final Map<NucleusType, Integer> n = phantom.counts();
        return String.format(
                Locale.ROOT,
                "%s,%d,%d,%s,%s,%d,%d,%d,%d,%s,%s,%s,%.2f",
                name,
                request.width,
                request.height,
                request.mpp,
                phantom.scene(),
                n.values().stream().mapToInt(Integer::intValue).sum(),
                n.get(NucleusType.LYMPHOCYTE),
                n.get(NucleusType.FIBROBLAST),
                n.get(NucleusType.EPITHELIAL),
                triple(phantom.staining().hematoxylin()),
                triple(phantom.staining().eosin()),
                triple(phantom.staining().white()),
                phantom.blur());
    }

    private static String triple(final double[] v) {
        return String.format(Locale.ROOT, "%.3f %.3f %.3f", v[0], v[1], v[2]);
    }
}
