package org.selfdiff.bench.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selfdiff.bench.Contender;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.Engine;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.PictureEmbedding;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;

/** Embeddings by the script that the Tile Embedder calls. */
final class OwnEmbedding implements Contender {
    private final EmbedWorkload workload;

    private final Engine engine;

    private final TensorScope scope;

    private final ScriptModule module;

    private final List<Tensor> parameters = new ArrayList<>();

    OwnEmbedding(final EmbedWorkload workload) throws RunFailed {
        this.workload = workload;
        engine = Engine.start();
        scope = TensorScope.open(Device.CPU);
        final ComputeType type = workload.brainFloats() ? ComputeType.BFLOAT16 : ComputeType.FLOAT32;
        module = ScriptModule.compile(
                Device.CPU, List.of(ScriptOps.method(workload.network(), PictureEmbedding.EMBED, type)));
        final List<float[]> values = workload.weights();
        for (final Parameter parameter : workload.parameters()) {
            parameters.add(scope.floats(values.get(parameters.size()), parameter.dimensions()));
        }
    }

    @Override
    public double step(final int index) {
        try (TensorScope step = scope.child()) {
            final Tensor x = step.floats(workload.pictures(index), workload.shape());
            return EmbedWorkload.value(module.call(step, false, PictureEmbedding.EMBED, x, parameters)
                    .get(0)
                    .toFloats());
        }
    }

    @Override
    public String version() {
        final Map<String, String> versions = engine.versions();
        versions.remove("threads"); // said elsewhere
        return "SelfDiff's scripts, " + versions;
    }

    @Override
    public void close() {
        module.close();
        scope.close();
    }
}
