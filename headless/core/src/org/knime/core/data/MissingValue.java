package org.knime.core.data;

/** A cell without a value. */
public interface MissingValue extends DataValue {

    /** Why there is no value, or {@code null}. */
    String getError();
}
