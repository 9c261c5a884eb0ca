package org.selfdiff.nodes.common;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The columns of an input, and none of them, for a dialog to choose from; none is stored as an empty text. */
public class OptionalColumns implements StringChoicesProvider {
    private final int port;

    private final String none;

    private final Predicate<DataColumnSpec> included;

    /**
     * Offers columns.
     *
     * @param port index of the input
     * @param none how the choice of no column is shown
     * @param value what cells can be read as
     */
    protected OptionalColumns(final int port, final String none, final Class<? extends DataValue> value) {
        this.port = port;
        this.none = none;
        included = column -> column.getType().isCompatible(value);
    }

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final Stream<StringChoice> columns = context.getInTableSpec(port).stream()
                .flatMap(table -> table.stream())
                .filter(included)
                .map(column -> StringChoice.fromId(column.getName()));
        return Stream.concat(Stream.of(new StringChoice("", none)), columns).toList();
    }

    /** Columns of the first input that can be read as text, or none. */
    public static final class Texts extends OptionalColumns {
        /** For KNIME. */
        public Texts() {
            super(0, "None", StringValue.class);
        }
    }

    /** Columns of the first input with numbers, or none. */
    public static final class Numbers extends OptionalColumns {
        /** For KNIME. */
        public Numbers() {
            super(0, "None", DoubleValue.class);
        }
    }

    /** Columns of the first input of any kind, or the one that is found by itself. */
    public static final class Guessed extends OptionalColumns {
        /** For KNIME. */
        public Guessed() {
            super(0, "Found by name", DataValue.class);
        }
    }

    /** Columns of the second input of any kind, or the one that is found by itself. */
    public static final class OfSecondInput extends OptionalColumns {
        /** For KNIME. */
        public OfSecondInput() {
            super(1, "Found by name", DataValue.class);
        }
    }
}
