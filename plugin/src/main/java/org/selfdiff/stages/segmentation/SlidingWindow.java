package org.selfdiff.stages.segmentation;

import java.util.List;
import org.selfdiff.data.Tile;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.Picture;
import org.selfdiff.model.ModelInput;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.stages.compute.Planes;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Slides a network over a picture; beyond its borders the picture goes on as its reflection. */
final class SlidingWindow {
    private final ComputeSession session;

    private final ScriptModule module;

    private final List<Tensor> parameters;

    private final ModelInput.Pixels input;

    private final int classes;

    private final PredictSegmentation.Request request;

    /**
     * Creates a window.
     *
     * @param session where it computes
     * @param module the script
     * @param parameters of the network
     * @param input what the network was trained on
     * @param classes number of classes
     * @param request overlap, flips and batch size
     */
    SlidingWindow(
            final ComputeSession session,
            final ScriptModule module,
            final List<Tensor> parameters,
            final ModelInput.Pixels input,
            final int classes,
            final PredictSegmentation.Request request) {
        this.session = session;
        this.module = module;
        this.parameters = parameters;
        this.input = input;
        this.classes = classes;
        this.request = request;
    }

    /**
     * Segments a picture.
     *
     * @param index of the result
     * @param tile what the picture is of
     * @param line shown with the progress
     */
    PredictSegmentation.Prediction predict(
            final int index, final Tile tile, final Picture picture, final String line, final RunControl control)
            throws RunFailed, RunCancelled {
        final int side = input.side();
        final int stride = Math.max(1, (int) Math.round(side * (1 - request.overlap())));
        final int[] columns = WindowBlend.starts(picture.width(), side, stride);
        final int[] rows = WindowBlend.starts(picture.height(), side, stride);
        final WindowBlend blend = new WindowBlend(picture.width(), side, classes);
        final int[] labels = new int[picture.width() * picture.height()];
        final byte[] probability = new byte[labels.length];
        final WindowBlend.Rows finished = (pixel, label, foreground) -> {
            labels[pixel] = label;
            probability[pixel] = (byte) Math.round(255 * Math.max(0, Math.min(1, foreground)));
        };
        for (int row = 0; row < rows.length; row++) {
            blend.finish(rows[row], finished);
            for (int first = 0; first < columns.length; first += request.batchSize()) {
                control.progress((row + (double) first / columns.length) / rows.length, line);
                final int n = Math.min(request.batchSize(), columns.length - first);
                final float[] seen = probabilities(picture, columns, first, n, rows[row], control);
                for (int k = 0; k < n; k++) {
                    blend.add(columns[first + k], rows[row], seen, k);
                }
            }
        }
        blend.finish(picture.height(), finished);
        final LabelMap map = new LabelMap(picture.width(), picture.height(), labels);
        return new PredictSegmentation.Prediction(index, tile, picture, map, probability);
    }

    /** Probabilities (n, classes, side, side) of n windows of one row. */
    private float[] probabilities(
            final Picture picture,
            final int[] columns,
            final int first,
            final int n,
            final int y,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int side = input.side();
        final int channels = input.channels();
        final float[] pixels = new float[Math.multiplyExact(n * channels, side * side)];
        for (int k = 0; k < n; k++) {
            final Picture window = picture.region(columns[first + k], y, side, side);
            Planes.write(window, channels, input.low(0), input.high(0), pixels, k * channels * side * side);
        }
        final String method = request.flips() ? SegmentationScript.FLIPPED : SegmentationScript.PROBABILITIES;
        return DeviceCalls.call(session, "segmentation", control, () -> {
            try (TensorScope scope = session.scope().child()) {
                final Tensor x = scope.floats(pixels, n, channels, side, side);
                return module.call(scope, false, method, x, parameters).get(0).toFloats();
            }
        });
    }
}
