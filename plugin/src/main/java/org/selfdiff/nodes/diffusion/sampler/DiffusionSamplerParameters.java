package org.selfdiff.nodes.diffusion.sampler;

import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.ComputeParameters;
import org.selfdiff.nodes.common.SamplerChoice;
import org.selfdiff.nodes.common.VectorColumns;

/** Settings of the Diffusion Sampler. */
@LoadDefaultsForAbsentFields
final class DiffusionSamplerParameters implements NodeParameters {

    @Widget(
            title = "Folder",
            description =
                    "Folder that takes the pictures, in a folder of their own that is named after model, conditions and "
                            + "settings. Absolute, relative to the workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "folder")
    String folder = "data/samples";

    @Widget(
            title = "Pictures",
            description =
                    "Number of pictures of a model that is told nothing. With conditions, there is one picture per row.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "pictures")
    int pictures = 16;

    @Widget(
            title = "Embedding column",
            description = "Column of the conditions. Empty takes the last one that an encoder made.")
    @ChoicesProvider(VectorColumns.OfSecondInput.class)
    @Persist(configKey = "embedding_column")
    String embeddingColumn = "";

    @Widget(title = "Sampler", description = "How the noise is taken away.")
    @Persist(configKey = "sampler")
    SamplerChoice sampler = SamplerChoice.DPM_SOLVER_2M;

    @Widget(title = "Steps", description = "Steps of the sampler; more steps, finer pictures.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "steps")
    int steps = 25;

    @Widget(
            title = "Guidance scale",
            description =
                    "How strongly a condition decides (classifier-free guidance, Ho and Salimans 2022). 1 is what was "
                            + "learnt, 2 to 4 is nearer to the condition and less varied. Without effect where there are none.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "guidance")
    double guidance = 2;

    @Widget(
            title = "Strength",
            description =
                    "How far a picture may leave the tile that it starts from (SDEdit, Meng et al. 2022): 0 keeps the tile, 1"
                            + " starts from almost pure noise, of which only the coarsest shades are the tile's. Below 1 without"
                            + " a table on the third input, the rows of the conditions must be tiles themselves.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "strength")
    double strength = 1;

    @Advanced
    @Widget(
            title = "Batch size",
            description = "Pictures that a GPU draws at once; a CPU draws them one by one. No picture depends on it.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Persist(configKey = "batch_size")
    int batchSize = 16;

    @Persist(configKey = "compute")
    ComputeParameters compute = new ComputeParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        if (folder.isBlank()) {
            throw new InvalidSettingsException("Setting \"Folder\" is empty. Give a folder for the pictures.");
        }
        Checks.range("Pictures", pictures, 1, 1_000_000);
        Checks.range("Steps", steps, 1, 1000);
        Checks.range("Guidance scale", guidance, 0, 100);
        Checks.range("Strength", strength, 0, 1);
        Checks.range("Batch size", batchSize, 1, 4096);
        compute.validate();
    }
}
