package org.knime.core.node;

import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** A mapper that is a table: name of then, class of today. */
public abstract class MapNodeFactoryClassMapper extends NodeFactoryClassMapper {

    /** The table; asked for once or often. */
    protected abstract Map<String, Class<? extends NodeFactory<? extends NodeModel>>> getMapInternal();

    public final Map<String, Class<? extends NodeFactory<? extends NodeModel>>> getMap() {
        return getMapInternal();
    }

    @Override
    public final NodeFactory<? extends NodeModel> mapFactoryClassName(String factoryClassName) {
        Class<? extends NodeFactory<? extends NodeModel>> factory =
                getMapInternal().get(factoryClassName);
        if (factory == null) {
            return null;
        }
        try {
            return factory.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The node " + factory.getName() + " cannot be made.", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The node " + factory.getName() + " cannot be made.", e);
        }
    }
}
