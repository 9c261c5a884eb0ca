package org.selfdiff.imaging.phantom;

import java.util.List;
import org.selfdiff.imaging.SeededRandom;

/**
 * Which findings the patients of a set have.
 *
 * @param kinds those that occur, equally frequent; at least one, {@link ChestFinding#NONE} not among them
 * @param prevalence share of patients with a finding, 0 to 1
 * @param strength how much of the rays a finding takes, 1 as usual; whatever takes the place of all air takes no more
 */
public record ChestFindings(List<ChestFinding> kinds, double prevalence, double strength) {
    private static final long FINDING = 12;

    /** Copies the list. */
    public ChestFindings {
        kinds = List.copyOf(kinds);
        if (kinds.isEmpty() || kinds.contains(ChestFinding.NONE)) {
            throw new IllegalArgumentException("kinds of findings: " + kinds);
        }
    }

    /** All kinds in their usual strength. */
    public static ChestFindings usual(final double prevalence) {
        return new ChestFindings(
                List.of(ChestFinding.NODULE, ChestFinding.CONSOLIDATION, ChestFinding.EFFUSION), prevalence, 1);
    }

    /** What a patient has. */
    ChestFinding of(final long seed, final int patient) {
        final SeededRandom random = new SeededRandom(seed, patient, FINDING);
        return random.chance(prevalence) ? kinds.get(random.nextInt(kinds.size())) : ChestFinding.NONE;
    }
}
