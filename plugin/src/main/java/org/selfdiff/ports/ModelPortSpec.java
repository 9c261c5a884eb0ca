package org.selfdiff.ports;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.ModelContentWO;
import org.knime.core.node.port.AbstractSimplePortObjectSpec;
import org.selfdiff.model.ModelCard;
import org.selfdiff.model.ModelInput;
import org.selfdiff.model.ModelTask;
import org.selfdiff.run.RunFailed;

/**
 * What is known about a model before it is there: its card. A node refuses a wrong model while it is configured, not after
 * hours of computing.
 */
public final class ModelPortSpec extends AbstractSimplePortObjectSpec {

    /** Saves and loads the specification. */
    public static final class Serializer extends AbstractSimplePortObjectSpecSerializer<ModelPortSpec> {}

    private static final String CARD = "card";

    private ModelCard card;

    /** For KNIME, which loads the content afterwards. */
    public ModelPortSpec() {}

    /** Creates the specification of a model with the card. */
    public ModelPortSpec(final ModelCard card) {
        this.card = card;
    }

    /** The model's card. */
    public ModelCard card() {
        return card;
    }

    /**
     * Refuses a model of another kind.
     *
     * @param task what the node needs
     * @param needed the node that makes such a model, for the error
     * @return the card
     * @throws InvalidSettingsException the model does not fit
     */
    public ModelCard require(final Class<? extends ModelTask> task, final String needed)
            throws InvalidSettingsException {
        if (!task.isInstance(card.task())) {
            throw new InvalidSettingsException(
                    "The model on the port is a " + card.task().title() + ", not a " + ModelTask.title(task)
                            + ". Connect the model of a " + needed + ".");
        }
        return card;
    }

    /**
     * Refuses a model of another kind, or one that is neither for grey nor for colour pictures.
     *
     * @param task what the node needs
     * @param needed the node that makes such a model, for the error
     * @return the card
     * @throws InvalidSettingsException the model does not fit
     */
    public ModelCard requirePictures(final Class<? extends ModelTask> task, final String needed)
            throws InvalidSettingsException {
        require(task, needed);
        if (!(card.input() instanceof ModelInput.Pixels pixels) || pixels.channels() != 1 && pixels.channels() != 3) {
            throw new InvalidSettingsException("The model on the port takes "
                    + card.input().describe()
                    + ", not pictures of 1 channel (grey) or 3 (colour). Connect a model that a "
                    + needed + " trained on such pictures.");
        }
        return card;
    }

    @Override
    protected void save(final ModelContentWO model) {
        model.addString(CARD, card.toJson());
    }

    @Override
    protected void load(final ModelContentRO model) throws InvalidSettingsException {
        try {
            card = ModelCard.fromJson(model.getString(CARD), "model port");
        } catch (RunFailed e) {
            throw new InvalidSettingsException(e.getMessage(), e);
        }
    }
}
