package org.selfdiff.stages.bags;

/**
 * The negative log partial likelihood of Cox's proportional hazards (J. R. Stat. Soc. B 1972), divided by the number of
 * events:
 *
 * <pre>1/D sum_i event_i (log sum_j w_ij exp(h_j) - h_i)</pre>
 *
 * with log hazards h and w_ij = 1 for all j that are still at risk at the time of i. Where several have the event at one
 * time, Breslow's approximation (Biometrics 1974) leaves it at that; Efron's (JASA 1977) takes the k-th of d of them out of
 * its own group by a share of k/d.
 *
 * @param time of the event, or until which there was none
 * @param event whether there was one
 * @param ties how events at one time are counted
 */
public record CoxLoss(double[] time, boolean[] event, Ties ties) {
    /** How events at one time are counted. */
    public enum Ties {
        /** As if each of them had all others at risk. */
        BRESLOW,
        /** As if they had followed each other in any order. */
        EFRON
    }

    /** Lines that make {@code losses} of {@code answers} (n, 1), log weights {@code x[0]} (n, n) and shares {@code x[1]}. */
    static final String SCRIPT =
            """
            hazards = torch.select(answers, 1, 0)
            reach = torch.logsumexp(torch.add(torch.unsqueeze(hazards, 0), x[0]), [1])
            losses = torch.mul(torch.sub(reach, hazards), x[1])
            """;

    static CoxLoss of(final double[] time, final boolean[] event, final Ties ties) {
        return new CoxLoss(time, event, ties);
    }

    /** Logarithms of w_ij, row by row; minus infinity where j is no longer at risk. */
    float[] logWeights() {
        final int n = time.length;
        final float[] logs = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                logs[i * n + j] = (float) Math.log(weight(i, j));
            }
        }
        return logs;
    }

    private double weight(final int i, final int j) {
        if (time[j] < time[i]) {
            return 0;
        }
        final boolean together = event[i] && event[j] && time[i] == time[j];
        if (ties == Ties.BRESLOW || !together) {
            return 1;
        }
        int before = 0;
        int all = 0;
        for (int k = 0; k < time.length; k++) {
            if (event[k] && time[k] == time[i]) {
                all++;
                before += k < i ? 1 : 0;
            }
        }
        return 1 - (double) before / all;
    }

    /** What each case counts, so that the mean over the cases is the mean over the events; 0 for all without an event. */
    float[] shares() {
        int events = 0;
        for (final boolean each : event) {
            events += each ? 1 : 0;
        }
        final float[] shares = new float[time.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = event[i] ? (float) time.length / events : 0;
        }
        return shares;
    }

    /** The loss of log hazards; 0 without an event. */
    double of(final double[] hazards) {
        double sum = 0;
        int events = 0;
        for (int i = 0; i < time.length; i++) {
            if (event[i]) {
                events++;
                double most = Double.NEGATIVE_INFINITY;
                for (int j = 0; j < time.length; j++) {
                    most = weight(i, j) > 0 ? Math.max(most, hazards[j]) : most;
                }
                double reach = 0;
                for (int j = 0; j < time.length; j++) {
                    reach += weight(i, j) * Math.exp(hazards[j] - most);
                }
                sum += most + Math.log(reach) - hazards[i];
            }
        }
        return events == 0 ? 0 : sum / events;
    }
}
