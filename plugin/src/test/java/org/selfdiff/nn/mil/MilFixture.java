package org.selfdiff.nn.mil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.engine.Device;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.nn.Fixture;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.NetworkFunction;
import org.selfdiff.nn.Ops;
import org.selfdiff.nn.Parameter;
import org.selfdiff.nn.ScriptOps;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.Tensor;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.weights.SafeTensors;
import org.selfdiff.weights.StoredTensor;
import org.selfdiff.weights.Weight;

/** Weights, a bag and the answers of a published network. */
public final class MilFixture {
    private final Map<String, Weight> all = new LinkedHashMap<>();

    private final Map<String, String> facts;

    private final String name;

    /** Reads one. */
    public MilFixture(final String name) throws RunFailed {
        this.name = name;
        try (SafeTensors in = SafeTensors.open(Path.of("src/test/resources/fixtures/mil", name + ".safetensors"))) {
            for (final StoredTensor t : in.tensors().values()) {
                if (t.type().name().equals("F32")) {
                    all.put(t.name(), new Weight(t.shape(), in.floats(t.name())));
                } else if (t.type().name().equals("BOOL")) {
                    final byte[] bytes = in.bytes(t.name());
                    final float[] values = new float[bytes.length];
                    for (int i = 0; i < bytes.length; i++) {
                        values[i] = bytes[i];
                    }
                    all.put(t.name(), new Weight(t.shape(), values));
                }
            }
            facts = in.metadata();
        }
    }

    /** The same under other names. */
    public MilFixture named(final String theirs, final String ours) {
        for (final String key : List.copyOf(all.keySet())) {
            if (key.contains(theirs)) {
                all.put(key.replace(theirs, ours), all.remove(key));
            }
        }
        return this;
    }

    /** All tensors by name. */
    public Map<String, Weight> all() {
        return all;
    }

    /** A number of the network. */
    public int number(final String fact) {
        return Integer.parseInt(fact(fact));
    }

    /** Whether something holds. */
    public boolean flag(final String fact) {
        return Boolean.parseBoolean(fact(fact));
    }

    /** What is said about it. */
    public String fact(final String fact) {
        assertTrue(facts.containsKey(fact), name + " says nothing of " + fact);
        return facts.get(fact);
    }

    /** A tensor. */
    public Weight get(final String key) {
        assertTrue(all.containsKey(key), name + " has no " + key + " but " + all.keySet());
        return all.get(key);
    }

    /** The inputs of a network for bags: tiles without regions, at places of their own. */
    public List<Weight> bag() {
        final Weight x = get("in.features");
        final int n = (int) x.shape()[0];
        final float[] places = new float[2 * n];
        for (int i = 0; i < n; i++) {
            places[2 * i] = i;
        }
        return List.of(
                new Weight(new long[] {n, 1, x.shape()[1]}, x.values()),
                new Weight(new long[] {n, 1, 1, 2}, new float[2 * n]),
                new Weight(new long[] {n, 1, 2}, places));
    }

    /** What a network for bags says of the bag. */
    List<Weight> run(final BagNetwork network) throws RunFailed {
        return run(new Alone(network, (int) get("in.features").shape()[1]), bag());
    }

    /** What a network's first function says of inputs. */
    public List<Weight> run(final Network network, final List<Weight> inputs) throws RunFailed {
        return Fixture.run(network, network.functions().get(0).name(), all, inputs);
    }

    /** Ten times what the reference itself loses in 32 bits, at least 1e-5, as the fixtures' description says. */
    public double tolerance() {
        return Math.max(1e-5, 10 * Double.parseDouble(facts.getOrDefault("max_rel_dev_f32_f64", "0")));
    }

    /** Compares with a tensor, relative to the larger of 1 and the value. */
    public void check(final String key, final Weight actual) {
        check(key, actual.values());
    }

    /** Compares with a tensor, relative to the larger of 1 and the value. */
    public void check(final String key, final float... actual) {
        final float[] expected = get(key).values();
        assertEquals(expected.length, actual.length, name + " " + key);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    expected[i],
                    actual[i],
                    tolerance() * Math.max(1, Math.abs(expected[i])),
                    name + " " + key + " at " + i);
        }
    }

    /**
     * Compares a loss and its gradients.
     *
     * @param loss expression of {@code out} and the target {@code y}
     */
    void checkGradients(final BagNetwork network, final String loss, final Weight target) throws RunFailed {
        final Network alone = new Alone(network, (int) get("in.features").shape()[1]);
        final ScriptMethod gradients = new ScriptMethod(
                "gradients",
                """
                def gradients(self: __torch__.Net,
                    x: List[Tensor],
                    y: Tensor,
                    p: List[Tensor]) -> List[Tensor]:
                  out = self.all(x[0], x[1], x[2], p)
                  loss = %s
                  found = torch.grad([loss], p)
                  g = annotate(List[Tensor], [])
                  torch.append(g, torch.detach(loss))
                  for i in range(torch.len(found)):
                    torch.append(g, unchecked_cast(Tensor, found[i]))
                  return g
                """
                        .formatted(loss));
        try (ScriptModule module = ScriptModule.compile(
                        Device.CPU, List.of(ScriptOps.method(alone, "all", ComputeType.FLOAT32), gradients));
                TensorScope scope = TensorScope.open(Device.CPU)) {
            final List<Tensor> inputs = new ArrayList<>();
            bag().forEach(w -> inputs.add(scope.floats(w.values(), w.shape())));
            final List<Tensor> parameters = new ArrayList<>();
            for (final Parameter p : alone.parameters()) {
                parameters.add(
                        scope.floats(get(p.name()).values(), p.dimensions()).differentiable());
            }
            final List<Tensor> out = module.call(
                    scope, true, "gradients", inputs, scope.floats(target.values(), target.shape()), parameters);
            check("train.loss", out.get(0).toFloats());
            for (int i = 0; i < parameters.size(); i++) {
                check("grad." + alone.parameters().get(i).name(), out.get(1 + i).toFloats());
            }
        }
    }

    /** A network for bags with all it shows. */
    private record Alone(BagNetwork network, int width) implements Network {
        @Override
        public List<NetworkFunction> functions() {
            return List.of(new All(network, width));
        }
    }

    private record All(BagNetwork network, int width) implements NetworkFunction {
        @Override
        public String name() {
            return "all";
        }

        @Override
        public List<Input> inputs() {
            return List.of(Input.of("x", 7, 1, width), Input.of("seen", 7, 1, 1, 2), Input.exact("places", 7, 1, 2));
        }

        @Override
        public <T> List<T> apply(final Ops<T> ops, final List<T> in) {
            return network.show(ops, new Tiles<>(in.get(0), in.get(1), in.get(2)));
        }
    }
}
