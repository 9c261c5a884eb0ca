package org.selfdiff.nodes.bags.comparison;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.persistence.Persist;
import org.selfdiff.nn.mil.MilSpec;

/** Which methods are compared. */
@LoadDefaultsForAbsentFields
final class MethodParameters implements NodeParameters {

    @Widget(
            title = "Regional transformer",
            description =
                    "Tiles look at each other inside regions, then regions at each other (after Cersovsky et al. 2023).")
    @Persist(configKey = "regional")
    boolean regional = true;

    @Widget(title = "Gated attention (ABMIL)", description = "Attention-based pooling with a gate (Ilse et al. 2018).")
    @Persist(configKey = "gated_abmil")
    boolean gatedAbmil = true;

    @Widget(title = "Attention (ABMIL)", description = "Attention-based pooling without the gate.")
    @Persist(configKey = "abmil")
    boolean abmil;

    @Widget(
            title = "CLAM, one attention (CLAM-SB)",
            description = "Gated attention, and classifiers of tiles (Lu et al. 2021).")
    @Persist(configKey = "clam_sb")
    boolean clamSb = true;

    @Widget(
            title = "CLAM, an attention for each class (CLAM-MB)",
            description = "The same, where each class attends on its own.")
    @Persist(configKey = "clam_mb")
    boolean clamMb;

    @Widget(
            title = "DSMIL",
            description = "Tiles count by how much they resemble the most certain one of a class (Li et al. 2021).")
    @Persist(configKey = "dsmil")
    boolean dsmil;

    @Widget(
            title = "TransMIL",
            description = "A transformer over the list of tiles with attention by landmarks (Shao et al. 2021).")
    @Persist(configKey = "transmil")
    boolean transmil;

    @Widget(
            title = "R2T",
            description = "Tiles embedded again by regions of their list, then attention (Tang et al. 2024).")
    @Persist(configKey = "r2t")
    boolean r2t;

    @Widget(
            title = "Global transformer",
            description = "Every tile looks at every other; memory grows with the square of the tiles.")
    @Persist(configKey = "global")
    boolean globalAttention;

    @Widget(
            title = "STAMP",
            description = "A transformer whose attention falls with distance on the slide (El Nahhas et al. 2024).")
    @Persist(configKey = "stamp")
    boolean stamp;

    @Widget(title = "Mean", description = "Mean of the tiles' own answers.")
    @Persist(configKey = "mean")
    boolean mean = true;

    @Widget(title = "Maximum", description = "Largest of the tiles' own answers.")
    @Persist(configKey = "max")
    boolean max = true;

    /** The chosen methods by their names in tables, in the order of the dialog. */
    Map<String, MilSpec.Method> chosen() {
        final Map<String, MilSpec.Method> chosen = new LinkedHashMap<>();
        final List<Offered> offered = List.of(
                new Offered(regional, "Regional", MilSpec.Method.REGIONAL),
                new Offered(gatedAbmil, "Gated ABMIL", MilSpec.Method.GATED_ABMIL),
                new Offered(abmil, "ABMIL", MilSpec.Method.ABMIL),
                new Offered(clamSb, "CLAM-SB", MilSpec.Method.CLAM_SB),
                new Offered(clamMb, "CLAM-MB", MilSpec.Method.CLAM_MB),
                new Offered(dsmil, "DSMIL", MilSpec.Method.DSMIL),
                new Offered(transmil, "TransMIL", MilSpec.Method.TRANSMIL),
                new Offered(r2t, "R2T", MilSpec.Method.RRT),
                new Offered(globalAttention, "Global", MilSpec.Method.GLOBAL),
                new Offered(stamp, "STAMP", MilSpec.Method.STAMP),
                new Offered(mean, "Mean", MilSpec.Method.MEAN),
                new Offered(max, "Maximum", MilSpec.Method.MAX));
        offered.stream().filter(Offered::wanted).forEach(o -> chosen.put(o.name, o.method));
        return chosen;
    }

    private record Offered(boolean wanted, String name, MilSpec.Method method) {}
}
