package org.selfdiff.weights;

/** What a model is for; a node takes models of one kind. */
public enum ModelKind {
    /** Predicts the noise in a picture, or the picture in the noise. */
    DIFFUSION_UNET("diffusion U-Net"),
    /** Gives every pixel a class. */
    SEGMENTATION_UNET("segmentation U-Net"),
    /** Turns a tile into a vector, trained by self-distillation. */
    DINO_ENCODER("DINO encoder"),
    /** Turns a picture into a small one of more channels and back. */
    AUTOENCODER("variational autoencoder"),
    /** A diffusion model that is told what to make. */
    CONDITIONED_DIFFUSION("conditioned diffusion model"),
    /** Gives a picture a class. */
    CLASSIFIER("tile classifier"),
    /** Gives a bag of tiles a class. */
    MIL("multiple-instance model");

    private final String title;

    ModelKind(final String title) {
        this.title = title;
    }

    /** The kind in words, to be put behind "a". */
    public String title() {
        return title;
    }
}
