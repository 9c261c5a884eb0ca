package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

/**
 * Files that PyTorch 1.13 wrote ({@code torch.save}, and {@code torch.jit.save} for {@code script.pt}). With
 * {@code base = torch.arange(24.) / 8 - 1}, {@code everything.pth} is
 *
 * <pre>
 * {"model": Sequential(conv=Conv2d(1, 2, 2), norm=BatchNorm2d(2)).state_dict(),  # conv.weight 0..7, conv.bias +-0.5
 *  "types": {"f64": base[:4].double() + 1e-12, "f32": base[:4].clone(), "f16": ..., "bf16": ...,
 *            "i64": [-2**63, 5], "i32": [-7, 8], "i16": ..., "i8": ..., "u8": [255, 8], "bool": [True, False]},
 *  "views": {"transposed": base.reshape(4, 6).t(), "part": base.reshape(4, 6)[1:3, 2:5], "every": base[1::5],
 *            "last": base.reshape(2, 3, 4).permute(2, 0, 1), "whole": base, "scalar": tensor(2.5),
 *            "empty": zeros(0, 3), "positions": arange(5).expand((1, -1)),
 *            "channels_last": arange(16.).reshape(1, 2, 2, 4).contiguous(memory_format=torch.channels_last),
 *            "longs": arange(6).reshape(2, 3).t(), "doubles": arange(6).double().reshape(2, 3).t()},
 *  "parameter": Parameter([1., 2.]), "epoch": 3, "loss": 0.25, "name": "groesse", "none": None, "flag": True,
 *  "list": [tensor([9.]), 4, (tensor([8.]),)], "size": torch.Size([2, 3]), 5: tensor([5.]), "big": 2**40}
 * </pre>
 *
 * {@code protocol4.pth} is the same with {@code pickle_protocol=4}, {@code deflated.bin} the same deflated under
 * another folder, {@code old.pth} has {@code _use_new_zipfile_serialization=False}, {@code namespace.pth} holds an
 * {@code argparse.Namespace}, {@code numpy.pth} a {@code numpy.float64}, {@code alone.pt} {@code torch.ones(2)}.
 */
class TorchFileTest {
    @TempDir
    Path folder;

    static Path resource(final String name) throws Exception {
        return Path.of(TorchFileTest.class.getResource("/torch/" + name).toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything.pth", "protocol4.pth", "deflated.bin"})
    void everythingIsRead(final String name) throws Exception {
        try (StateDict in = StateDicts.open(resource(name))) {
            check(in);
        }
    }

    private static void check(final StateDict in) throws RunFailed {
        assertEquals(
                List.of(
                        "model.conv.weight",
                        "model.conv.bias",
                        "model.norm.weight",
                        "model.norm.bias",
                        "model.norm.running_mean",
                        "model.norm.running_var",
                        "model.norm.num_batches_tracked",
                        "types.f64",
                        "types.f32",
                        "types.f16",
                        "types.bf16",
                        "types.i64",
                        "types.i32",
                        "types.i16",
                        "types.i8",
                        "types.u8",
                        "types.bool",
                        "views.transposed",
                        "views.part",
                        "views.every",
                        "views.last",
                        "views.whole",
                        "views.scalar",
                        "views.empty",
                        "views.positions",
                        "views.channels_last",
                        "views.longs",
                        "views.doubles",
                        "parameter",
                        "list.0",
                        "list.2.0",
                        "5"),
                List.copyOf(in.tensors().keySet()));
        floats(in, "model.conv.weight", new long[] {2, 1, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7);
        floats(in, "model.conv.bias", new long[] {2}, 0.5f, -0.5f);
        floats(in, "model.norm.running_var", new long[] {2}, 1, 1);
        longs(in, "model.norm.num_batches_tracked", new long[0], 7);
        for (final String type : List.of("f32", "f16", "bf16", "f64")) {
            floats(in, "types." + type, new long[] {4}, -1, -0.875f, -0.75f, -0.625f);
            assertEquals(
                    type.toUpperCase(java.util.Locale.ROOT),
                    in.require("types." + type).type().name());
        }
        assertArrayEquals(
                new double[] {-1 + 1e-12, -0.875 + 1e-12, -0.75 + 1e-12, -0.625 + 1e-12}, in.doubles("types.f64"));
        assertArrayEquals(new double[] {-1, -0.875, -0.75, -0.625}, in.doubles("types.bf16"));
        longs(in, "types.i64", new long[] {2}, Long.MIN_VALUE, 5);
        longs(in, "types.i32", new long[] {2}, -7, 8);
        longs(in, "types.i16", new long[] {2}, -7, 8);
        longs(in, "types.i8", new long[] {2}, -7, 8);
        longs(in, "types.u8", new long[] {2}, 255, 8);
        longs(in, "types.bool", new long[] {2}, 1, 0);
        floats(in, "views.whole", new long[] {24}, places(0, 1, 24));
        floats(in, "views.every", new long[] {5}, places(1, 5, 5));
        floats(in, "views.part", new long[] {2, 3}, base(8), base(9), base(10), base(14), base(15), base(16));
        final float[] transposed = new float[24];
        final float[] last = new float[24];
        for (int i = 0; i < 24; i++) {
            transposed[i] = base(i % 4 * 6 + i / 4);
            last[i] = base(i % 6 * 4 + i / 6);
        }
        floats(in, "views.transposed", new long[] {6, 4}, transposed);
        floats(in, "views.last", new long[] {4, 2, 3}, last);
        floats(in, "views.scalar", new long[0], 2.5f);
        floats(in, "views.empty", new long[] {0, 3});
        longs(in, "views.positions", new long[] {1, 5}, 0, 1, 2, 3, 4);
        final float[] counted = new float[16];
        for (int i = 0; i < 16; i++) {
            counted[i] = i;
        }
        floats(in, "views.channels_last", new long[] {1, 2, 2, 4}, counted);
        longs(in, "views.longs", new long[] {3, 2}, 0, 3, 1, 4, 2, 5);
        assertArrayEquals(new double[] {0, 3, 1, 4, 2, 5}, in.doubles("views.doubles"));
        floats(in, "parameter", new long[] {2}, 1, 2);
        floats(in, "list.0", new long[] {1}, 9);
        floats(in, "list.2.0", new long[] {1}, 8);
        floats(in, "5", new long[] {1}, 5);
    }

    private static float base(final int i) {
        return i / 8f - 1;
    }

    private static float[] places(final int from, final int step, final int count) {
        final float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = base(from + i * step);
        }
        return values;
    }

    private static void floats(final StateDict in, final String name, final long[] shape, final float... expected)
            throws RunFailed {
        assertArrayEquals(shape, in.require(name).shape(), name);
        assertArrayEquals(expected, in.floats(name), name);
    }

    private static void longs(final StateDict in, final String name, final long[] shape, final long... expected)
            throws RunFailed {
        assertArrayEquals(shape, in.require(name).shape(), name);
        assertArrayEquals(expected, in.longs(name), name);
    }

    @Test
    void theStatedByteOrderIsHonoured() throws Exception {
        final Path file = folder.resolve("big.pth");
        try (ZipFile little = new ZipFile(resource("alone.pt").toFile());
                OutputStream to = Files.newOutputStream(file);
                ZipOutputStream out = new ZipOutputStream(to)) {
            final Enumeration<? extends ZipEntry> entries = little.entries();
            while (entries.hasMoreElements()) {
                final ZipEntry entry = entries.nextElement();
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = little.getInputStream(entry)) {
                    final byte[] bytes = in.readAllBytes();
                    out.write(
                            entry.getName().endsWith("data/0")
                                    ? ByteBuffer.allocate(8)
                                            .putFloat(3.5f)
                                            .putFloat(-2)
                                            .array()
                                    : bytes);
                }
            }
            out.putNextEntry(new ZipEntry("alone/byteorder"));
            out.write("big".getBytes(StandardCharsets.US_ASCII));
        }
        try (StateDict in = StateDicts.open(file)) {
            floats(in, "tensor", new long[] {2}, 3.5f, -2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace.pth argparse.Namespace",
                "numpy.pth numpy.core.multiarray.scalar",
                "script.pt __torch__.torch.nn.modules.container.Sequential"
            })
    void otherObjectsAreRefusedByName(final String fileAndObject) throws Exception {
        final String[] parts = fileAndObject.split(" ");
        final Path file = resource(parts[0]);
        final RunFailed e =
                assertThrows(RunFailed.class, () -> StateDicts.open(file).close());
        assertEquals(file.toString(), e.where());
        assertTrue(e.what().endsWith("it names the Python object " + parts[1]), e.what());
        assertTrue(e.remedy().contains("state_dict()"), e.remedy());
    }

    @Test
    void wrongNamesAndTypesAreToldApart() throws Exception {
        try (StateDict in = StateDicts.open(resource("everything.pth"))) {
            assertTrue(assertThrows(RunFailed.class, () -> in.floats("epoch"))
                    .what()
                    .contains("no tensor epoch"));
            assertTrue(assertThrows(RunFailed.class, () -> in.floats("types.i8"))
                    .what()
                    .contains("is of type I8"));
            assertTrue(assertThrows(RunFailed.class, () -> in.longs("types.f16"))
                    .what()
                    .contains("is of type F16"));
            assertTrue(assertThrows(RunFailed.class, () -> in.doubles("types.u8"))
                    .what()
                    .contains("is of type U8"));
        }
    }
}
