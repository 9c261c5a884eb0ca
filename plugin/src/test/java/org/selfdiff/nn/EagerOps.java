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
    public NDArray conv(
            final NDArray x, final NDArray weight, final NDArray bias, final int stride, final int padding) {
        final NDArray y = Conv2d.conv2d(x, weight, null, new Shape(stride, stride), new Shape(padding, padding))
                .singletonOrThrow();
        return bias == null ? y : y.add(bias.reshape(1, -1, 1, 1));
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
    public NDArray groupNorm(final NDArray x, final NDArray scale, final NDArray shift, final int groups) {
        final Shape s = x.getShape();
        final NDArray rows = x.reshape(s.get(0), groups, -1);
        final NDArray centred = rows.sub(rows.mean(new int[] {2}, true));
        final NDArray variance = centred.square().mean(new int[] {2}, true);
        final NDArray y = centred.div(variance.add(1e-5).sqrt()).reshape(s);
        return y.mul(scale.reshape(1, -1, 1, 1)).add(shift.reshape(1, -1, 1, 1));
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
    public NDArray addPerChannel(final NDArray picture, final NDArray vector) {
        return picture.add(vector.expandDims(2).expandDims(3));
    }

    @Override
    public NDArray concat(final NDArray a, final NDArray b) {
        return a.concat(b, 1);
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
    public NDArray attention(final NDArray query, final NDArray key, final NDArray value, final int heads) {
        final NDArray q = byHead(query, heads);
        final NDArray scores = q.matMul(byHead(key, heads).transpose(0, 1, 3, 2))
                .div(Math.sqrt(q.getShape().get(3)));
        final NDArray seen = scores.softmax(-1).matMul(byHead(value, heads)).transpose(0, 2, 1, 3);
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
    public NDArray timeEmbedding(final NDArray t, final int width) {
        final int half = width / 2;
        final double[] frequencies = new double[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = Math.exp(-Math.log(10_000) * i / (half - 1));
        }
        final DataType type = t.getDataType();
        final NDArray f = t.getManager().create(frequencies).toType(type, true).expandDims(0);
        final NDArray angles = t.expandDims(1).mul(f);
        return NDArrays.concat(new NDList(angles.sin(), angles.cos()), 1);
    }
}
