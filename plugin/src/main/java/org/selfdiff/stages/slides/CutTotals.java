package org.selfdiff.stages.slides;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;

/** Counts what was cut, decides about failures, and shows the progress of all slides that are cut at once. */
final class CutTotals implements Workers.Receiver<CutSlide> {
    /** Tiles whose pixels differ in size by more than this factor are no longer alike. */
    private static final double MIXED = 1.2;

    private final CutTiles.Request request;

    private final CutTiles.Receiver receiver;

    private final RunControl control;

    /** Of each slide, how much of the work on it is done, 0 to 1. */
    private final double[] shares;

    /** Sum of the shares: there may be very many slides, and each tells its progress often. */
    private double sum;

    private final Pace pace;

    private int done;

    private int failed;

    /** Slides that can be used, and of which there is something to say. */
    private int noted;

    private String example = "";

    private long tiles;

    /** Micrometres per pixel of the tiles of all slides that say them. */
    private final DoubleSummaryStatistics mpp = new DoubleSummaryStatistics();

    CutTotals(
            final CutTiles.Request request,
            final int slides,
            final CutTiles.Receiver receiver,
            final RunControl control) {
        this.request = request;
        this.receiver = receiver;
        this.control = control;
        shares = new double[slides];
        pace = new Pace("slides", 0, slides);
    }

    @Override
    public void accept(final int index, final CutSlide slide) throws RunFailed, RunCancelled {
        if (slide.failure().isPresent()) {
            final RunFailed failure = slide.failure().get();
            if (request.onFailure() == CutTiles.OnFailure.FAIL) {
                throw failure;
            }
            failed++;
            control.warn(failure.getMessage());
        }
        final String note = slide.report().note();
        if (slide.failure().isEmpty() && !note.isEmpty() && !note.equals(SlideCutter.NO_TILE)) {
            noted++;
            example = example.isEmpty() ? slide.report().image().getFileName() + ": " + note : example;
        }
        tiles += slide.tiles().size();
        slide.report().slide().map(SlideReport.File::tileMpp).filter(v -> v > 0).ifPresent(mpp::accept);
        receiver.accept(slide.report(), slide.tiles());
        synchronized (this) {
            done++;
            if (slide.noted()) {
                pace.takenOver(1);
            }
        }
        show(index, 1);
    }

    /** The progress of one slide, as a part of the whole. */
    RunControl shareOf(final int index, final RunControl ofWorkers) {
        return new RunControl() {
            @Override
            public boolean isCancelled() {
                return ofWorkers.isCancelled();
            }

            @Override
            public void progress(final double fraction, final String message) {
                show(index, Math.max(0, Math.min(1, fraction)));
            }

            @Override
            public void warn(final String message) {
                control.warn(message);
            }
        };
    }

    private synchronized void show(final int index, final double share) {
        if (share > shares[index]) {
            sum += share - shares[index];
            shares[index] = share;
        }
        final double all = done == shares.length ? 1 : Math.min(1, sum / shares.length); // sums are rounded
        control.progress(all, pace.line(done, all));
    }

    CutTiles.Result result(final List<String> classes) {
        if (failed == shares.length) {
            control.warn("None of the " + failed + " slides could be used; the report says why for each.");
        }
        if (noted > 0) {
            control.warn("The report has notes on " + noted + " of " + shares.length
                    + (shares.length == 1 ? " slide: " : " slides, such as on ") + example + ".");
        }
        if (mpp.getCount() > 0 && mpp.getMax() > MIXED * mpp.getMin()) {
            control.warn(String.format(
                    Locale.ROOT,
                    "The tiles have %.3f to %.3f micrometres a pixel. Ask for one resolution, so that things are as large"
                            + " on every slide.",
                    mpp.getMin(),
                    mpp.getMax()));
        }
        return new CutTiles.Result(shares.length, failed, tiles, classes);
    }
}
