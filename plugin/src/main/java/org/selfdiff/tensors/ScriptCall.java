package org.selfdiff.tensors;

import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Calls a method of a compiled module with values that are ours. DJL's public way leaks its arguments, and with them
 * the tensors of a whole model, when the script fails, for instance for lack of memory. So the native method behind it
 * is called directly.
 */
final class ScriptCall {
    private static final MethodHandle RUN;

    private static final MethodHandle VALUE;

    static {
        try {
            final MethodHandles.Lookup jni = MethodHandles.privateLookupIn(IValueUtils.class, MethodHandles.lookup());
            final Class<?> library =
                    Class.forName("ai.djl.pytorch.jni.PyTorchLibrary", true, IValueUtils.class.getClassLoader());
            final Object instance =
                    jni.findStaticGetter(library, "LIB", library).invoke();
            RUN = jni.findVirtual(
                            library,
                            "moduleRunMethod",
                            MethodType.methodType(
                                    long.class, long.class, String.class, long[].class, boolean.class, boolean.class))
                    .bindTo(instance);
            VALUE = jni.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private ScriptCall() {}

    /**
     * Runs a method on this thread. Both modes that LibTorch keeps by thread are set: gradients as asked, and the graph
     * executor's optimiser off, whose warm-up costs more than it brings.
     */
    static IValue run(final PtSymbolBlock module, final String method, final IValue[] arguments, final boolean grad) {
        final long[] handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        final boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(grad);
        JniUtils.setGraphExecutorOptimize(false);
        try {
            // the first flag keeps DJL from switching gradients off again, the second is for streams of its own
            final long result = (long) RUN.invokeExact(module.getHandle().longValue(), method, handles, true, false);
            return (IValue) VALUE.invokeExact(result);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
