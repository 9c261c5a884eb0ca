package org.knime.node.parameters.layout;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The part of the dialog that a parameter stands in. */
@Retention(RetentionPolicy.RUNTIME)
public @interface Layout {
    Class<?> value();
}
