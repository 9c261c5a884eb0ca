package org.knime.node.parameters.array;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.knime.node.parameters.updates.StateProvider;

/** How an array of groups is shown. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface ArrayWidget {
    /** How the elements of an array are laid out. */
    enum ElementLayout {
        VERTICAL_CARD,
        HORIZONTAL_SINGLE_LINE
    }

    String addButtonText() default "";

    ElementLayout elementLayout() default ElementLayout.VERTICAL_CARD;

    String elementTitle() default "";

    boolean showSortButtons() default false;

    boolean hasFixedSize() default false;

    @SuppressWarnings("rawtypes")
    Class<? extends StateProvider> elementDefaultValueProvider() default StateProvider.class;
}
