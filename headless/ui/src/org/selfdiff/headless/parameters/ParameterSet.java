package org.selfdiff.headless.parameters;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;

/** The parameters of a node: makes, stores, loads and checks them. */
public final class ParameterSet {

    private final Class<? extends NodeParameters> type;

    private ParameterSet(Class<? extends NodeParameters> type) {
        this.type = type;
    }

    public static ParameterSet of(Class<? extends NodeParameters> type) {
        return new ParameterSet(type);
    }

    /** Parameters as the constructor without arguments makes them. */
    public NodeParameters defaults() {
        return type.cast(create(type));
    }

    /** As {@link #defaults()}, or by the constructor that takes the input's specs if there is one. */
    public NodeParameters defaults(NodeParametersInput input) {
        try {
            Constructor<? extends NodeParameters> constructor = type.getDeclaredConstructor(NodeParametersInput.class);
            constructor.setAccessible(true);
            return constructor.newInstance(input);
        } catch (NoSuchMethodException e) {
            return defaults();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName() + " cannot be made from its inputs.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static Object create(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    type.getName() + " needs a constructor without arguments (and must be static if nested).", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made: " + e.getCause(), e);
        }
    }

    public void save(NodeParameters parameters, NodeSettingsWO settings) {
        ParameterStore.save(parameters, settings);
    }

    /** Reads settings, which must hold every key and no other. */
    public NodeParameters load(NodeSettingsRO settings) throws InvalidSettingsException {
        return type.cast(ParameterStore.load(type, settings));
    }

    /** Applies the rules of the fields and then those of the class. */
    public void validate(NodeParameters parameters) throws InvalidSettingsException {
        ParameterLimits.check(parameters);
        parameters.validate();
    }
}
