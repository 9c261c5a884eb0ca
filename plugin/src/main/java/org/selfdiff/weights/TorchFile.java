package org.selfdiff.weights;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.selfdiff.run.RunFailed;
import org.selfdiff.weights.pickle.PickleRefused;
import org.selfdiff.weights.pickle.Unpickler;

/**
 * A state dict as PyTorch 1.6 and newer saves it (.pth, .pt, .bin), read as data: nothing in it is ever executed. The
 * file is a zip of one pickle that names the tensors and one entry of numbers for each storage. Tensors of nested
 * dictionaries and lists are named by the way to them, for instance {@code teacher.backbone.norm.weight}; other values
 * are passed over. Whatever is not a tensor, a container, a number or a text is refused by its name.
 */
public final class TorchFile implements StateDict {
    private final Path file;

    private final TorchZip zip;

    private final Map<String, TorchTensor> views;

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();

    private TorchFile(final Path file, final TorchZip zip, final Map<String, TorchTensor> views) {
        this.file = file;
        this.zip = zip;
        this.views = views;
        views.forEach((name, view) ->
                tensors.put(name, new StoredTensor(name, view.storage().type(), view.shape())));
    }

    /**
     * Opens a file.
     *
     * @throws RunFailed when it cannot be read, is no state dict, or holds more than tensors
     */
    public static TorchFile open(final Path file) throws RunFailed {
        TorchZip zip = null;
        try {
            zip = TorchZip.open(file);
            final Map<String, TorchTensor> views =
                    TorchTree.tensors(Unpickler.read(zip.pickle(), new TorchVocabulary()));
            for (final TorchTensor view : views.values()) {
                zip.require(view.storage());
            }
            final TorchFile opened = new TorchFile(file, zip, views);
            zip = null;
            return opened;
        } catch (PickleRefused e) {
            throw e.isForeign()
                    ? new RunFailed(
                            "The file holds more than tensors: " + e.getMessage(),
                            file.toString(),
                            "Nothing in it was executed. Save the weights alone, in PyTorch by"
                                    + " torch.save(model.state_dict(), file), or as safetensors.",
                            e)
                    : damaged(file, e.getMessage(), e);
        } catch (IOException e) {
            throw damaged(file, String.valueOf(e.getMessage()), e);
        } finally {
            if (zip != null) {
                zip.close();
            }
        }
    }

    private static RunFailed damaged(final Path file, final String reason, final Exception cause) {
        return new RunFailed(
                "The file is not sound: " + reason,
                file.toString(),
                "Use the file as it was saved or downloaded, or make it again.",
                cause);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public Map<String, StoredTensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public void read(final String name, final FloatBuffer into) throws RunFailed {
        final StoredTensor t = require(name).requireFloating(file);
        final TorchTensor view = views.get(name);
        if (view.contiguous()) {
            Numbers.floats(t.type(), bytes(view, t.elements()), into);
            return;
        }
        final int n = t.length(file);
        final float[] all = new float[span(t, view)];
        Numbers.floats(t.type(), bytes(view, all.length), FloatBuffer.wrap(all));
        view.forEach(n, (index, place) -> into.put(all[place]));
    }

    @Override
    public double[] doubles(final String name) throws RunFailed {
        final StoredTensor t = require(name).requireFloating(file);
        final TorchTensor view = views.get(name);
        final int n = t.length(file);
        if (view.contiguous()) {
            return Numbers.doubles(t.type(), bytes(view, n), n);
        }
        final int span = span(t, view);
        final double[] all = Numbers.doubles(t.type(), bytes(view, span), span);
        final double[] out = new double[n];
        view.forEach(n, (index, place) -> out[index] = all[place]);
        return out;
    }

    @Override
    public long[] longs(final String name) throws RunFailed {
        final StoredTensor t = require(name).requireWhole(file);
        final TorchTensor view = views.get(name);
        final int n = t.length(file);
        if (view.contiguous()) {
            return Numbers.longs(t.type(), bytes(view, n), n);
        }
        final int span = span(t, view);
        final long[] all = Numbers.longs(t.type(), bytes(view, span), span);
        final long[] out = new long[n];
        view.forEach(n, (index, place) -> out[index] = all[place]);
        return out;
    }

    /** Length of the stretch of the storage that a tensor's elements lie in. */
    private int span(final StoredTensor t, final TorchTensor view) throws RunFailed {
        return new StoredTensor(t.name(), t.type(), new long[] {view.span()}).length(file);
    }

    private Numbers.Bytes bytes(final TorchTensor view, final long elements) {
        final int size = view.storage().type().bytes();
        return piece -> zip.scan(view.storage(), view.offset() * size, elements * size, piece);
    }

    @Override
    public void close() {
        zip.close();
    }
}
