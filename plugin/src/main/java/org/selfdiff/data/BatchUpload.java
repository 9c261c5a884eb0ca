package org.selfdiff.data;

import java.util.List;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * Brings batches of some settings to the device of a scope, and makes numbers of their bytes there, see
 * {@link PixelScript}. Safe for several threads.
 */
public final class BatchUpload implements AutoCloseable {
    private final BatchSettings settings;

    private ScriptModule module;

    /** For batches of these settings. */
    public BatchUpload(final BatchSettings settings) {
        this.settings = settings;
    }

    /**
     * A batch as tensors of a scope: pixels (NCHW, FLOAT32, in the value range of the settings) and, where it has them,
     * labels (NHW, INT64).
     */
    public List<Tensor> tensors(final Batch batch, final TensorScope scope) throws RunFailed {
        final ScriptModule script = on(scope);
        try (TensorScope passing = scope.child()) {
            final Tensor bytes = passing.bytes(batch.pixels(), batch.pixelShape());
            final Tensor pixels;
            if (batch.colours().length == 0) {
                pixels = call(script, scope, PixelScript.PIXELS, bytes);
            } else {
                final Tensor colours =
                        passing.floats(batch.colours(), batch.count(), Augmentation.ColourChange.COLUMNS);
                pixels = call(script, scope, PixelScript.CHANGED, bytes, colours);
            }
            if (batch.labels().length == 0) {
                return List.of(pixels);
            }
            final Tensor labels = passing.bytes(batch.labels(), batch.labelShape());
            return List.of(pixels, call(script, scope, PixelScript.LABELS, labels));
        }
    }

    /** The script for the scope's device, compiled when it is first needed. */
    private synchronized ScriptModule on(final TensorScope scope) throws RunFailed {
        if (module != null && !module.device().equals(scope.device())) {
            close();
        }
        if (module == null) {
            module = ScriptModule.compile(scope.device(), PixelScript.methods(settings));
        }
        return module;
    }

    private static Tensor call(
            final ScriptModule script, final TensorScope scope, final String method, final Object... arguments) {
        return script.call(scope, false, method, arguments).get(0);
    }

    @Override
    public synchronized void close() {
        if (module != null) {
            module.close();
            module = null;
        }
    }
}
