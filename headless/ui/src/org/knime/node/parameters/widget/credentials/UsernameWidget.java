package org.knime.node.parameters.widget.credentials;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for a name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface UsernameWidget {
    String DEFAULT_USERNAME_LABEL = "Username";

    String value() default DEFAULT_USERNAME_LABEL;
}
