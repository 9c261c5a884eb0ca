package org.selfdiff.data;

import java.util.List;
import org.selfdiff.engine.Device;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Brings batches to a device and makes numbers of their bytes there, see {@link PixelScript}. */
public final class BatchUpload implements AutoCloseable {
    private final ScriptModule module;

    private BatchUpload(final ScriptModule module) {
        this.module = module;
    }

    /**
     * For batches of these settings.
     *
     * @param device where they go
     */
    public static BatchUpload open(final Device device, final BatchSettings settings) throws RunFailed {
        return new BatchUpload(ScriptModule.compile(device, PixelScript.methods(settings)));
    }

    /**
     * A batch as tensors of a scope: pixels (NCHW, FLOAT32, in the value range of the settings) and, where it has them,
     * labels (NHW, INT64).
     */
    public List<Tensor> tensors(final PixelBatch batch, final TensorScope scope) {
        try (TensorScope passing = scope.child()) {
            final Tensor bytes = passing.bytes(batch.pixels(), batch.pixelShape());
            final Tensor pixels = batch.colours().length == 0
                    ? call(scope, PixelScript.PIXELS, bytes)
                    : call(
                            scope,
                            PixelScript.CHANGED,
                            bytes,
                            passing.floats(batch.colours(), batch.count(), Augmentation.ColourChange.COLUMNS));
            if (batch.labels().length == 0) {
                return List.of(pixels);
            }
            return List.of(pixels, call(scope, PixelScript.LABELS, passing.bytes(batch.labels(), batch.labelShape())));
        }
    }

    private Tensor call(final TensorScope scope, final String method, final Object... arguments) {
        return module.call(scope, false, method, arguments).get(0);
    }

    @Override
    public void close() {
        module.close();
    }
}
