package org.knime.core.node;

import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Log of a class; writes to {@code java.util.logging} under the same name. */
public final class NodeLogger {

    /** Severity of a log line. */
    public enum LEVEL {
        ALL,
        DEBUG,
        INFO,
        WARN,
        ERROR,
        FATAL,
        OFF
    }

    private final Logger logger;

    private NodeLogger(String name) {
        logger = Logger.getLogger(name);
    }

    public static NodeLogger getLogger(Class<?> owner) {
        return getLogger(owner.getName());
    }

    public static NodeLogger getLogger(String name) {
        return new NodeLogger(name);
    }

    private void log(Level level, Object message, Throwable cause) {
        logger.logp(level, logger.getName(), null, cause, () -> String.valueOf(message));
    }

    private static Object lazy(Supplier<?> message) {
        return new Object() {
            @Override
            public String toString() {
                return String.valueOf(message.get());
            }
        };
    }

    public void debug(Object message) {
        log(Level.FINE, message, null);
    }

    public void debug(Object message, Throwable cause) {
        log(Level.FINE, message, cause);
    }

    public void debug(Throwable cause) {
        log(Level.FINE, cause.getMessage(), cause);
    }

    public void debug(Supplier<Object> message) {
        log(Level.FINE, lazy(message), null);
    }

    public void debugWithFormat(String format, Object... arguments) {
        log(Level.FINE, lazy(() -> String.format(java.util.Locale.ROOT, format, arguments)), null);
    }

    public void info(Object message) {
        log(Level.INFO, message, null);
    }

    public void info(Object message, Throwable cause) {
        log(Level.INFO, message, cause);
    }

    public void info(Supplier<Object> message) {
        log(Level.INFO, lazy(message), null);
    }

    public void infoWithFormat(String format, Object... arguments) {
        log(Level.INFO, lazy(() -> String.format(java.util.Locale.ROOT, format, arguments)), null);
    }

    public void warn(Object message) {
        log(Level.WARNING, message, null);
    }

    public void warn(Object message, Throwable cause) {
        log(Level.WARNING, message, cause);
    }

    public void warn(Throwable cause) {
        log(Level.WARNING, cause.getMessage(), cause);
    }

    public void warnWithFormat(String format, Object... arguments) {
        log(Level.WARNING, lazy(() -> String.format(java.util.Locale.ROOT, format, arguments)), null);
    }

    public void error(Object message) {
        log(Level.SEVERE, message, null);
    }

    public void error(Object message, Throwable cause) {
        log(Level.SEVERE, message, cause);
    }

    public void error(Throwable cause) {
        log(Level.SEVERE, cause.getMessage(), cause);
    }

    public void errorWithFormat(String format, Object... arguments) {
        log(Level.SEVERE, lazy(() -> String.format(java.util.Locale.ROOT, format, arguments)), null);
    }

    /** Reports a mistake of the programmer. */
    public void coding(Object message) {
        log(Level.SEVERE, "CODING PROBLEM: " + message, null);
    }

    public void coding(Object message, Throwable cause) {
        log(Level.SEVERE, "CODING PROBLEM: " + message, cause);
    }

    public boolean isDebugEnabled() {
        return logger.isLoggable(Level.FINE);
    }

    public boolean isInfoEnabled() {
        return logger.isLoggable(Level.INFO);
    }
}
