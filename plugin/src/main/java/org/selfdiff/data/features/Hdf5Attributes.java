package org.selfdiff.data.features;

import io.jhdf.api.Attribute;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.selfdiff.run.RunFailed;

/** Attributes of a file or dataset. What is not there, empty, or of another kind than asked for, is absent. */
record Hdf5Attributes(Path path, Node node) {
    /** A text that is not blank, and not the {@code None} that Python makes of nothing. */
    Optional<String> text(final String name) throws RunFailed {
        return value(name) instanceof String text && !text.isBlank() && !text.equals("None")
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    /** A number, or the first of several. */
    OptionalDouble number(final String name) throws RunFailed {
        Object value = value(name);
        if (value != null && value.getClass().isArray() && Array.getLength(value) > 0) {
            value = Array.get(value, 0);
        }
        return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    boolean has(final String name) throws RunFailed {
        return Hdf5.guard(path, () -> attributes().containsKey(name));
    }

    private Object value(final String name) throws RunFailed {
        return Hdf5.guard(path, () -> {
            final Attribute attribute = attributes().get(name);
            return attribute == null ? null : attribute.getData();
        });
    }

    private Map<String, Attribute> attributes() {
        return node.getAttributes();
    }
}
