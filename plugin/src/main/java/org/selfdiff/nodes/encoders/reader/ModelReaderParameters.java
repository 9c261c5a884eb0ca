package org.selfdiff.nodes.encoders.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.selfdiff.model.foreign.Hints;
import org.selfdiff.model.foreign.Normalisation;
import org.selfdiff.nn.Resize;
import org.selfdiff.nodes.common.Checks;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.encoders.ReadModel;

/** Settings of the Model Reader. */
final class ModelReaderParameters implements NodeParameters {

    /** How pixels are normalised. */
    enum Preset {
        @Label(value = "Automatic", description = "What is usual for the network that was found.")
        AUTOMATIC,
        @Label(value = "ImageNet", description = "DINO, DINOv2, UNI, Virchow, Phikon, GigaPath, torchvision.")
        IMAGENET,
        @Label(value = "0.5", description = "From -1 to 1: Google's ViT, autoencoders.")
        HALF,
        @Label(value = "H-optimus", description = "H-optimus-0 and H0-mini.")
        HOPTIMUS,
        @Label(value = "XRV", description = "From -1024 to 1024: TorchXRayVision.")
        XRV,
        @Label(value = "Custom", description = "Means and deviations below.")
        CUSTOM
    }

    /** How a table of positions is brought to another number of patches. */
    enum Positions {
        @Label(value = "Automatic", description = "As whoever named the tensors does it.")
        AUTOMATIC,
        @Label(value = "DINO", description = "Cubic, scale with an offset of 0.1: DINO, and DINOv2 without registers.")
        DINO,
        @Label(value = "Hugging Face", description = "Cubic, by size: ViTModel and Dinov2Model.")
        HUGGING_FACE,
        @Label(value = "timm", description = "Cubic with averaging, by size: timm, and DINOv2 with registers.")
        TIMM
    }

    @Section(title = "Weights of others")
    interface Others {}

    @Section(title = "What names and shapes cannot tell")
    @After(Others.class)
    interface Unknown {}

    @Widget(
            title = "File",
            description =
                    "A model that the Model Writer wrote, or weights that others made: <tt>.safetensors</tt>, or a "
                            + "state dict of PyTorch (<tt>.pth</tt>, <tt>.pt</tt>, <tt>.bin</tt>), which is read as data. Absolute, "
                            + "relative to the workflow, or <tt>knime://</tt>.")
    @Persist(configKey = "file")
    String file = "";

    @Layout(Others.class)
    @Widget(
            title = "Name",
            description =
                    "What the encoder is called in tables and models, for instance UNI. Empty takes what was found.")
    @Persist(configKey = "name")
    String name = "";

    @Layout(Others.class)
    @Widget(
            title = "Normalisation",
            description = "How pixels, from 0 to 1, are brought to what the network was trained on.")
    @Persist(configKey = "normalisation")
    Preset normalisation = Preset.AUTOMATIC;

    @Layout(Others.class)
    @Widget(
            title = "Means",
            description =
                    "With custom normalisation: what is taken from each channel, separated by commas; one number is for "
                            + "all.")
    @Persist(configKey = "means")
    String means = "0.485, 0.456, 0.406";

    @Layout(Others.class)
    @Widget(title = "Deviations", description = "With custom normalisation: what each channel is then divided by.")
    @Persist(configKey = "deviations")
    String deviations = "0.229, 0.224, 0.225";

    @Layout(Others.class)
    @Widget(
            title = "Side",
            description =
                    "Side of the pictures in pixels that the network is given; tiles are brought to it. 0 takes the side "
                            + "that its table of positions was made for, but no more than 224.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "side")
    int side;

    @Advanced
    @Layout(Unknown.class)
    @Widget(
            title = "Heads",
            description =
                    "Heads of attention of a transformer. 0 takes 64 numbers a head, and 16 heads where ViT-H and larger "
                            + "ones have these.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "heads")
    int heads;

    @Advanced
    @Layout(Unknown.class)
    @Widget(
            title = "Positions",
            description =
                    "How a transformer's table of positions is brought to another number of patches. It matters where "
                            + "the side is not the one that the table was made for; the same weights then give other numbers.")
    @Persist(configKey = "positions")
    Positions positions = Positions.AUTOMATIC;

    @Advanced
    @Layout(Unknown.class)
    @Widget(title = "Groups", description = "Groups of an autoencoder's normalisations. 0 takes 32.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "groups")
    int groups;

    @Advanced
    @Layout(Unknown.class)
    @Widget(
            title = "Scale of latents",
            description = "What an autoencoder's latents are multiplied with. 0 takes 0.18215 for 4 channels (Stable "
                    + "Diffusion 1 and 2; SDXL's is 0.13025), and that of Stable Diffusion 3 for its 16.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Persist(configKey = "latent_scale")
    double latentScale;

    ReadModel.Request request() throws RunFailed {
        final Optional<Resize> resize =
                switch (positions) {
                    case AUTOMATIC -> Optional.empty();
                    case DINO -> Optional.of(new Resize(Resize.Kind.BICUBIC, false, 0.1));
                    case HUGGING_FACE -> Optional.of(Resize.bicubic(false));
                    case TIMM -> Optional.of(Resize.bicubic(true));
                };
        return new ReadModel.Request(
                UserPath.resolve(file, "File"),
                new Hints(heads, side, resize, groups, latentScale),
                name,
                normalisation());
    }

    private Optional<Normalisation> normalisation() throws RunFailed {
        return switch (normalisation) {
            case AUTOMATIC -> Optional.empty();
            case IMAGENET -> Optional.of(Normalisation.IMAGENET);
            case HALF -> Optional.of(Normalisation.HALF);
            case HOPTIMUS -> Optional.of(Normalisation.HOPTIMUS);
            case XRV -> Optional.of(Normalisation.XRV);
            case CUSTOM -> Optional.of(
                    new Normalisation(numbers(means, "Means", false), numbers(deviations, "Deviations", true)));
        };
    }

    private static List<Double> numbers(final String text, final String setting, final boolean positive)
            throws RunFailed {
        final List<Double> numbers = new ArrayList<>();
        for (final String part : text.split(",", -1)) {
            try {
                final double number = Double.parseDouble(part.trim());
                if (!Double.isFinite(number) || positive && number <= 0) {
                    throw new NumberFormatException(part);
                }
                numbers.add(number);
            } catch (NumberFormatException e) {
                throw new RunFailed(
                        "\"" + part.trim() + "\" is no " + (positive ? "number above 0" : "number"),
                        "setting \"" + setting + "\"",
                        "Write numbers like 0.485, 0.456, 0.406.",
                        e);
            }
        }
        return numbers;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Checks.range("Side", side, 0, 4096);
        Checks.range("Heads", heads, 0, 128);
        Checks.range("Groups", groups, 0, 1024);
        Checks.range("Scale of latents", latentScale, 0, 1e6);
    }
}
