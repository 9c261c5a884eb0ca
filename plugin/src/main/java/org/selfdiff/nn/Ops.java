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

    /**
     * A tensor that belongs to the network but is never trained, such as the running mean of a batch normalisation.
     *
     * @param name dotted name, unique in the network
     * @param initial what it holds in a fresh network
     * @param shape its sizes
     */
    T buffer(String name, Initial initial, long... shape);

    /** Convolution of a picture; {@code weight} is (out, in / groups, k, l), {@code bias} (out) or {@code null} for none. */
    T conv(T x, T weight, T bias, Window window);

    /** Convolution with the same stride and padding in both directions. */
    default T conv(final T x, final T weight, final T bias, final int stride, final int padding) {
        return conv(x, weight, bias, Window.square(stride, padding));
    }

    /** Transposed convolution of a picture; {@code weight} is (in, out, k, k), {@code bias} (out). */
    T convTransposed(T x, T weight, T bias, int stride, int padding);

    /** Adds zeros at the right and the bottom of a picture. */
    T padRightBottom(T picture, int right, int bottom);

    /** Largest value under a square window of {@code size}; what lies outside does not count. */
    T maxPool(T picture, int size, int stride, int padding);

    /** Mean under a square window of {@code size}; only what lies inside the picture counts. */
    T averagePool(T picture, int size, int stride, int padding);

    /** Brings a picture to a size. */
    T resize(T picture, long height, long width, Resize how);

    /** Brings a picture to the height and width of another. */
    T resizeLike(T picture, T like, Resize how);

    /** Twice the height and width, every pixel four times. */
    T doubled(T picture);

    /** Group normalisation (Wu and He, arXiv 1803.08494), then scale and shift per channel. */
    T groupNorm(T x, T scale, T shift, int groups, double epsilon);

    /** Group normalisation with epsilon 1e-5. */
    default T groupNorm(final T x, final T scale, final T shift, final int groups) {
        return groupNorm(x, scale, shift, groups, 1e-5);
    }

    /**
     * Normalisation over the last dimension (Ba et al., arXiv 1607.06450), then scale and shift, which may both be
     * {@code null}.
     */
    T layerNorm(T x, T scale, T shift, double epsilon);

    /** Batch normalisation of a picture by known means and variances (inference), then scale and shift. */
    T batchNorm(T x, T scale, T shift, T mean, T variance, double epsilon);

    /** {@code x / max(|x|, epsilon)} with the Euclidean norm over the last dimension. */
    T unitLength(T x, double epsilon);

    /** {@code max(x, 0)}. */
    T relu(T x);

    /** Hyperbolic tangent. */
    T tanh(T x);

    /** {@code 1 / (1 + exp(-x))}. */
    T sigmoid(T x);

    /** Softmax over a dimension. */
    T softmax(T x, int dimension);

    /** {@code x * sigmoid(x)}. */
    T silu(T x);

    /** {@code x * Phi(x)} with the exact normal distribution function. */
    T gelu(T x);

    /** {@code x * weight^T + bias} over the last dimension; {@code bias} may be {@code null}. */
    T linear(T x, T weight, T bias);

    /** Sum of two tensors; sizes of 1 are repeated, missing ones stand in front. */
    T add(T a, T b);

    /** Difference, sizes as in {@link #add}. */
    T sub(T a, T b);

    /** Product place by place, sizes as in {@link #add}. */
    T mul(T a, T b);

    /** Quotient place by place, sizes as in {@link #add}. */
    T div(T a, T b);

    /** Every value times a number. */
    T scale(T x, double factor);

    /** Every value plus a number. */
    T plus(T x, double number);

    /** Product of matrices in the last two dimensions; those before are equal or 1. */
    T matmul(T a, T b);

    /** Sum over a dimension, which is kept with size 1. */
    T sum(T x, int dimension);

    /** Mean over a dimension, which is kept with size 1. */
    T mean(T x, int dimension);

    /** Largest value over a dimension, which is kept with size 1. */
    T max(T x, int dimension);

    /** Number of the largest value of a dimension, which is kept with size 1; of equal ones the first. */
    T argMax(T x, int dimension);

    /** The values {@code from} to before {@code to} of a dimension; {@code to} of -1 is its end. */
    T slice(T x, int dimension, long from, long to);

    /** The first values of a dimension, as many as {@code like} has tokens. */
    T first(T x, int dimension, T like);

    /** The last values of a dimension, as many as {@code like} has tokens. */
    T last(T x, int dimension, T like);

    /** Adds tokens of zeros in front until their number is a multiple. */
    T padFront(T tokens, int multiple);

    /**
     * Adds tokens behind until there are as many as a square has cells.
     *
     * @param multiple of which the square's side is one, the least that does
     * @param again whether the first tokens are added again, else zeros
     */
    T square(T tokens, int multiple, boolean again);

    /** Tokens, as many as a square has cells, as a picture of that square. */
    T squarePicture(T tokens);

    /**
     * Cuts a square of tokens into squares, in reading order.
     *
     * @param tokens (batch, side * side, width)
     * @param perSide squares along a side, which divides it
     * @return (batch * perSide * perSide, tokens of a square, width)
     */
    T regions(T tokens, int perSide);

    /** Puts together what {@link #regions} cut. */
    T fromRegions(T regions, int perSide);

    /** Euclidean distances between the rows of each matrix: (batch, rows, width) gives (batch, rows, rows). */
    T distances(T x);

    /** Two dimensions exchanged. */
    T transpose(T x, int a, int b);

    /**
     * The same values in other sizes.
     *
     * @param sizes 0 keeps the size that stands at this place, -1 (once) is whatever is left
     */
    T reshape(T x, long... sizes);

    /** Repeats the first dimension, of size 1, as often as {@code like} has entries. */
    T repeatLike(T x, T like);

    /** Joins two tensors by a dimension, {@code a} first. */
    T join(T a, T b, int dimension);

    /** Rows of a table (rows, width) by their numbers (batch, tokens): (batch, tokens, width). */
    T lookup(T table, T index);

    /** Adds a vector (batch, channels) to every place of a picture. */
    T addPerChannel(T picture, T vector);

    /** Joins two pictures by channel, {@code a} first. */
    default T concat(final T a, final T b) {
        return join(a, b, 1);
    }

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
    default T attention(final T query, final T key, final T value, final int heads) {
        return attention(query, key, value, heads, null);
    }

    /**
     * Softmax attention with a number added to each product of query and key.
     *
     * @param bias (batch or 1, heads or 1, queries or 1, keys), minus infinity for a key that is not to be seen;
     *     {@code null} for none
     */
    T attention(T query, T key, T value, int heads, T bias);

    /** The weights of {@link #attention}: (batch, heads, queries, keys), each row sums to 1. */
    T attentionWeights(T query, T key, int heads, T bias);

    /** Means of the values by weights (batch, heads, queries, keys), heads side by side again. */
    T weighted(T weights, T value);

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
     * Sinusoidal embedding of a number per picture.
     *
     * @param t (batch)
     * @param width even
     * @param form order and frequencies
     */
    T timeEmbedding(T t, int width, Sinusoids form);

    /** The embedding of the "annotated diffusion model"; {@code width} is at least 4. */
    default T timeEmbedding(final T t, final int width) {
        return timeEmbedding(t, width, Sinusoids.ANNOTATED);
    }
}
