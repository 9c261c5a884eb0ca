package org.selfdiff.nodes.bags.writer;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.VectorColumns;

/** Settings of the Feature Writer. */
final class FeatureWriterParameters implements NodeParameters {
    @Widget(
            title = "Folder",
            description = "Folder that the files go into, one for each slide. Files of slides of the same names are "
                    + "replaced, others stay. Absolute, relative to the workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/features";

    @Widget(
            title = "Features",
            description =
                    "Column of the features: lists of numbers, double vectors, or references of a Feature Reader.")
    @ChoicesProvider(VectorColumns.class)
    @Persist(configKey = "column")
    String column = "";

    FeatureWriterParameters() {}

    FeatureWriterParameters(final NodeParametersInput input) {
        column = EmbeddingColumn.guess(input, 0);
    }
}
