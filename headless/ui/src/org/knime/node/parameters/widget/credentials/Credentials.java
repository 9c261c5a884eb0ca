package org.knime.node.parameters.widget.credentials;

import java.util.Objects;

/** A name and a password; passwords are never stored here. */
public final class Credentials {

    private final String username;
    private final String password;
    private final String secondFactor;

    public Credentials() {
        this("", "");
    }

    public Credentials(String username, String password) {
        this(username, password, null);
    }

    public Credentials(String username, String password, String secondFactor) {
        this.username = username;
        this.password = password;
        this.secondFactor = secondFactor;
    }

    public String getUsername() {
        return username;
    }

    public String getPassword() {
        return password;
    }

    public String getSecondFactor() {
        return secondFactor;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credentials that
                && Objects.equals(username, that.username)
                && Objects.equals(password, that.password)
                && Objects.equals(secondFactor, that.secondFactor);
    }

    @Override
    public int hashCode() {
        return Objects.hash(username, password, secondFactor);
    }
}
