package org.selfdiff.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.selfdiff.fuzz.targets.AnnotationTargets;
import org.selfdiff.fuzz.targets.FeatureTargets;
import org.selfdiff.fuzz.targets.Jpeg2000Targets;
import org.selfdiff.fuzz.targets.PictureTargets;
import org.selfdiff.fuzz.targets.PngTargets;
import org.selfdiff.fuzz.targets.SlideTargets;
import org.selfdiff.fuzz.targets.TextTargets;
import org.selfdiff.fuzz.targets.WeightTargets;

/** All targets. */
public final class Targets {
    /** See {@link Planted}. */
    static final Target PLANTED = Target.of("planted", 1_000_000, Planted::read, () -> Map.of("start", new byte[16]));

    private Targets() {}

    /** The targets of a session, in the order of their names' packages. */
    public static List<Target> all() {
        final List<Target> all = new ArrayList<>();
        all.addAll(PngTargets.all());
        all.addAll(PictureTargets.all());
        all.addAll(SlideTargets.all());
        all.addAll(Jpeg2000Targets.all());
        all.addAll(AnnotationTargets.all());
        all.addAll(TextTargets.all());
        all.addAll(WeightTargets.all());
        all.addAll(FeatureTargets.all());
        return List.copyOf(all);
    }

    /**
     * The target of a name.
     *
     * @throws IllegalArgumentException listing the names
     */
    static Target named(final String name) {
        if (PLANTED.name().equals(name)) {
            return PLANTED;
        }
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no target \"" + name + "\"; there are "
                        + String.join(", ", all().stream().map(Target::name).toList())));
    }
}
