package org.selfdiff.stages.encoders;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.PictureCache;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.model.ModelInput;
import org.selfdiff.run.Pace;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.run.Workers;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.Setting;
import org.selfdiff.stages.compute.TileFingerprint;
import org.selfdiff.stages.slides.CutTiles;
import org.selfdiff.train.Precision;

/**
 * Turns tiles into vectors: tiles are read ahead on all processors, brought to the encoder's side, normalised as its card
 * says, and embedded in the order of the table: by the CPU one by one, so that no number depends on which others are there,
 * by a GPU as many together as is said.
 */
public final class EmbedTiles {
    private static final String STAGE = "EmbedTiles";

    private static final int MOST_AT_ONCE = 4096;

    /** Scales that differ by more are worth a warning. */
    private static final double SCALE_TOLERANCE = 0.1;

    private EmbedTiles() {}

    /**
     * What is asked for.
     *
     * @param encoder file of the encoder
     * @param tiles in the order of the results, of any size
     * @param pooling what becomes of the encoder's tokens
     * @param batchSize tiles that a GPU computes at once, 1 to 4096
     * @param onFailure what happens when a tile cannot be read
     * @param device where it runs
     * @param parts folder in which embeddings are kept until all are made, so that a run that was stopped or killed goes
     *     on; empty for none
     * @param attention pictures of attention that are wanted; empty for none
     */
    public record Request(
            Path encoder,
            List<Tile> tiles,
            Pooling pooling,
            int batchSize,
            CutTiles.OnFailure onFailure,
            DeviceChoice device,
            Optional<Path> parts,
            Optional<AttentionMaps> attention) {

        /** Copies the list. */
        public Request {
            tiles = List.copyOf(tiles);
        }
    }

    /** Takes embeddings one by one in the order of the tiles. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes the next embedding.
         *
         * @param index of the tile, from 0
         * @param embedding its numbers; empty where the tile cannot be read
         */
        void accept(int index, Optional<float[]> embedding) throws RunFailed, RunCancelled;
    }

    /**
     * What came of it, apart from the embeddings.
     *
     * @param device the device used and why
     * @param tiles number of tiles that were embedded
     */
    public record Result(String device, int tiles) {}

    /** Called before the first embedding, as soon as it is known who makes them. */
    @FunctionalInterface
    public interface Beginning {
        /** Begins. */
        Receiver with(EncodedBy encodedBy) throws RunFailed, RunCancelled;
    }

    /**
     * Runs the stage.
     *
     * @throws RunFailed when a setting, the encoder or the device does not do, when tiles do not fit the encoder, when no
     *     tile can be read, or one cannot and that is to end the run
     * @throws RunCancelled when the user stops it
     */
    public static Result run(final Request request, final Beginning beginning, final RunControl control)
            throws RunFailed, RunCancelled {
        Setting.check("setting \"batch size\"", request.batchSize, 1, MOST_AT_ONCE);
        final Encoder encoder = Encoder.open(request.encoder, request.pooling);
        if (request.attention.isPresent()) {
            Encoder.requireAttention(encoder.model().card());
        }
        warnOfForm(request.tiles, encoder.input(), control);
        final Receiver receiver = beginning.with(encoder.encodedBy());
        try (ComputeSession session = ComputeSession.open(request.device, Precision.FP32, STAGE, control);
                EncoderOnDevice device =
                        EncoderOnDevice.open(encoder, session, session.device().isCpu() ? 1 : request.batchSize);
                PictureCache cache = PictureCache.standard();
                Workers workers = Workers.all()) {
            final Passage passage = new Passage(request, encoder, device, receiver, control);
            if (request.parts.isEmpty()) {
                passage.go(Optional.empty(), cache, workers);
            } else {
                final List<String> identity = List.of(
                        encoder.encodedBy().fingerprint(),
                        TileFingerprint.of(request.tiles, false, control),
                        session.device() + ", " + device.atOnce() + " at once",
                        request.attention.toString());
                try (EmbeddingParts parts = EmbeddingParts.open(
                        request.parts.get(), identity, encoder.encodedBy().width(), device.atOnce())) {
                    passage.go(Optional.of(parts), cache, workers);
                    parts.delete();
                }
            }
            return new Result(session.description(), passage.embedded);
        }
    }

    private static void warnOfForm(final List<Tile> tiles, final ModelInput.Pixels input, final RunControl control) {
        tiles.stream()
                .filter(tile -> tile.width() != tile.height())
                .findFirst()
                .ifPresent(tile -> control.warn("Tiles of " + tile.width() + " x " + tile.height()
                        + " pixels are squeezed to the square that the encoder takes. Cut square tiles."));
        tiles.stream()
                .filter(tile -> Math.abs(tile.area().mpp() / input.mpp() - 1) > SCALE_TOLERANCE)
                .findFirst()
                .ifPresent(tile -> control.warn(String.format(
                        Locale.ROOT,
                        "%s has %.3f micrometres a pixel, the encoder was trained at %.3f.",
                        tile.image(),
                        tile.area().mpp(),
                        input.mpp())));
    }

    /** A tile as it was read. */
    private record Seen(Optional<Picture> picture, EmbeddingParts.Kind kind, Optional<RunFailed> failure) {}

    /** Tiles on their way from the files to the receiver. */
    private static final class Passage {
        private final Request request;

        private final Encoder encoder;

        private final EncoderOnDevice device;

        private final Receiver receiver;

        private final RunControl control;

        private Pace pace;

        private Optional<EmbeddingParts> parts = Optional.empty();

        /** Tiles that wait until there are enough for the device; those that cannot be read stand among them. */
        private final List<Seen> waiting = new ArrayList<>();

        private int done;

        private int embedded;

        private int colour;

        /** The first that cannot be read. */
        private RunFailed unreadable;

        private Passage(
                final Request request,
                final Encoder encoder,
                final EncoderOnDevice device,
                final Receiver receiver,
                final RunControl control) {
            this.request = request;
            this.encoder = encoder;
            this.device = device;
            this.receiver = receiver;
            this.control = control;
        }

        /** Hands on what was made before, and makes the rest. */
        private void go(final Optional<EmbeddingParts> kept, final PictureCache cache, final Workers workers)
                throws RunFailed, RunCancelled {
            final int before = kept.map(EmbeddingParts::count).orElse(0);
            for (int i = 0; i < before; i++) {
                control.checkCancelled();
                final EmbeddingParts.Part part = kept.orElseThrow().read(i);
                if (part.embedding().isEmpty()) {
                    control.warn("Row " + (i + 1) + ", " + request.tiles.get(i).place()
                            + ", could not be read before this run was interrupted.");
                }
                give(part);
            }
            parts = kept;
            pace = new Pace("tiles", before, request.tiles.size());
            workers.inOrder(
                    request.tiles.size() - before,
                    (i, c) -> read(before + i, cache, c),
                    (i, seen) -> take(seen),
                    control);
            finish();
        }

        private void give(final EmbeddingParts.Part part) throws RunFailed, RunCancelled {
            colour += part.kind() == EmbeddingParts.Kind.COLOUR ? 1 : 0;
            embedded += part.embedding().isPresent() ? 1 : 0;
            receiver.accept(done++, part.embedding());
        }

        private Seen read(final int index, final PictureCache cache, final RunControl c)
                throws RunFailed, RunCancelled {
            final Tile tile = request.tiles.get(index);
            final Picture picture;
            try {
                picture = cache.pixels(tile, c.part(0, 0));
            } catch (final RunFailed e) {
                if (request.onFailure == CutTiles.OnFailure.FAIL) {
                    throw e;
                }
                return new Seen(Optional.empty(), EmbeddingParts.Kind.UNREADABLE, Optional.of(e));
            }
            final boolean grey = isGrey(picture);
            if (!grey && encoder.input().channels() == 1) {
                throw new RunFailed(
                        "The tile is in colour, the encoder takes grey pictures",
                        "row " + (index + 1) + ", " + tile.place(),
                        "Use an encoder for colour pictures, or convert the pictures to grey.");
            }
            final EmbeddingParts.Kind kind = grey ? EmbeddingParts.Kind.GREY : EmbeddingParts.Kind.COLOUR;
            return new Seen(Optional.of(picture), kind, Optional.empty());
        }

        private void take(final Seen seen) throws RunFailed, RunCancelled {
            waiting.add(seen);
            if (waiting.size() >= device.atOnce()) {
                flush();
            }
        }

        private void flush() throws RunFailed, RunCancelled {
            final List<Picture> pictures =
                    waiting.stream().flatMap(seen -> seen.picture().stream()).toList();
            final List<float[]> vectors = device.embed(pictures, control);
            final List<EmbeddingParts.Part> made = new ArrayList<>();
            int next = 0;
            for (final Seen seen : waiting) {
                if (seen.failure().isPresent()) {
                    control.warn(seen.failure().get().getMessage());
                    unreadable = unreadable == null ? seen.failure().get() : unreadable;
                }
                made.add(new EmbeddingParts.Part(
                        seen.kind(),
                        seen.picture().isPresent()
                                ? Optional.of(finite(vectors.get(next++), done + made.size() + 1))
                                : Optional.empty()));
            }
            drawAttention();
            for (final EmbeddingParts.Part part : made) {
                if (parts.isPresent()) {
                    parts.get().add(part);
                }
                give(part);
            }
            waiting.clear();
            control.progress((double) done / request.tiles.size(), pace.line(done));
        }

        private void drawAttention() throws RunFailed, RunCancelled {
            for (int i = 0; i < waiting.size() && request.attention.isPresent(); i++) {
                if (waiting.get(i).picture().isPresent()) {
                    final Picture picture = waiting.get(i).picture().get();
                    request.attention
                            .get()
                            .write(done + i, request.tiles.get(done + i), picture, device.attention(picture, control));
                }
            }
        }

        private float[] finite(final float[] vector, final int row) throws RunFailed {
            for (final float value : vector) {
                if (!Float.isFinite(value)) {
                    throw new RunFailed(
                            "The encoder gives " + value + " for a tile",
                            "row " + row + ", " + request.tiles.get(row - 1).place(),
                            "The encoder's weights are damaged, or meant for other pictures: read them anew.");
                }
            }
            return vector;
        }

        private void finish() throws RunFailed, RunCancelled {
            if (!waiting.isEmpty()) {
                flush();
            }
            if (embedded == 0 && unreadable != null) {
                throw unreadable;
            }
            if (embedded > 0 && colour == 0 && encoder.input().channels() > 1) {
                control.warn("All tiles are grey, and the encoder takes colour pictures: grey stands for all "
                        + encoder.input().channels() + " channels.");
            }
        }
    }

    private static boolean isGrey(final Picture picture) {
        final byte[] rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                return false;
            }
        }
        return true;
    }
}
