package org.selfdiff.metrics.classification;

/**
 * Harrell's C of survival times (JAMA 1982): of all pairs in which it is known who had the event first, the share whose
 * earlier one was given the higher risk. Known is a pair of an event and any later time, or of an event and a censored
 * case at the same time; two events at the same time are not compared.
 *
 * @param concordant pairs with the higher risk on the earlier event
 * @param discordant pairs with the lower one there
 * @param tied pairs of equal risk, which count one half
 * @param sameTime how many of all pairs are an event and a censored case at the same time
 */
public record Concordance(long concordant, long discordant, long tied, long sameTime) {

    /**
     * Counts pairs.
     *
     * @param time of event or censoring
     * @param event whether the event was seen; else the case was censored
     * @param risk higher means an earlier event
     * @param tolerance risks that differ by no more count as equal: 0 as in lifelines, 1e-8 as in scikit-survival
     */
    public static Concordance of(
            final double[] time, final boolean[] event, final double[] risk, final double tolerance) {
        long concordant = 0;
        long discordant = 0;
        long tied = 0;
        long sameTime = 0;
        for (int i = 0; i < time.length; i++) {
            if (!event[i]) {
                continue;
            }
            for (int j = 0; j < time.length; j++) {
                final boolean same = time[j] == time[i] && !event[j];
                if (!same && !(time[j] > time[i])) {
                    continue;
                }
                sameTime += same ? 1 : 0;
                final double gap = risk[i] - risk[j];
                if (Math.abs(gap) <= tolerance) {
                    tied++;
                } else if (gap > 0) {
                    concordant++;
                } else {
                    discordant++;
                }
            }
        }
        return new Concordance(concordant, discordant, tied, sameTime);
    }

    /** Pairs that can be compared. */
    public long pairs() {
        return concordant + discordant + tied;
    }

    /** The index, 0 to 1, 0.5 for chance; {@code NaN} where no pair can be compared. */
    public double index() {
        return (concordant + tied / 2.0) / pairs();
    }
}
