package org.knime.core.data.container;

/** A table could not be written. */
public class DataContainerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DataContainerException(String message) {
        super(message);
    }

    public DataContainerException(String message, Throwable cause) {
        super(message, cause);
    }
}
