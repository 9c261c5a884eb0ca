package org.selfdiff.nodes.common;

import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.data.BatchSettings;

/** How many channels the pictures have that a network learns from. */
public enum LearntColours {
    /** Three channels. */
    @Label(value = "Colour", description = "Three channels, also where the tiles are grey.")
    COLOUR,
    /** One channel. */
    @Label(value = "Grey", description = "One channel, for radiographs; colour tiles are turned grey.")
    GREY;

    /** Channels, 1 or 3. */
    public int channels() {
        return this == GREY ? 1 : BatchSettings.COLOUR;
    }
}
