package org.selfdiff.tensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.NeedsTorch;
import org.selfdiff.run.RunFailed;

@NeedsTorch.Engine
class ScriptModuleTest {
    private static final List<ScriptMethod> METHODS = List.of(
            method("twice", "x: Tensor", "Tensor", "return torch.add(x, x)"),
            method("four", "x: Tensor", "Tensor", "return self.twice(self.twice(x))"),
            method("count", "x: Tensor, p: List[Tensor]", "Tensor", "return torch.mul(x, torch.len(p))"),
            method(
                    "nest",
                    "x: Tensor, p: List[Tensor]",
                    "Tuple[Tensor, List[Tensor], Tensor]",
                    "return (self.twice(x), p, x)"),
            // d/dx sum(x^3) = 3 x^2
            method(
                    "slope",
                    "x: Tensor",
                    "Tensor",
                    """
                    l = torch.sum(torch.mul(torch.mul(x, x), x))
                    g = torch.grad([l], [x])
                    return unchecked_cast(Tensor, g[0])"""),
            method("cube", "x: Tensor", "Tensor", "return torch.mul(torch.mul(x, x), x)"),
            method("grow", "x: Tensor", "Tensor", "return torch.add_(x, 1)"),
            method("misfit", "x: Tensor", "Tensor", "y = torch.add(x, x)\nreturn torch.reshape(y, [7, 11])"),
            method("huge", "x: Tensor", "Tensor", "return torch.zeros([1000000, 1000000, 1000], dtype=6)"),
            method("half", "x: Tensor", "Tensor", "return torch.to(torch.mul(torch.to(x, 15), 2), 6)"),
            method("brain", "x: Tensor", "Tensor", "return torch.to(x, 15)"),
            method(
                    "types",
                    "x: Tensor",
                    "List[Tensor]",
                    "return [torch.to(x, 7), torch.to(x, 4), torch.gt(x, 0), torch.to(x, 0), torch.t(x)]"),
            method(
                    "spin",
                    "x: Tensor, n: Tensor",
                    "Tensor",
                    "y = x\nfor i in range(int(n)):\n  y = torch.sin(torch.add(y, x))\nreturn y"));

    private static ScriptModule module;

    private TensorScope scope;

    private int before;

    private static ScriptMethod method(
            final String name, final String parameters, final String result, final String body) {
        return new ScriptMethod(
                name,
                "def " + name + "(self: __torch__.Net,\n    " + parameters + ") -> " + result + ":\n" + body.indent(2));
    }

    @BeforeEach
    void open() throws RunFailed {
        if (module == null) {
            module = ScriptModule.compile(Device.CPU, METHODS);
        }
        before = NativeMemory.live();
        scope = TensorScope.open(Device.CPU);
    }

    @AfterEach
    void nothingIsLeft() {
        scope.close();
        assertEquals(before, NativeMemory.live(), "native tensors left");
    }

    private float[] run(final boolean grad, final String method, final Object... args) {
        return module.call(scope, grad, method, args).get(0).toFloats();
    }

    @Test
    void computes() {
        final Tensor x = scope.floats(new float[] {1, -2}, 2);
        assertArrayEquals(new float[] {2, -4}, run(false, "twice", x));
        assertArrayEquals(new float[] {4, -8}, run(true, "four", x));
    }

    @Test
    void takesListsAndFlattensResults() {
        final Tensor x = scope.floats(new float[] {3}, 1);
        final Tensor y = scope.floats(new float[] {5}, 1);
        assertArrayEquals(new float[] {6}, run(false, "count", x, List.of(x, y)));
        assertArrayEquals(new float[] {0}, run(false, "count", x, List.of()));
        final List<Tensor> all = module.call(scope, false, "nest", x, List.of(y, x, y));
        assertEquals(5, all.size());
        final float[] expected = {6, 5, 3, 5, 3};
        for (int i = 0; i < 5; i++) {
            assertEquals(expected[i], all.get(i).item());
        }
    }

    @Test
    void resultsBelongToTheNamedScopeAndOutliveTheArguments() {
        final Tensor result;
        try (TensorScope inner = TensorScope.open(Device.CPU)) {
            final Tensor x = inner.floats(new float[] {1, 2}, 2);
            result = module.call(scope, false, "nest", x, List.of(x)).get(1); // the argument itself
            assertEquals(1, inner.size());
        }
        assertArrayEquals(new float[] {1, 2}, result.toFloats());
        assertEquals(3, scope.size());
    }

    @Test
    void differentiates() {
        final Tensor x = scope.floats(new float[] {1, -2, 0.5f}, 3).differentiable();
        assertArrayEquals(new float[] {3, 12, 0.75f}, run(true, "slope", x));
        final TensorFailure e = assertThrows(TensorFailure.class, () -> run(false, "slope", x));
        assertTrue(e.getMessage().startsWith("slope: "), e.getMessage());
        assertTrue(e.getMessage().contains("g = torch.grad([l], [x])"), e.getMessage());
    }

    @Test
    void resultsCarryNoHistory() {
        final Tensor x = scope.floats(new float[] {2}, 1).differentiable();
        final Tensor y = module.call(scope, true, "cube", x).get(0);
        assertFalse(JniUtils.requiresGrad(y.array()));
        assertEquals(8f, y.item());
    }

    @Test
    void theThreadsGradModeIsRestored() {
        final Tensor x = scope.scalar(1f);
        for (final boolean mode : new boolean[] {true, false}) {
            JniUtils.setGradMode(mode);
            run(true, "twice", x);
            run(false, "twice", x);
            assertThrows(TensorFailure.class, () -> run(!mode, "misfit", x));
            assertEquals(mode, JniUtils.isGradMode());
        }
    }

    @Test
    void changesInPlaceAreSeen() {
        final Tensor x = scope.floats(new float[] {1, 2}, 2);
        run(false, "grow", x);
        assertArrayEquals(new float[] {2, 3}, x.toFloats());
    }

    @Test
    void otherTypesAreReadAndStridedResultsCopiedInOrder() {
        final Tensor x = scope.floats(new float[] {0, 1, 2, 3, 4, 5}, 2, 3);
        final List<Tensor> out = module.call(scope, false, "types", x);
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5}, out.get(0).toDoubles());
        assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, out.get(1).toLongs());
        assertArrayEquals(new byte[] {0, 1, 1, 1, 1, 1}, out.get(2).toBytes());
        assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5}, out.get(3).toBytes());
        assertArrayEquals(new long[] {3, 2}, out.get(4).shape());
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, out.get(4).toFloats());
    }

    /** 1.01 in BF16 is 1.0078125; a BF16 result is refused, not misread. */
    @Test
    void brainFloatsStayInsideScripts() {
        final Tensor x = scope.floats(new float[] {1.01f}, 1);
        assertArrayEquals(new float[] {2.015625f}, run(false, "half", x));
        assertThrows(TensorFailure.class, () -> run(false, "brain", x));
    }

    @Test
    void failuresNameTheLine() {
        final Tensor x = scope.floats(new float[3], 3);
        final TensorFailure e = assertThrows(TensorFailure.class, () -> run(false, "misfit", x));
        assertTrue(e.getMessage().startsWith("misfit: shape '[7, 11]' is invalid for input of size 3;"));
        assertTrue(e.getMessage().endsWith("in misfit: return torch.reshape(y, [7, 11])"), e.getMessage());
        assertFalse(e.isOutOfMemory());
        assertTrue(e.asRunFailed("here").remedy().contains("report"));
    }

    @Test
    void lackOfMemoryIsTheUsersAffair() {
        final Tensor x = scope.scalar(1f);
        final TensorFailure e = assertThrows(TensorFailure.class, () -> run(false, "huge", x));
        assertTrue(e.isOutOfMemory(), e.getMessage());
        assertTrue(e.asRunFailed("pre-training on cpu").remedy().contains("smaller batches"));
    }

    @Test
    void doesNotCompileSaysWhere() {
        final List<ScriptMethod> methods = List.of(
                method("good", "x: Tensor", "Tensor", "return x"),
                method("wrong", "x: Tensor", "Tensor", "y = torch.add(x, x)\nreturn torch.addd(x, y)"));
        final RunFailed e = assertThrows(RunFailed.class, () -> ScriptModule.compile(Device.CPU, methods));
        assertTrue(e.what().contains("Unknown builtin op: aten::addd"), e.what());
        assertTrue(e.what().contains("in wrong: return torch.addd(x, y)"), e.what());
        final RunFailed syntax = assertThrows(
                RunFailed.class,
                () -> ScriptModule.compile(
                        Device.CPU, List.of(method("broken", "x: Tensor", "Tensor", "return x +* 2"))));
        assertTrue(syntax.what().contains("in broken"), syntax.what());
    }

    @Test
    void wrongCallsAreRefused() {
        final Tensor x = scope.scalar(1f);
        assertThrows(IllegalArgumentException.class, () -> run(false, "nothing", x));
        assertThrows(IllegalArgumentException.class, () -> run(false, "twice", 1f));
        assertThrows(IllegalArgumentException.class, () -> run(false, "twice", x, null));
        assertThrows(IllegalArgumentException.class, () -> run(false, "count", x, List.of(x, "y")));
        assertThrows(TensorFailure.class, () -> run(false, "twice"));
        assertThrows(TensorFailure.class, () -> run(false, "twice", List.of(x)));
        assertThrows(
                IllegalArgumentException.class,
                () -> ScriptModule.compile(Device.CPU, List.of(METHODS.get(0), METHODS.get(0))));
        assertThrows(IllegalArgumentException.class, () -> new ScriptMethod("a b", "def a b("));
        assertThrows(IllegalArgumentException.class, () -> new ScriptMethod("a", "def b(self"));
    }

    @Test
    void closedThingsAreRefused() throws RunFailed {
        final ScriptModule own = ScriptModule.compile(Device.CPU, METHODS.subList(0, 1));
        final Tensor x = scope.scalar(1f);
        own.close();
        own.close();
        assertThrows(IllegalStateException.class, () -> own.call(scope, false, "twice", x));
        final TensorScope shut = TensorScope.open(Device.CPU);
        final Tensor gone = shut.scalar(1f);
        shut.close();
        assertThrows(IllegalStateException.class, () -> run(false, "twice", gone));
        assertThrows(IllegalStateException.class, () -> module.call(shut, false, "nest", x, List.of(x, x)));
    }

    /** What a cancel does: scope and module are closed while the script still runs. */
    @Test
    void scopeAndModuleMayBeClosedDuringACall() throws Exception {
        final ScriptModule own = ScriptModule.compile(Device.CPU, METHODS);
        final TensorScope mine = TensorScope.open(Device.CPU);
        final Tensor x = mine.zeros(1000);
        final Tensor n = mine.scalar(20_000L);
        final CountDownLatch started = new CountDownLatch(1);
        final AtomicReference<Throwable> seen = new AtomicReference<>();
        final Thread step = new Thread(() -> {
            started.countDown();
            try {
                own.call(mine, false, "spin", x, n);
            } catch (IllegalStateException e) {
                seen.set(e);
            }
        });
        step.start();
        started.await();
        Thread.sleep(50);
        mine.close();
        own.close();
        step.join();
        assertTrue(seen.get() instanceof IllegalStateException, "the late result is refused: " + seen.get());
    }

    @Test
    void aThousandCallsLeaveNothing() {
        final Tensor x = scope.floats(new float[] {1, 2, 3}, 3).differentiable();
        final int live = NativeMemory.live();
        for (int i = 0; i < 1000; i++) {
            try (TensorScope step = scope.child()) {
                module.call(step, true, "slope", x);
                module.call(step, true, "nest", x, List.of(x, x));
                assertThrows(TensorFailure.class, () -> module.call(step, true, "misfit", x));
                assertThrows(
                        TensorFailure.class,
                        () -> module.call(step, false, "brain", x).get(0).toFloats());
            }
            assertEquals(live, NativeMemory.live());
        }
    }

    /** Arguments of failing calls must not stay behind: 400 calls with 16 MB each would show in the process. */
    @Test
    void failingCallsReleaseTheirArguments() throws Exception {
        final long[] resident = new long[2];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 200; i++) {
                try (TensorScope step = TensorScope.open(Device.CPU)) {
                    final Tensor x = step.zeros(4 << 20);
                    module.call(step, false, "grow", x); // touches the memory
                    assertThrows(TensorFailure.class, () -> module.call(step, true, "misfit", x));
                }
            }
            resident[round] = Resident.megabytes();
        }
        assertTrue(resident[1] - resident[0] < 800, resident[0] + " MB, then " + resident[1] + " MB");
    }
}
