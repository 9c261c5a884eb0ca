package org.selfdiff.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.selfdiff.bench.Inputs;
import org.selfdiff.bench.Workload;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.nn.Parameter;

/** A workload's network with its parameters in LibTorch's memory. */
@SuppressWarnings("try") // scopes and guards act by being there
final class PeerNetwork {
    private final Workload workload;

    private final ScalarType type;

    private final List<Tensor> parameters = new ArrayList<>();

    private final Lifetimes lifetimes = new Lifetimes();

    PeerNetwork(final Workload workload, final Inputs inputs, final ScalarType type) {
        this.workload = workload;
        this.type = type;
        final List<float[]> weights = inputs.weights();
        for (final Parameter parameter : workload.parameters()) {
            parameters.add(tensor(weights.get(parameters.size()), parameter.dimensions()));
        }
        learnLifetimes();
    }

    private void learnLifetimes() {
        final int side = workload.side();
        try (PointerScope handles = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            forward(
                    torch.zeros(1, workload.channels(), side, side),
                    torch.zeros(1),
                    workload.told() ? torch.zeros(1, 1, workload.contextWidth()) : null);
        }
    }

    /** Version of LibTorch, the folder it was loaded from, and the instructions it uses. */
    static String version() {
        final String folder;
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            folder = maps.filter(line -> line.endsWith("/libtorch_cpu.so"))
                    .map(line -> line.substring(line.indexOf('/'), line.lastIndexOf('/')))
                    .findFirst()
                    .orElse("an unknown folder");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "C++ API of LibTorch " + torch.TORCH_VERSION + " in " + folder + ", "
                + torch.get_cpu_capability().getString();
    }

    /** Copies numbers to a tensor. */
    static Tensor tensor(final float[] values, final long... shape) {
        final Tensor tensor = torch.empty(shape);
        if (tensor.numel() != values.length) {
            throw new IllegalArgumentException(values.length + " numbers for " + Arrays.toString(shape));
        }
        try (FloatPointer memory = tensor.data_ptr_float()) {
            memory.put(values);
        }
        return tensor;
    }

    /** The parameters in the order of the parameter list. */
    List<Tensor> parameters() {
        return parameters;
    }

    /**
     * Runs the network on 32-bit pictures; the result is 32-bit, the layers compute in the network's number type. It
     * belongs to the caller's scope.
     *
     * @param context what the pictures are told; {@code null} for nothing
     */
    Tensor forward(final Tensor x, final Tensor t, final Tensor context) {
        final PeerOps ops = new PeerOps(parameters, type, lifetimes);
        final Tensor out = ops.fromCompute(workload.network()
                .function(DiffusionScript.PREDICT)
                .apply(
                        ops,
                        context == null
                                ? List.of(ops.toCompute(x), t)
                                : List.of(ops.toCompute(x), t, ops.toCompute(context)))
                .get(0));
        lifetimes.end();
        PointerScope.getInnerScope().attach(out);
        out.close(); // the scope has a reference now
        return out;
    }
}
