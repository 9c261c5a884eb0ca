package org.selfdiff.bench.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selfdiff.bench.Inputs;
import org.selfdiff.bench.Workload;
import org.selfdiff.diffusion.DiffusionScript;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** A workload's network as SelfDiff runs it: one compiled script and lists of tensors. */
final class OwnNetwork implements AutoCloseable {
    private final Workload workload;

    private final Inputs inputs;

    private final Engine engine;

    private final TensorScope scope;

    private final ScriptModule module;

    /**
     * Starts the engine and compiles.
     *
     * @param more methods after that of the network
     */
    OwnNetwork(final Workload workload, final ComputeType type, final List<ScriptMethod> more) throws RunFailed {
        this.workload = workload;
        this.inputs = new Inputs(workload);
        this.engine = Engine.start();
        this.scope = TensorScope.open(Device.CPU);
        final List<ScriptMethod> methods = new ArrayList<>();
        methods.add(ScriptOps.method(workload.network(), DiffusionScript.PREDICT, type));
        methods.addAll(more);
        this.module = ScriptModule.compile(Device.CPU, methods);
    }

    Inputs inputs() {
        return inputs;
    }

    TensorScope scope() {
        return scope;
    }

    ScriptModule module() {
        return module;
    }

    /** The parameters before training; each call makes new tensors. */
    List<Tensor> weights() {
        final List<float[]> values = inputs.weights();
        final List<Tensor> tensors = new ArrayList<>();
        for (final Parameter parameter : workload.parameters()) {
            tensors.add(scope.floats(values.get(tensors.size()), parameter.dimensions()));
        }
        return tensors;
    }

    /** Zeros of the parameters' shapes. */
    List<Tensor> zeros() {
        return workload.parameters().stream()
                .map(p -> scope.zeros(p.dimensions()))
                .toList();
    }

    String version() {
        final Map<String, String> versions = engine.versions();
        versions.remove("threads"); // a column of the table
        return "SelfDiff's scripts, " + versions;
    }

    @Override
    public void close() {
        module.close();
        scope.close();
    }
}
