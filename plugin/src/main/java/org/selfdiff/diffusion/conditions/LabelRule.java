package org.selfdiff.diffusion.conditions;

import java.util.Optional;

/** Which label a condition between two sources gets. */
public enum LabelRule {
    /** That of the source. */
    SOURCE,

    /** That of the one that weighs more; the source's at equal weights. */
    NEARER,

    /** The label of both; none where they disagree. */
    AGREED;

    Optional<String> label(final Optional<String> source, final Optional<String> partner, final double partnerWeight) {
        return switch (this) {
            case SOURCE -> source;
            case NEARER -> partnerWeight > 0.5 ? partner : source;
            case AGREED -> source.equals(partner) ? source : Optional.empty();
        };
    }
}
