package org.knime.node.parameters.widget.credentials;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for a password. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface PasswordWidget {
    String DEFAULT_PASSWORD_LABEL = "Password";

    String DEFAULT_SECOND_FACTOR_LABEL = "Second authentication factor";

    String passwordLabel() default DEFAULT_PASSWORD_LABEL;

    boolean hasSecondAuthenticationFactor() default false;

    String secondFactorLabel() default DEFAULT_SECOND_FACTOR_LABEL;
}
