package org.knime.node.parameters.widget;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.updates.StateProvider;

/** What an optional parameter becomes when it is switched on. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface OptionalWidget {
    Class<? extends DefaultValueProvider<?>> defaultProvider();

    /**
     * Gives the value.
     *
     * @param <T> type of the value
     */
    interface DefaultValueProvider<T> extends StateProvider<T> {

        @Override
        default void init(StateProviderInitializer initializer) {
            initializer.computeBeforeOpenDialog();
        }
    }
}
