package org.selfdiff.nodes.bags.learner;

import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.DataColumnSpec;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The columns of the table of labels where there is one, else of the tiles, and the one that is found by its name. */
public final class LabelColumns implements StringChoicesProvider {
    /** For KNIME. */
    public LabelColumns() {}

    @Override
    public List<StringChoice> computeState(final NodeParametersInput context) {
        final Stream<StringChoice> columns =
                context.getInTableSpec(MilLearnerNode.LABELS).or(() -> context.getInTableSpec(0)).stream()
                        .flatMap(table -> table.stream())
                        .map(DataColumnSpec::getName)
                        .map(StringChoice::fromId);
        return Stream.concat(Stream.of(new StringChoice("", "None, or found by its name")), columns)
                .toList();
    }
}
