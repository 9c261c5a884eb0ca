package org.knime.node.parameters.widget.choices.util;

import java.util.Collection;
import java.util.List;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;

/** Columns of an input that can be read in one of some ways. */
public class CompatibleColumnsProvider implements FilteredInputTableColumnsProvider {

    private final Collection<Class<? extends DataValue>> values;

    protected CompatibleColumnsProvider(Collection<Class<? extends DataValue>> values) {
        this.values = List.copyOf(values);
    }

    protected CompatibleColumnsProvider(Class<? extends DataValue> value) {
        this(List.of(value));
    }

    @Override
    public boolean isIncluded(DataColumnSpec column) {
        return values.stream().anyMatch(column.getType()::isCompatible);
    }

    /** Columns with texts. */
    public static class StringColumnsProvider extends CompatibleColumnsProvider {

        protected StringColumnsProvider() {
            super(StringValue.class);
        }
    }

    /** Columns with numbers. */
    public static class DoubleColumnsProvider extends CompatibleColumnsProvider {

        protected DoubleColumnsProvider() {
            super(DoubleValue.class);
        }
    }
}
