package org.selfdiff.bench.slides.readers;

/** A library that a reader needs is not on this machine. The message says how to get it. */
public final class NotInstalled extends Exception {
    private static final long serialVersionUID = 1L;

    /** Names the Debian package. */
    NotInstalled(final String debianPackage, final Throwable cause) {
        super("not installed: apt install " + debianPackage, cause);
    }
}
