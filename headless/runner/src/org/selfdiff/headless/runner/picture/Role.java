package org.selfdiff.headless.runner.picture;

import java.util.Locale;

/** What a node is for: the colour of its square, and the sign in it where it has no icon of its own. */
enum Role {
    SOURCE("#f0932b", "M-5-6h6l4 4v8h-10z M1-6v4h4"),
    SINK("#d64541", "M0-6v8 M-4-2l4 4 4-4 M-6 6h12"),
    LEARNER("#b9cf3a", "M-6-2l6-3 6 3-6 3z M-3 0v4q3 2 6 0v-4"),
    PREDICTOR("#3f9b4b", "M-6 4l4-5 3 3 5-7 M6-1v-4h-4"),
    MANIPULATOR("#f7c948", "M-6-4h12 M-6 0h12 M-6 4h12 M-2-6v4 M2-2v4 M-3 2v4"),
    VISUALIZER("#3aa6c9", "M-6 5h12 M-4 5v-5 M0 5v-9 M4 5v-7"),
    OTHER("#2a9d94", "M-5-5h10v10h-10z M-5 0h10 M0-5v10"),
    UNKNOWN("#9aa5b1", "M-3-3q0-3 3-3t3 3-3 3v2 M0 5.5v.5");

    private final String colour;

    private final String sign;

    Role(final String colour, final String sign) {
        this.colour = colour;
        this.sign = sign;
    }

    /** The role of that name, as KNIME's node types are called. */
    static Role of(final String name) {
        for (Role role : values()) {
            if (role.name().equals(name.toUpperCase(Locale.ROOT))) {
                return role;
            }
        }
        return OTHER;
    }

    String colour() {
        return colour;
    }

    /** A path around the origin, 12 pixels wide. */
    String sign() {
        return sign;
    }
}
