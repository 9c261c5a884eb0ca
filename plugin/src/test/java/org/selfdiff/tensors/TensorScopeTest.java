package org.selfdiff.tensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;

@NeedsTorch.Engine
class TensorScopeTest {
    private int before;

    @BeforeEach
    void count() {
        before = NativeMemory.live();
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(before, NativeMemory.live(), "native tensors left");
    }

    @Test
    void valuesGoThereAndBack() {
        try (TensorScope scope = TensorScope.open(Device.CPU)) {
            final float[] f = {1.5f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, 3e38f};
            final Tensor floats = scope.floats(f, 2, 3);
            assertArrayEquals(f, floats.toFloats());
            assertArrayEquals(new long[] {2, 3}, floats.shape());
            assertEquals(DType.FLOAT32, floats.type());
            assertEquals(Device.CPU, floats.device());
            final long[] l = {Long.MIN_VALUE, -1, Long.MAX_VALUE};
            assertArrayEquals(l, scope.longs(l, 3).toLongs());
            final byte[] b = {0, 127, -128, -1};
            final Tensor bytes = scope.bytes(b, 1, 2, 2);
            assertEquals(DType.UINT8, bytes.type());
            assertArrayEquals(b, bytes.toBytes());
            assertArrayEquals(new float[6], scope.zeros(3, 2).toFloats());
            assertEquals(2.5f, scope.scalar(2.5f).item());
            assertArrayEquals(new long[0], scope.scalar(2.5f).shape());
            assertArrayEquals(new long[] {7}, scope.scalar(7L).toLongs());
            assertEquals(0, scope.floats(new float[0], 0, 4).toFloats().length);
            assertEquals("INT64[3]", scope.longs(l, 3).toString());
        }
    }

    @Test
    void theArrayMayChangeAfterwards() {
        try (TensorScope scope = TensorScope.open(Device.CPU)) {
            final float[] f = {1, 2};
            final Tensor t = scope.floats(f, 2);
            f[0] = 9;
            assertArrayEquals(new float[] {1, 2}, t.toFloats());
            t.toFloats()[1] = 9;
            assertArrayEquals(new float[] {1, 2}, t.toFloats());
        }
    }

    @Test
    void wrongShapesAndTypesAreRefused() {
        try (TensorScope scope = TensorScope.open(Device.CPU)) {
            assertThrows(IllegalArgumentException.class, () -> scope.floats(new float[5], 2, 3));
            assertThrows(IllegalArgumentException.class, () -> scope.floats(new float[2], -1, -2));
            assertThrows(IllegalArgumentException.class, () -> scope.zeros(1L << 31, 1L << 33));
            assertThrows(IllegalArgumentException.class, () -> scope.floats(new float[0], 1L << 32, 1L << 32));
            assertThrows(IllegalStateException.class, () -> scope.longs(new long[1], 1)
                    .toFloats());
            assertThrows(IllegalStateException.class, () -> scope.floats(new float[1], 1)
                    .toBytes());
            assertThrows(IllegalStateException.class, () -> scope.floats(new float[2], 2)
                    .item());
        }
    }

    @Test
    void closedScopesAndTensorsRefuse() {
        final TensorScope scope = TensorScope.open(Device.CPU);
        final Tensor t = scope.floats(new float[1], 1);
        final Tensor early = scope.floats(new float[1], 1);
        early.close();
        early.close();
        assertEquals(1, scope.size());
        assertThrows(IllegalStateException.class, early::toFloats);
        scope.close();
        scope.close();
        assertThrows(IllegalStateException.class, t::toFloats);
        assertThrows(IllegalStateException.class, () -> scope.floats(new float[1], 1));
        assertThrows(IllegalStateException.class, () -> scope.zeros(1));
        assertThrows(IllegalStateException.class, scope::child);
        try (TensorScope other = TensorScope.open(Device.CPU)) {
            assertThrows(IllegalStateException.class, () -> t.moveTo(other));
        }
    }

    @Test
    void tensorsMoveToAnotherOwner() {
        try (TensorScope keep = TensorScope.open(Device.CPU)) {
            final Tensor moved;
            try (TensorScope step = TensorScope.open(Device.CPU)) {
                moved = step.floats(new float[] {4}, 1).moveTo(keep);
                assertEquals(0, step.size());
            }
            assertEquals(4f, moved.item());
            assertEquals(1, keep.size());
            final TensorScope shut = TensorScope.open(Device.CPU);
            shut.close();
            assertThrows(IllegalStateException.class, () -> moved.moveTo(shut));
            assertThrows(IllegalStateException.class, moved::item);
        }
    }

    @Test
    void childrenCloseWithTheirParent() {
        final TensorScope parent = TensorScope.open(Device.CPU);
        final TensorScope child = parent.child();
        final Tensor t = child.child().scalar(1f);
        try (TensorScope brief = parent.child()) {
            brief.scalar(2f);
        }
        parent.close();
        assertThrows(IllegalStateException.class, t::item);
        assertThrows(IllegalStateException.class, () -> child.scalar(1f));
    }

    /** Threads that use and free the same tensors: whoever comes late is refused, nobody crashes. */
    @Test
    void closingWhileOthersReadIsSafe() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            final TensorScope scope = TensorScope.open(Device.CPU);
            final List<Tensor> tensors = List.of(scope.zeros(1000), scope.zeros(2000), scope.zeros(3000));
            final Thread[] readers = new Thread[3];
            for (int i = 0; i < readers.length; i++) {
                final Tensor mine = tensors.get(i);
                readers[i] = new Thread(() -> {
                    try {
                        while (true) {
                            assertEquals(0f, mine.toFloats()[17]);
                        }
                    } catch (IllegalStateException e) {
                        // closed
                    }
                });
                readers[i].start();
            }
            scope.close();
            for (final Thread reader : readers) {
                reader.join();
            }
        }
    }
}
