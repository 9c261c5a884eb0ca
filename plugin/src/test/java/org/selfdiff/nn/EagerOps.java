package org.selfdiff.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.Map;

/**
 * Slow backend that runs each operator at once through DJL, composed of its elementary operators where they exist: the
 * oracle for what the scripts compute. Works in the type of the parameters, 64 bits included.
 *
 * @param parameters values by name
 */
public record EagerOps(Map<String, NDArray> parameters) implements Ops<NDArray> {
    @Override
    public NDArray parameter(final String name, final Initial initial, final long... shape) {
        return parameters.get(name);
    }

    @Override
    public NDArray buffer(final String name, final Initial initial, final long... shape) {
        return parameters.get(name);
    }

    @Override
    public NDArray conv(final NDArray x, final NDArray weight, final NDArray bias, final Window window) {
        final NDArray y = Conv2d.conv2d(
                        x,
                        weight,
                        null,
                        new Shape(window.strideY(), window.strideX()),
                        new Shape(window.paddingY(), window.paddingX()),
                        new Shape(1, 1),
                        window.groups())
                .singletonOrThrow();
        return bias == null ? y : y.add(bias.reshape(1, -1, 1, 1));
    }

    @Override
    public NDArray padRightBottom(final NDArray picture, final int right, final int bottom) {
        final Shape s = picture.getShape();
        final NDManager manager = picture.getManager();
        final DataType type = picture.getDataType();
        final NDArray wide = picture.concat(manager.zeros(new Shape(s.get(0), s.get(1), s.get(2), right), type), 3);
        return wide.concat(manager.zeros(new Shape(s.get(0), s.get(1), bottom, s.get(3) + right), type), 2);
    }

    @Override
    public NDArray maxPool(final NDArray picture, final int size, final int stride, final int padding) {
        return Pool.maxPool2d(
                picture, new Shape(size, size), new Shape(stride, stride), new Shape(padding, padding), false);
    }

    /** DJL counts zeros around the picture, so what it makes of ones is the share that lies inside. */
    @Override
    public NDArray averagePool(final NDArray picture, final int size, final int stride, final int padding) {
        return mean(picture, size, stride, padding).div(mean(picture.onesLike(), size, stride, padding));
    }

    private static NDArray mean(final NDArray picture, final int size, final int stride, final int padding) {
        return Pool.avgPool2d(
                picture, new Shape(size, size), new Shape(stride, stride), new Shape(padding, padding), false, true);
    }

    /** By matrices of weights, made from the formulas. */
    @Override
    public NDArray resize(final NDArray picture, final long height, final long width, final Resize how) {
        final Shape s = picture.getShape();
        final NDArray down = ResizeWeights.matrix(picture, s.get(2), height, how);
        final NDArray right = ResizeWeights.matrix(picture, s.get(3), width, how);
        return down.matMul(picture).matMul(right.transpose());
    }

    @Override
    public NDArray resizeLike(final NDArray picture, final NDArray like, final Resize how) {
        return resize(picture, like.getShape().get(2), like.getShape().get(3), how);
    }

    @Override
    public NDArray doubled(final NDArray picture) {
        return picture.repeat(2, 2).repeat(3, 2);
    }

    /** As a convolution of the picture with zeros between its pixels, by the kernel turned around. */
    @Override
    public NDArray convTransposed(
            final NDArray x, final NDArray weight, final NDArray bias, final int stride, final int padding) {
        final Shape s = x.getShape();
        final NDManager manager = x.getManager();
        final long[] wide = {s.get(0), s.get(1), s.get(2), s.get(3), 1};
        final long[] tall = {s.get(0), s.get(1), s.get(2), 1, s.get(3) * stride};
        NDArray spread = x.reshape(wide);
        for (int i = 1; i < stride; i++) {
            spread = spread.concat(manager.zeros(new Shape(wide), x.getDataType()), 4);
        }
        spread = spread.reshape(tall);
        for (int i = 1; i < stride; i++) {
            spread = spread.concat(manager.zeros(new Shape(tall), x.getDataType()), 3);
        }
        spread = spread.reshape(s.get(0), s.get(1), s.get(2) * stride, s.get(3) * stride);
        final NDArray turned = weight.transpose(1, 0, 2, 3).flip(2, 3);
        final int side = (int) weight.getShape().get(2);
        final NDArray y = conv(spread, turned, bias, 1, side - 1 - padding);
        final long height = (s.get(2) - 1) * stride - 2L * padding + side;
        final long width = (s.get(3) - 1) * stride - 2L * padding + side;
        return y.get(":, :, :" + height + ", :" + width);
    }

    @Override
    public NDArray groupNorm(
            final NDArray x, final NDArray scale, final NDArray shift, final int groups, final double epsilon) {
        final Shape s = x.getShape();
        final NDArray rows = x.reshape(s.get(0), groups, -1);
        final NDArray centred = rows.sub(rows.mean(new int[] {2}, true));
        final NDArray variance = centred.square().mean(new int[] {2}, true);
        final NDArray y = centred.div(variance.add(epsilon).sqrt()).reshape(s);
        return y.mul(scale.reshape(1, -1, 1, 1)).add(shift.reshape(1, -1, 1, 1));
    }

    @Override
    public NDArray layerNorm(final NDArray x, final NDArray scale, final NDArray shift, final double epsilon) {
        final int[] last = {x.getShape().dimension() - 1};
        final NDArray centred = x.sub(x.mean(last, true));
        final NDArray y =
                centred.div(centred.square().mean(last, true).add(epsilon).sqrt());
        return scale == null ? y : y.mul(scale).add(shift);
    }

    @Override
    public NDArray batchNorm(
            final NDArray x,
            final NDArray scale,
            final NDArray shift,
            final NDArray mean,
            final NDArray variance,
            final double epsilon) {
        final NDArray factor = scale.div(variance.add(epsilon).sqrt());
        return x.sub(mean.reshape(1, -1, 1, 1)).mul(factor.reshape(1, -1, 1, 1)).add(shift.reshape(1, -1, 1, 1));
    }

    @Override
    public NDArray unitLength(final NDArray x, final double epsilon) {
        final int[] last = {x.getShape().dimension() - 1};
        return x.div(x.square().sum(last, true).sqrt().maximum(epsilon));
    }

    @Override
    public NDArray relu(final NDArray x) {
        return x.maximum(0);
    }

    @Override
    public NDArray tanh(final NDArray x) {
        return x.tanh();
    }

    @Override
    public NDArray sigmoid(final NDArray x) {
        return Activation.sigmoid(x);
    }

    @Override
    public NDArray softmax(final NDArray x, final int dimension) {
        return x.softmax(dimension);
    }

    @Override
    public NDArray silu(final NDArray x) {
        return x.mul(Activation.sigmoid(x));
    }

    @Override
    public NDArray gelu(final NDArray x) {
        return Activation.gelu(x);
    }

    @Override
    public NDArray linear(final NDArray x, final NDArray weight, final NDArray bias) {
        return Linear.linear(x, weight, bias).singletonOrThrow();
    }

    @Override
    public NDArray add(final NDArray a, final NDArray b) {
        return a.add(b);
    }

    @Override
    public NDArray sub(final NDArray a, final NDArray b) {
        return a.sub(b);
    }

    @Override
    public NDArray mul(final NDArray a, final NDArray b) {
        return a.mul(b);
    }

    @Override
    public NDArray scale(final NDArray x, final double factor) {
        return x.mul(factor);
    }

    @Override
    public NDArray div(final NDArray a, final NDArray b) {
        return a.div(b);
    }

    @Override
    public NDArray plus(final NDArray x, final double number) {
        return x.add(number);
    }

    @Override
    public NDArray matmul(final NDArray a, final NDArray b) {
        return a.matMul(b);
    }

    @Override
    public NDArray sum(final NDArray x, final int dimension) {
        return x.sum(new int[] {dimension}, true);
    }

    @Override
    public NDArray mean(final NDArray x, final int dimension) {
        return x.mean(new int[] {dimension}, true);
    }

    @Override
    public NDArray max(final NDArray x, final int dimension) {
        return x.max(new int[] {dimension}, true);
    }

    @Override
    public NDArray argMax(final NDArray x, final int dimension) {
        final int d = dimension < 0 ? x.getShape().dimension() + dimension : dimension;
        return x.argMax(d).expandDims(d).toType(x.getDataType(), false);
    }

    @Override
    public NDArray slice(final NDArray x, final int dimension, final long from, final long to) {
        final int d = dimension < 0 ? x.getShape().dimension() + dimension : dimension;
        return x.get(":, ".repeat(d) + from + ":" + (to < 0 ? x.getShape().get(d) : to));
    }

    @Override
    public NDArray first(final NDArray x, final int dimension, final NDArray like) {
        return slice(x, dimension, 0, like.getShape().get(1));
    }

    @Override
    public NDArray last(final NDArray x, final int dimension, final NDArray like) {
        return slice(x, dimension, x.getShape().get(dimension) - like.getShape().get(1), -1);
    }

    private static NDArray zeros(final NDArray tokens, final long count) {
        final Shape s = tokens.getShape();
        return tokens.getManager().zeros(new Shape(s.get(0), count, s.get(2)), tokens.getDataType());
    }

    @Override
    public NDArray padFront(final NDArray tokens, final int multiple) {
        final long count = tokens.getShape().get(1);
        long missing = 0;
        while ((count + missing) % multiple != 0) {
            missing++;
        }
        return missing == 0 ? tokens : zeros(tokens, missing).concat(tokens, 1);
    }

    @Override
    public NDArray square(final NDArray tokens, final int multiple, final boolean again) {
        final long count = tokens.getShape().get(1);
        long side = multiple;
        while (side * side < count) {
            side += multiple;
        }
        final long missing = side * side - count;
        if (missing == 0) {
            return tokens;
        }
        return tokens.concat(again ? tokens.get(":, :" + missing) : zeros(tokens, missing), 1);
    }

    private static long side(final NDArray tokens) {
        return Math.round(Math.sqrt(tokens.getShape().get(1)));
    }

    @Override
    public NDArray squarePicture(final NDArray tokens) {
        final Shape s = tokens.getShape();
        return tokens.transpose(0, 2, 1).reshape(s.get(0), s.get(2), side(tokens), side(tokens));
    }

    /** Square by square. */
    @Override
    public NDArray regions(final NDArray tokens, final int perSide) {
        final Shape s = tokens.getShape();
        final long side = side(tokens);
        final long of = side / perSide;
        final NDArray grid = tokens.reshape(s.get(0), side, side, s.get(2));
        final NDList squares = new NDList();
        for (int b = 0; b < s.get(0); b++) {
            for (int i = 0; i < perSide * perSide; i++) {
                final long top = i / perSide * of;
                final long left = i % perSide * of;
                squares.add(
                        grid.get(b + ":" + (b + 1) + ", " + top + ":" + (top + of) + ", " + left + ":" + (left + of))
                                .reshape(1, of * of, s.get(2)));
            }
        }
        return NDArrays.concat(squares, 0);
    }

    /** Line by line of squares. */
    @Override
    public NDArray fromRegions(final NDArray regions, final int perSide) {
        final Shape s = regions.getShape();
        final long of = side(regions);
        final NDArray squares = regions.reshape(s.get(0), of, of, s.get(2));
        final NDList pictures = new NDList();
        for (long b = 0; b < s.get(0); b += (long) perSide * perSide) {
            final NDList lines = new NDList();
            for (long y = 0; y < perSide; y++) {
                final NDList line = new NDList();
                for (long x = 0; x < perSide; x++) {
                    line.add(squares.get(b + y * perSide + x));
                }
                lines.add(NDArrays.concat(line, 1));
            }
            pictures.add(NDArrays.concat(lines, 0).reshape(1, of * of * perSide * perSide, s.get(2)));
        }
        return NDArrays.concat(pictures, 0);
    }

    @Override
    public NDArray distances(final NDArray x) {
        return x.expandDims(2).sub(x.expandDims(1)).square().sum(new int[] {3}).sqrt();
    }

    @Override
    public NDArray transpose(final NDArray x, final int a, final int b) {
        return x.swapAxes(a, b);
    }

    @Override
    public NDArray reshape(final NDArray x, final long... sizes) {
        final long[] known = sizes.clone();
        for (int i = 0; i < known.length; i++) {
            known[i] = known[i] == 0 ? x.getShape().get(i) : known[i];
        }
        return x.reshape(known);
    }

    @Override
    public NDArray repeatLike(final NDArray x, final NDArray like) {
        return x.repeat(0, like.getShape().get(0));
    }

    @Override
    public NDArray join(final NDArray a, final NDArray b, final int dimension) {
        return a.concat(b, dimension);
    }

    @Override
    public NDArray lookup(final NDArray table, final NDArray index) {
        final NDArray rows = index.toType(DataType.INT64, false);
        return table.get(rows.flatten())
                .reshape(
                        rows.getShape().get(0),
                        rows.getShape().get(1),
                        table.getShape().get(1));
    }

    @Override
    public NDArray addPerChannel(final NDArray picture, final NDArray vector) {
        return picture.add(vector.expandDims(2).expandDims(3));
    }

    @Override
    public NDArray tokens(final NDArray picture) {
        final Shape s = picture.getShape();
        return picture.reshape(s.get(0), s.get(1), -1).transpose(0, 2, 1);
    }

    @Override
    public NDArray picture(final NDArray tokens, final NDArray like) {
        final Shape s = tokens.getShape();
        return tokens.transpose(0, 2, 1)
                .reshape(
                        s.get(0),
                        s.get(2),
                        like.getShape().get(2),
                        like.getShape().get(3));
    }

    @Override
    public NDArray asLinear(final NDArray weight) {
        return weight.reshape(weight.getShape().get(0), weight.getShape().get(1));
    }

    @Override
    public NDArray piece(final NDArray x, final int index, final int parts) {
        final long width = x.getShape().get(2) / parts;
        return x.get(":, :, " + index * width + ":" + (index + 1) * width);
    }

    @Override
    public NDArray attention(
            final NDArray query, final NDArray key, final NDArray value, final int heads, final NDArray bias) {
        return weighted(attentionWeights(query, key, heads, bias), value);
    }

    @Override
    public NDArray attentionWeights(final NDArray query, final NDArray key, final int heads, final NDArray bias) {
        final NDArray q = byHead(query, heads);
        final NDArray scores = q.matMul(byHead(key, heads).transpose(0, 1, 3, 2))
                .div(Math.sqrt(q.getShape().get(3)));
        return (bias == null ? scores : scores.add(bias)).softmax(-1);
    }

    @Override
    public NDArray weighted(final NDArray weights, final NDArray value) {
        final NDArray seen =
                weights.matMul(byHead(value, (int) weights.getShape().get(1))).transpose(0, 2, 1, 3);
        return seen.reshape(seen.getShape().get(0), seen.getShape().get(1), -1);
    }

    private static NDArray byHead(final NDArray x, final int heads) {
        final Shape s = x.getShape();
        return x.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).transpose(0, 2, 1, 3);
    }

    @Override
    public NDArray linearAttention(final NDArray qkv, final int heads) {
        final Shape s = qkv.getShape();
        final long width = s.get(1) / 3 / heads;
        final NDArray parts = qkv.reshape(s.get(0), 3, heads, width, s.get(2) * s.get(3));
        final NDArray q = parts.get(":, 0").softmax(2).div(Math.sqrt(width));
        final NDArray k = parts.get(":, 1").softmax(3);
        final NDArray v = parts.get(":, 2");
        final NDArray context = k.matMul(v.transpose(0, 1, 3, 2));
        return context.transpose(0, 1, 3, 2).matMul(q).reshape(s.get(0), heads * width, s.get(2), s.get(3));
    }

    @Override
    public NDArray timeEmbedding(final NDArray t, final int width, final Sinusoids form) {
        final double[] frequencies = new double[width / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Math.exp(form.rate(width) * i);
        }
        final DataType type = t.getDataType();
        final NDArray f = t.getManager().create(frequencies).toType(type, true).expandDims(0);
        final NDArray angles = t.expandDims(1).mul(f);
        final NDArray sines = angles.sin();
        final NDArray cosines = angles.cos();
        return NDArrays.concat(form.cosinesFirst() ? new NDList(cosines, sines) : new NDList(sines, cosines), 1);
    }
}
