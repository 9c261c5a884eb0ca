package org.selfdiff.run;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Rate and remaining time of counted work. The rate is that of this run alone: work taken over from an earlier run does
 * not count.
 */
public final class Pace {
    private final String unit;

    /** Units that this run has not done itself; guarded by this. */
    private long first;

    private final long total;

    private final LongSupplier nanoClock;

    private final long start;

    /**
     * Starts the clock.
     *
     * @param unit plural of what is counted, for instance {@code steps}
     * @param first how many are done already
     * @param total how many there will be
     */
    public Pace(final String unit, final long first, final long total) {
        this(unit, first, total, System::nanoTime);
    }

    Pace(final String unit, final long first, final long total, final LongSupplier nanoClock) {
        this.unit = unit;
        this.first = first;
        this.total = total;
        this.nanoClock = nanoClock;
        this.start = nanoClock.getAsLong();
    }

    /** Counts units that turned out to be taken over from an earlier run: they count as done, and not for the rate. */
    public synchronized void takenOver(final long units) {
        first += units;
    }

    /** Units a second since the start, 0 before the first one. */
    public double rate(final long done) {
        return rate((double) done);
    }

    private synchronized double rate(final double done) {
        final double seconds = (nanoClock.getAsLong() - start) / 1e9;
        return seconds > 0 ? (done - first) / seconds : 0;
    }

    /**
     * A line such as {@code 120 of 400 steps, 3.1 steps/s, 1:30 left}.
     *
     * @param done how many are done, those before the start included
     */
    public String line(final long done) {
        return line(done, done, rate(done));
    }

    /**
     * The same for units that take long and of which parts are done: {@code 0 of 1 slides, 40.0 s each, 0:30 left}.
     *
     * @param done how many are done as a whole
     * @param share of all work that is done, with the parts, 0 to 1
     */
    public String line(final long done, final double share) {
        final double parts = share * total;
        return line(done, parts, rate(parts));
    }

    private String line(final long done, final double parts, final double rate) {
        final String count = done + " of " + total + " " + unit;
        if (rate <= 0) {
            return count;
        }
        final String speed = rate >= 1
                ? String.format(Locale.ROOT, "%.1f %s/s", rate, unit)
                : String.format(Locale.ROOT, "%.1f s each", 1 / rate);
        return count + ", " + speed + ", " + duration((total - parts) / rate) + " left";
    }

    /** {@code 0:07}, {@code 12:30} or {@code 3:05:00}. */
    public static String duration(final double seconds) {
        final long s = Math.max(0, Math.round(seconds));
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }
}
