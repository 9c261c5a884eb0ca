package org.selfdiff.stages.encoders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.data.Batch;
import org.selfdiff.imaging.Picture;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.ComputeSession;
import org.selfdiff.stages.compute.DeviceCalls;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/**
 * An encoder with its weights on a device. It always computes as many pictures at once, the first of them repeated where
 * there are fewer, so that what comes out does not depend on how many there are.
 */
public final class EncoderOnDevice implements AutoCloseable {
    private final Encoder encoder;

    private final ComputeSession session;

    private final ScriptModule module;

    private final List<Tensor> parameters = new ArrayList<>();

    private final Tensor mean;

    private final Tensor deviation;

    private final int atOnce;

    private EncoderOnDevice(final Encoder encoder, final ComputeSession session, final int atOnce) throws RunFailed {
        this.encoder = encoder;
        this.session = session;
        encoder.model()
                .each(
                        encoder.network(),
                        (parameter, weight) -> parameters.add(session.scope().floats(weight.values(), weight.shape())));
        mean = perChannel(encoder.input().mean());
        deviation = perChannel(encoder.input().deviation());
        this.atOnce = atOnce;
        module = session.compile(EncoderScript.methods(encoder, ComputeType.FLOAT32));
    }

    /**
     * Brings it there.
     *
     * @param atOnce pictures that are computed together, at least 1
     */
    public static EncoderOnDevice open(final Encoder encoder, final ComputeSession session, final int atOnce)
            throws RunFailed {
        return new EncoderOnDevice(encoder, session, atOnce);
    }

    private Tensor perChannel(final List<Double> numbers) {
        final int channels = encoder.input().channels();
        final float[] values = new float[channels];
        for (int c = 0; c < channels; c++) {
            values[c] = numbers.get(numbers.size() == 1 ? 0 : c).floatValue();
        }
        return session.scope().floats(values, 1, channels, 1, 1);
    }

    /** Pictures that are best given at once. */
    public int atOnce() {
        return atOnce;
    }

    /**
     * Embeds pictures of any size.
     *
     * @return the embeddings in their order
     */
    public List<float[]> embed(final List<Picture> pictures, final RunControl control) throws RunFailed, RunCancelled {
        final List<float[]> all = new ArrayList<>();
        for (int from = 0; from < pictures.size(); from += atOnce) {
            final List<Picture> some = pictures.subList(from, Math.min(pictures.size(), from + atOnce));
            all.addAll(DeviceCalls.call(session, "embedding", control, () -> batch(some)));
        }
        return all;
    }

    /**
     * What the class token attends to in the last block of a transformer.
     *
     * @return for each head a number for each patch, in reading order; with those of class token and registers, which are
     *     left out, they sum to 1
     */
    float[][] attention(final Picture picture, final RunControl control) throws RunFailed, RunCancelled {
        final int heads = encoder.transformer().orElseThrow().spec().heads();
        return DeviceCalls.call(session, "embedding", control, () -> {
            try (TensorScope scope = session.scope().child()) {
                final float[] values = module.call(
                                scope, false, EncoderScript.ATTENDED, prepared(picture, scope), parameters)
                        .get(0)
                        .toFloats();
                final int patches = values.length / heads;
                final float[][] all = new float[heads][];
                for (int h = 0; h < heads; h++) {
                    all[h] = Arrays.copyOfRange(values, h * patches, (h + 1) * patches);
                }
                return all;
            }
        });
    }

    private List<float[]> batch(final List<Picture> pictures) {
        try (TensorScope scope = session.scope().child()) {
            final List<Tensor> parts = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                parts.add(i < pictures.size() ? prepared(pictures.get(i), scope) : parts.get(0));
            }
            final Tensor x = atOnce == 1
                    ? parts.get(0)
                    : module.call(scope, false, EncoderScript.JOINED, parts).get(0);
            final float[] values = module.call(scope, false, PictureEmbedding.EMBED, x, parameters)
                    .get(0)
                    .toFloats();
            final int width = encoder.encodedBy().width();
            final List<float[]> rows = new ArrayList<>();
            for (int i = 0; i < pictures.size(); i++) {
                rows.add(Arrays.copyOfRange(values, i * width, (i + 1) * width));
            }
            return rows;
        }
    }

    private Tensor prepared(final Picture picture, final TensorScope scope) {
        final int channels = encoder.input().channels();
        final byte[] planes = new byte[Math.multiplyExact(channels, picture.width() * picture.height())];
        Batch.planes(picture, channels, planes, 0);
        try (TensorScope passing = scope.child()) {
            final Tensor bytes = passing.bytes(planes, 1, channels, picture.height(), picture.width());
            return module.call(scope, false, EncoderScript.PREPARED, bytes, mean, deviation)
                    .get(0);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
