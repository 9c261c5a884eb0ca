package org.knime.node.parameters.widget.credentials;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for a name and a password. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface CredentialsWidget {
    String usernameLabel() default UsernameWidget.DEFAULT_USERNAME_LABEL;

    String passwordLabel() default PasswordWidget.DEFAULT_PASSWORD_LABEL;

    boolean hasSecondAuthenticationFactor() default false;

    String secondFactorLabel() default PasswordWidget.DEFAULT_SECOND_FACTOR_LABEL;
}
