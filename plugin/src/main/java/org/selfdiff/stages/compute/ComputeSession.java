package org.selfdiff.stages.compute;

import java.util.List;
import java.util.Map;
import org.selfdiff.engine.ComputeLease;
import org.selfdiff.engine.Device;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.engine.Engine;
import org.selfdiff.nn.ComputeType;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.tensors.ScriptMethod;
import org.selfdiff.tensors.ScriptModule;
import org.selfdiff.tensors.TensorScope;
import org.selfdiff.train.Precision;

/**
 * A device for the time of a stage: the right to it, a scope of tensors on it, and the number type that is used there.
 */
public final class ComputeSession implements AutoCloseable {
    private final Engine engine;

    private final Engine.Resolved resolved;

    private final ComputeLease lease;

    private final TensorScope scope;

    private final ComputeType type;

    private final String typeReason;

    private ComputeSession(
            final Engine engine,
            final Engine.Resolved resolved,
            final ComputeLease lease,
            final TensorScope scope,
            final Precision precision) {
        this.engine = engine;
        this.resolved = resolved;
        this.lease = lease;
        this.scope = scope;
        final boolean gpu = !resolved.device().isCpu();
        final boolean bf16 = precision == Precision.BF16 || precision == Precision.AUTO && gpu;
        this.type = bf16 ? ComputeType.BFLOAT16 : ComputeType.FLOAT32;
        this.typeReason = precision != Precision.AUTO ? "as chosen" : gpu ? "on a GPU" : "on a processor";
    }

    /**
     * Starts the engine, and waits for the device.
     *
     * @param holder who computes, for those who wait
     */
    public static ComputeSession open(
            final DeviceChoice choice, final Precision precision, final String holder, final RunControl control)
            throws RunFailed, RunCancelled {
        control.progress(0, "starting LibTorch");
        final Engine engine = Engine.start();
        final Engine.Resolved resolved = engine.resolve(choice);
        final ComputeLease lease = ComputeLease.acquire(resolved.device(), holder, control);
        final ComputeSession session =
                new ComputeSession(engine, resolved, lease, TensorScope.open(resolved.device()), precision);
        control.progress(0, "on " + session.description());
        return session;
    }

    /** The device. */
    public Device device() {
        return resolved.device();
    }

    /**
     * Device and number type with the reasons for them, for instance {@code cpu (as chosen), fp32 (on a processor)}.
     */
    public String description() {
        return resolved + ", " + (type == ComputeType.BFLOAT16 ? "bf16" : "fp32") + " (" + typeReason + ")";
    }

    /** The number type of networks. */
    public ComputeType type() {
        return type;
    }

    /** The right to the device. */
    public ComputeLease lease() {
        return lease;
    }

    /** Owns the stage's tensors. */
    public TensorScope scope() {
        return scope;
    }

    /** Versions of the software that computes. */
    public Map<String, String> versions() {
        return engine.versions();
    }

    /** Compiles scripts for the device. */
    public ScriptModule compile(final List<ScriptMethod> methods) throws RunFailed {
        return ScriptModule.compile(device(), methods);
    }

    @Override
    public void close() {
        scope.close();
        lease.close();
    }
}
