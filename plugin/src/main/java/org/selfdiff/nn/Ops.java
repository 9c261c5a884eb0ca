package org.selfdiff.nn;

/**
 * The operators of which networks are written, without saying what computes them. A network is described once against
 * this interface; a backend turns the description into sizes ({@link ShapeOps}), into a script that LibTorch runs
 * ({@link ScriptOps}) or, in tests, into eager calls.
 *
 * <p>Pictures are (batch, channels, height, width), tokens (batch, tokens, width), vectors (batch, width).
 *
 * @param <T> what stands for a tensor
 */
public interface Ops<T> {

    /**
     * A trained tensor. The order of first calls is the order of a network's parameter list.
     *
     * @param name dotted name, unique in the network
     * @param initial what it holds before training
     * @param shape its sizes
     */
    T parameter(String name, Initial initial, long... shape);

    /** Convolution of a picture; {@code weight} is (out, in, k, k), {@code bias} (out) or {@code null} for none. */
    T conv(T x, T weight, T bias, int stride, int padding);

    /** Transposed convolution of a picture; {@code weight} is (in, out, k, k), {@code bias} (out). */
    T convTransposed(T x, T weight, T bias, int stride, int padding);

    /** Group normalisation (Wu and He, arXiv 1803.08494) with epsilon 1e-5, then scale and shift per channel. */
    T groupNorm(T x, T scale, T shift, int groups);

    /** {@code x * sigmoid(x)}. */
    T silu(T x);

    /** {@code x * Phi(x)} with the exact normal distribution function. */
    T gelu(T x);

    /** {@code x * weight^T + bias} over the last dimension; {@code bias} may be {@code null}. */
    T linear(T x, T weight, T bias);

    /** Sum of two tensors of one shape. */
    T add(T a, T b);

    /** Adds a vector (batch, channels) to every place of a picture. */
    T addPerChannel(T picture, T vector);

    /** Joins two pictures by channel, {@code a} first. */
    T concat(T a, T b);

    /** A picture as tokens, one per place in reading order. */
    T tokens(T picture);

    /** Tokens as a picture of the height and width of {@code like}. */
    T picture(T tokens, T like);

    /** A convolution weight (out, in, 1, 1) as a linear weight (out, in). */
    T asLinear(T weight);

    /** The {@code index}-th of {@code parts} equal pieces of the last dimension. */
    T piece(T x, int index, int parts);

    /**
     * Softmax attention of tokens, {@code softmax(q k^T / sqrt(d)) v} per head, where d is the width of a head. Keys
     * and values may come from another sequence than the queries.
     */
    T attention(T query, T key, T value, int heads);

    /**
     * Linear attention on a picture that holds queries, keys and values one after the other in its channels: queries
     * softmax over the head's width and divided by its square root, keys softmax over places, and
     * {@code (sum_n v_n k_n^T) q}.
     *
     * @param qkv (batch, 3 * heads * d, height, width)
     * @param heads number of heads
     * @return (batch, heads * d, height, width)
     */
    T linearAttention(T qkv, int heads);

    /**
     * Sinusoidal embedding of a number per picture: sines of {@code t * exp(-i ln(10000) / (width/2 - 1))} for i = 0 ..
     * width/2 - 1, then the cosines.
     *
     * @param t (batch)
     * @param width even, at least 4
     */
    T timeEmbedding(T t, int width);
}
