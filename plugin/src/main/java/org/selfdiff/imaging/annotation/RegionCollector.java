package org.selfdiff.imaging.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** Takes what a reader finds in a file: checks outlines, keeps to the limits, notes repairs. */
final class RegionCollector {
    private static final int MAX_WARNINGS = 100;

    private static final String NON_ZERO = "it is filled by the non-zero rule";

    /** Share of a region that may be in doubt without anybody having to decide: hands that draw outlines do tremble. */
    private static final double SLIP = 0.01;

    private final String file;

    private final AnnotationSettings settings;

    private final RunControl control;

    private final List<Region> regions = new ArrayList<>();

    private final List<String> warnings = new ArrayList<>();

    private final Map<String, Integer> ignored = new TreeMap<>();

    private Optional<Annotations.Size> size = Optional.empty();

    private int repairs;

    private int vertices;

    RegionCollector(final String file, final AnnotationSettings settings, final RunControl control) {
        this.file = file;
        this.settings = settings;
        this.control = control;
    }

    String file() {
        return file;
    }

    AnnotationSettings settings() {
        return settings;
    }

    RunControl control() {
        return control;
    }

    /** The class, or the one of regions without any. */
    String classOr(final String name) {
        return name == null || name.isBlank() ? settings.defaultClass() : name.strip();
    }

    /** Counts vertices before there is memory for them. */
    void count(final int more) throws RunFailed {
        if (more > settings.maxVertices() - vertices) {
            throw tooMany("vertices", settings.maxVertices());
        }
        vertices += more;
    }

    /** Takes counted vertices back that turned out not to be needed. */
    void uncount(final int less) {
        vertices -= less;
    }

    /** Adds a region at the end. */
    void add(final Region region) throws RunFailed {
        if (regions.size() == settings.maxRegions()) {
            throw tooMany("regions", settings.maxRegions());
        }
        regions.add(region);
    }

    private RunFailed tooMany(final String what, final int limit) {
        return new RunFailed(
                "The file holds more than " + limit + " " + what,
                file,
                "Split it into several files, or raise the limit if the number is real.");
    }

    /** Notes the size of the picture that the file says it is of. */
    void size(final long width, final long height) {
        size = Optional.of(new Annotations.Size(width, height));
    }

    /** Notes that something was left out that is no region, such as a point. */
    void ignore(final String kind) {
        ignored.merge(kind, 1, Integer::sum);
    }

    /** Stops, or notes the repair. */
    void fault(final String what, final String repair, final String where) throws RunFailed {
        if (settings.faulty() == FaultyPolygons.FAIL) {
            throw new RunFailed(
                    what,
                    where,
                    "Correct the outline in the program it was drawn with, or set \"Faulty outlines\" to \"Repair\".");
        }
        repaired(what, repair, where);
    }

    private void repaired(final String what, final String repair, final String where) {
        if (repairs++ < MAX_WARNINGS) {
            warnings.add(what + " (" + where + "); " + repair + ".");
        }
    }

    /**
     * Makes a ring of vertices.
     *
     * @param xy interleaved
     * @param closed whether the format repeats the first vertex at the end
     * @return {@code null} if it encloses nothing and was left out
     */
    Ring ring(final double[] xy, final boolean closed, final Place place) throws RunFailed, RunCancelled {
        final int given = xy.length / 2;
        final double[] clean = Outline.clean(xy);
        if (clean.length < 6 || Outline.onOneLine(clean)) {
            fault(
                    "The outline encloses nothing: it has fewer than 3 distinct points, or all on one line",
                    "it was left out",
                    place.toString());
            return null;
        }
        if (closed && (xy[0] != xy[xy.length - 2] || xy[1] != xy[xy.length - 1])) {
            fault("The outline is open: its last vertex is not its first", "it was closed", place.vertex(given));
        }
        final Ring ring = Ring.of(clean);
        final int crossing = Crossings.first(ring, control);
        if (crossing == Crossings.UNDECIDED) {
            fault(
                    "The outline has too many edges over each other to see whether it crosses itself",
                    NON_ZERO,
                    place.toString());
        } else if (crossing != Crossings.NONE) {
            final double doubtful = Winding.doubtful(ring);
            final String what = String.format(
                    Locale.ROOT,
                    "The outline crosses itself near column %s, row %s, which leaves %.3g %% of the region in doubt",
                    ring.x(crossing),
                    ring.y(crossing),
                    100 * doubtful);
            final String where = place.vertex(Outline.vertex(xy, ring.x(crossing), ring.y(crossing)));
            if (doubtful <= SLIP) {
                repaired(what, NON_ZERO, where);
            } else {
                fault(what, NON_ZERO, where);
            }
        }
        return ring;
    }

    /** What was taken. */
    Annotations annotations() {
        final List<String> all = new ArrayList<>(warnings);
        if (repairs > MAX_WARNINGS) {
            all.add("And " + (repairs - MAX_WARNINGS) + " more repairs (" + file + ").");
        }
        ignored.forEach((kind, count) -> all.add(count + " x " + kind + " left out (" + file + ")."));
        return Annotations.of(regions, all, size);
    }
}
