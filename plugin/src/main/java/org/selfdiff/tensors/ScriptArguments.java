package org.selfdiff.tensors;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** Turns a call's arguments into LibTorch's values, which hold references of their own. */
final class ScriptArguments {
    private ScriptArguments() {}

    /** To be called under the shared lock of {@link NativeMemory}. */
    static IValue value(final Object argument) {
        if (argument instanceof Tensor tensor) {
            return IValue.from(tensor.array());
        }
        if (argument instanceof List<?> list) {
            final PtNDArray[] arrays = new PtNDArray[list.size()];
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = element(list.get(i)).array();
            }
            return IValue.listFrom(arrays);
        }
        throw new IllegalArgumentException("neither a tensor nor a list of tensors: "
                + (argument == null ? "null" : argument.getClass().getSimpleName()));
    }

    private static Tensor element(final Object element) {
        if (element instanceof Tensor tensor) {
            return tensor;
        }
        throw new IllegalArgumentException("a list of tensors may not hold "
                + (element == null ? "null" : element.getClass().getSimpleName()));
    }
}
