package org.selfdiff.stages.slides;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.selfdiff.imaging.FolderSwap;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.imaging.phantom.ChestFinding;
import org.selfdiff.imaging.phantom.ChestFindings;
import org.selfdiff.imaging.phantom.ChestPhantom;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.Setting;

/**
 * Makes a set of synthetic chest radiographs with exact masks and labels (see {@link ChestPhantom}). The folder appears
 * when all is done: {@code images/}, {@code masks/} (0 elsewhere, 1 lung, 2 lung with an opacity) and {@code chest.csv}. A
 * picture depends on the seed, its patient and its number alone, neither on how many there are nor on the number of
 * threads.
 */
public final class MakeChestPhantom {
    private static final String MANIFEST = "chest.csv";

    private static final int MAX_COUNT = 100_000;

    private static final int MAX_SIDE = 2048;

    private MakeChestPhantom() {}

    /**
     * What to make.
     *
     * @param folder new, empty, or made by this stage before (then it is replaced)
     * @param count number of pictures, 1 to 100,000
     * @param picturesOfPatient pictures of one patient, 1 to 100; the last one may have fewer
     * @param side in pixels, 32 to 2048
     * @param findings that the patients have
     * @param sixteenBits whether pictures keep the detector's 4096 levels, in 16 bits; else 256 in 8 bits
     * @param seed of the set
     */
    public record Request(
            Path folder,
            int count,
            int picturesOfPatient,
            int side,
            ChestFindings findings,
            boolean sixteenBits,
            long seed) {}

    /**
     * One picture.
     *
     * @param image PNG, grey of 8 or 16 bits
     * @param mask PNG, 8-bit grey, 0 to 2
     * @param finding what it shows
     * @param patient name of the patient
     * @param lung pixels of lung, opacities included
     * @param opacity pixels of lung with an opacity
     */
    public record Made(Path image, Path mask, ChestFinding finding, String patient, int lung, int opacity) {}

    /**
     * What was made.
     *
     * @param pictures in order
     */
    public record Result(List<Made> pictures) {}

    /**
     * Makes the set.
     *
     * @throws RunFailed if a setting is out of range, the folder is somebody else's, or it cannot be written
     * @throws RunCancelled when cancelled; the folder is as it was before
     */
    public static Result run(final Request request, final RunControl control) throws RunFailed, RunCancelled {
        Setting.check("number of pictures", request.count, 1, MAX_COUNT);
        Setting.check("pictures of a patient", request.picturesOfPatient, 1, 100);
        Setting.check("size", request.side, ChestPhantom.SMALLEST, MAX_SIDE);
        Setting.check("share of patients with a finding", request.findings.prevalence(), 0, 1);
        Setting.check("strength of findings", request.findings.strength(), 0.1, 10);
        final int threads = Math.min(request.count, Runtime.getRuntime().availableProcessors());
        // the workers are closed first: no thread writes any more when the folder is moved or removed
        try (FolderSwap folder = FolderSwap.begin(request.folder, MANIFEST, Set.of(MANIFEST, "images", "masks"));
                Workers workers = new Workers(threads)) {
            final Pace pace = new Pace("pictures", 0, request.count);
            final List<Made> made = new ArrayList<>();
            final StringBuilder manifest = new StringBuilder("file,patient,finding,lung,opacity\n");
            workers.<Made>inOrder(
                    request.count,
                    (index, c) -> draw(request, folder.workspace(), index, c),
                    (index, drawn) -> {
                        made.add(drawn);
                        manifest.append(line(drawn)).append('\n');
                        control.progress((double) made.size() / request.count, pace.line(made.size()));
                    },
                    control);
            AtomicFile.write(
                    folder.workspace().resolve(MANIFEST), manifest.toString().getBytes(StandardCharsets.UTF_8));
            folder.commit();
            return new Result(List.copyOf(made));
        }
    }

    private static Made draw(final Request request, final Path workspace, final int index, final RunControl control)
            throws RunFailed, RunCancelled {
        final int patient = index / request.picturesOfPatient;
        final ChestPhantom phantom = ChestPhantom.draw(
                request.side, request.findings, request.seed, patient, index % request.picturesOfPatient, control);
        final String name = String.format(Locale.ROOT, "chest-%05d.png", index + 1);
        final int side = phantom.side();
        AtomicFile.write(
                workspace.resolve("images").resolve(name),
                request.sixteenBits
                        ? PngEncoder.grey(side, side, phantom.levels())
                        : PngEncoder.grey(side, side, phantom.bytes()));
        AtomicFile.write(workspace.resolve("masks").resolve(name), PngEncoder.labels(phantom.mask()));
        int lung = 0;
        int opacity = 0;
        for (final int label : phantom.mask().labels()) {
            lung += label > 0 ? 1 : 0;
            opacity += label > 1 ? 1 : 0;
        }
        final Path folder = request.folder.toAbsolutePath().normalize();
        return new Made(
                folder.resolve("images").resolve(name),
                folder.resolve("masks").resolve(name),
                phantom.finding(),
                String.format(Locale.ROOT, "patient-%05d", patient + 1),
                lung,
                opacity);
    }

    private static String line(final Made made) {
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%d,%d",
                made.image.getFileName(),
                made.patient,
                made.finding.label(),
                made.lung,
                made.opacity);
    }
}
