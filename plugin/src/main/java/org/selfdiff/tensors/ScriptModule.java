package org.selfdiff.tensors;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.ScriptArchive;
import org.selfdiff.run.RunFailed;

/**
 * TorchScript compiled from text: code only, no weights. One module may be called on several threads at once.
 *
 * <p>A call costs a few microseconds beside the script itself, so a whole training step belongs into one method.
 */
public final class ScriptModule implements AutoCloseable {
    private final Device device;

    private final Set<String> methods;

    private final ScriptText text;

    private final PtSymbolBlock block;

    /** Calls under way, and one for the module being open; the module is freed when it reaches 0. */
    private int users = 1;

    private boolean closed;

    private ScriptModule(
            final Device device, final Set<String> methods, final ScriptText text, final PtSymbolBlock block) {
        this.device = device;
        this.methods = methods;
        this.text = text;
        this.block = block;
    }

    /**
     * Compiles methods into one module; nothing is written to disk.
     *
     * @param device the device on which the module will be used
     * @param methods the methods, in an order in which each calls earlier ones only
     * @throws RunFailed with the line of the script that does not compile
     * @throws IllegalArgumentException for two methods of one name
     */
    public static ScriptModule compile(final Device device, final List<ScriptMethod> methods) throws RunFailed {
        final Set<String> names = methods.stream().map(ScriptMethod::name).collect(Collectors.toUnmodifiableSet());
        if (names.size() != methods.size()) {
            throw new IllegalArgumentException("two methods of one name");
        }
        final ScriptText text = ScriptText.of(methods);
        final byte[] archive = ScriptArchive.bytes(text.text());
        try {
            final PtSymbolBlock block =
                    JniUtils.loadModule(NativeMemory.manager(device), new ByteArrayInputStream(archive), true, false);
            return new ScriptModule(device, names, text, block);
        } catch (EngineException | IOException e) {
            throw new RunFailed(
                    "A script does not compile: " + text.explain(String.valueOf(e.getMessage())),
                    "LibTorch on " + device,
                    "This is an error of SelfDiff: please report it with this message.",
                    e);
        }
    }

    /** The device for which it was compiled. */
    public Device device() {
        return device;
    }

    /** The module's whole text, for messages and tests. */
    public String text() {
        return text.text();
    }

    /**
     * Runs a method on this thread and waits for it (on a GPU, until its work is queued).
     *
     * @param results the scope that will own the results
     * @param grad whether operations are recorded for {@code torch.grad} within the script
     * @param method name of the method
     * @param args its arguments in order: {@link Tensor} for {@code Tensor}, a {@code List} of them for
     *     {@code List[Tensor]} (may be empty)
     * @return what it returns: a tensor, a tuple or list of tensors, nested ones flattened in order. Results carry no
     *     history of gradients.
     * @throws TensorFailure when the script fails, with the line; see {@link TensorFailure#isOutOfMemory}
     * @throws IllegalArgumentException for an unknown method or another kind of argument
     * @throws IllegalStateException when the module, the scope or an argument is closed
     */
    public List<Tensor> call(final TensorScope results, final boolean grad, final String method, final Object... args) {
        if (!methods.contains(method)) {
            throw new IllegalArgumentException("no method " + method + " in " + methods);
        }
        enter();
        final List<IValue> in = new ArrayList<>(args.length);
        try {
            NativeMemory.reading(() -> {
                for (final Object arg : args) {
                    in.add(ScriptArguments.value(arg));
                }
                return null;
            });
            try (IValue out = ScriptCall.run(block, method, in.toArray(new IValue[0]), grad)) {
                return adopt(results, out.toNDList(results.manager()));
            }
        } catch (EngineException e) {
            throw new TensorFailure(method + ": " + text.explain(String.valueOf(e.getMessage())), e);
        } finally {
            in.forEach(IValue::close);
            leave();
        }
    }

    private static List<Tensor> adopt(final TensorScope scope, final List<ai.djl.ndarray.NDArray> arrays) {
        final List<Tensor> tensors = new ArrayList<>(arrays.size());
        IllegalStateException refused = null;
        for (final ai.djl.ndarray.NDArray array : arrays) {
            try {
                tensors.add(scope.adopt(withoutHistory((PtNDArray) array)));
            } catch (IllegalStateException e) {
                refused = e; // the scope is closed; the others must be freed as well
            }
        }
        if (refused != null) {
            throw refused;
        }
        return tensors;
    }

    /** A result that carried its history would keep all that led to it in memory. */
    private static PtNDArray withoutHistory(final PtNDArray array) {
        if (!JniUtils.requiresGrad(array)) {
            return array;
        }
        final PtNDArray detached = JniUtils.detachGradient(array);
        NativeMemory.free(array);
        return detached;
    }

    private synchronized void enter() {
        if (closed) {
            throw new IllegalStateException("the script module is closed");
        }
        users++;
    }

    private synchronized void leave() {
        users--;
        if (users == 0) {
            block.close();
        }
    }

    /** Frees the module once no call is under way; more than once does no harm. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            leave();
        }
    }
}
