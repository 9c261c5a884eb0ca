package org.selfdiff.nodes.common;

import org.knime.node.parameters.widget.choices.Label;
import org.selfdiff.stages.slides.CutTiles;

/** What a node that reads the tiles of many slides does about a slide that cannot be read. */
public enum UnreadableSlide {
    /** What of it cannot be read is left out. */
    @Label(value = "Skip", description = "What of it cannot be read is left out, and the node's warning says why.")
    SKIP,
    /** The node fails. */
    @Label(value = "Fail", description = "The node fails and says which slide and why.")
    FAIL;

    /** The dialog's name of the setting. */
    public static final String TITLE = "If a slide cannot be read";

    /** What the setting is about. */
    public static final String DESCRIPTION =
            "A slide may turn out to be damaged only here, because the Tiler need not read every tile.";

    /** As stages know it. */
    public CutTiles.OnFailure policy() {
        return this == SKIP ? CutTiles.OnFailure.SKIP_AND_REPORT : CutTiles.OnFailure.FAIL;
    }
}
