package org.selfdiff.stages.diffusion;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.data.Batch;
import org.selfdiff.data.BatchUpload;
import org.selfdiff.data.Prefetch;
import org.selfdiff.data.Tile;
import org.selfdiff.data.TileBatches;
import org.selfdiff.imaging.SeededRandom;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Precision;

/** What a diffusion model is trained on: the pixels of tiles, or their latents. A batch is a function of the step. */
interface Examples extends AutoCloseable {
    /** Batches that are read before they are encoded. */
    int AHEAD = 4;

    /**
     * A batch on the Java side.
     *
     * @param pixels of the tiles; empty for latents
     * @param latents (batch, channels, height, width); empty for pixels
     * @param rows which tiles they are of
     */
    record Chosen(Optional<Batch> pixels, float[] latents, int[] rows) {}

    /** Number of examples. */
    int size();

    /** Channels of an example. */
    int channels();

    /** Height of an example. */
    int height();

    /** Width of an example. */
    int width();

    /** The batch of a step. */
    Chosen batch(long step, RunControl control) throws RunFailed, RunCancelled;

    /** A batch on the device, (batch, channels, height, width). */
    Tensor tensor(Chosen chosen, TensorScope scope) throws RunFailed;

    @Override
    void close();

    /**
     * Pixels, read and augmented when they are needed.
     *
     * @param tiles in the order of their rows
     * @param batches batches of them
     * @param upload makes numbers of their bytes; closed with the examples
     */
    static Examples pixels(
            final List<Tile> tiles, final TileBatches batches, final BatchUpload upload, final int channels) {
        final Map<Tile, Integer> rows = new IdentityHashMap<>();
        for (int i = 0; i < tiles.size(); i++) {
            rows.put(tiles.get(i), i);
        }
        return new Examples() {
            @Override
            public int size() {
                return batches.size();
            }

            @Override
            public int channels() {
                return channels;
            }

            @Override
            public int height() {
                return batches.height();
            }

            @Override
            public int width() {
                return batches.width();
            }

            @Override
            public Chosen batch(final long step, final RunControl control) throws RunFailed, RunCancelled {
                final Batch batch = batches.batch(step, control);
                return new Chosen(
                        Optional.of(batch),
                        new float[0],
                        batch.tiles().stream().mapToInt(rows::get).toArray());
            }

            @Override
            public Tensor tensor(final Chosen chosen, final TensorScope scope) throws RunFailed {
                return upload.tensors(chosen.pixels().orElseThrow(), scope).get(0);
            }

            @Override
            public void close() {
                upload.close();
            }
        };
    }

    /** Latents, computed once for all tiles and kept on disk. */
    static Examples latents(
            final PretrainDiffusion.Request request,
            final TileBatches batches,
            final LatentCoder coder,
            final BatchUpload upload,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final int channels = coder.latents().channels();
        final int height = batches.height() / coder.latents().factor();
        final int width = batches.width() / coder.latents().factor();
        final LatentStore store = LatentStore.create(batches.size(), channels * height * width);
        try {
            encode(request, batches, coder, upload, store, control);
        } catch (RunFailed | RunCancelled | RuntimeException e) {
            store.close();
            throw e;
        }
        return new LatentExamples(store, channels, height, width, request.plan().batchSize(), request.seed());
    }

    private static void encode(
            final PretrainDiffusion.Request request,
            final TileBatches batches,
            final LatentCoder coder,
            final BatchUpload upload,
            final LatentStore store,
            final RunControl control)
            throws RunFailed, RunCancelled {
        final Pace pace = new Pace("latents", 0, batches.size());
        final int together = request.plan().batchSize();
        final int rounds = (batches.size() + together - 1) / together;
        try (ComputeSession session = ComputeSession.open(request.device(), Precision.FP32, "encoding", control);
                ScriptModule module = session.compile(coder.methods(session.type()));
                Prefetch<Batch> ahead = new Prefetch<>(
                        (round, c) -> batches.inOrder(Math.toIntExact(round * together), together, c),
                        0,
                        rounds,
                        AHEAD,
                        Runtime.getRuntime().availableProcessors())) {
            final List<Tensor> parameters = DeviceCalls.upload(coder.weights(), session.scope());
            int done = 0;
            for (int round = 0; round < rounds; round++) {
                final double before = (double) done / batches.size();
                final Batch batch = ahead.next(control.part(before, before));
                final float[] values = DeviceCalls.call(session, "encoding", control, () -> {
                    try (TensorScope scope = session.scope().child()) {
                        return coder.encode(
                                module, scope, upload.tensors(batch, scope).get(0), parameters);
                    }
                });
                store.write(done, values);
                done += batch.count();
                control.progress((double) done / batches.size(), pace.line(done));
            }
        }
    }

    /**
     * Latents on disk, in a new order in each epoch.
     *
     * @param store the latents
     * @param channels of a latent
     * @param height of a latent
     * @param width of a latent
     * @param batchSize latents of a batch
     * @param seed of the order
     */
    record LatentExamples(LatentStore store, int channels, int height, int width, int batchSize, long seed)
            implements Examples {
        private static final long ORDER = 1;

        @Override
        public int size() {
            return store.count();
        }

        @Override
        public Chosen batch(final long step, final RunControl control) {
            final int size = channels * height * width;
            final float[] values = new float[batchSize * size];
            final int[] rows = new int[batchSize];
            long epoch = -1;
            int[] order = new int[0];
            for (int i = 0; i < batchSize; i++) {
                final long position = step * batchSize + i;
                if (position / store.count() != epoch) {
                    epoch = position / store.count();
                    order = new SeededRandom(seed, ORDER, epoch).permutation(store.count());
                }
                rows[i] = order[(int) (position % store.count())];
                store.read(rows[i], values, i * size);
            }
            return new Chosen(Optional.empty(), values, rows);
        }

        @Override
        public Tensor tensor(final Chosen chosen, final TensorScope scope) {
            return scope.floats(chosen.latents(), chosen.rows().length, channels, height, width);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
