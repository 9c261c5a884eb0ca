package org.selfdiff.stages.classification;

import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.compute.Setting;

/**
 * How a linear probe is fitted.
 *
 * @param strength C: the more, the less it is regularised
 * @param standardised whether embeddings are brought to mean 0 and deviation 1 before
 * @param balanced whether all classes count alike however many rows they have
 */
public record ProbeSettings(double strength, boolean standardised, boolean balanced) {

    /** Refuses a strength that cannot be. */
    ProbeSettings checked() throws RunFailed {
        Setting.check("strength (C)", strength, 1e-9, 1e9);
        return this;
    }
}
