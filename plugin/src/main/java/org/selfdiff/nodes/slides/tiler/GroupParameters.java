package org.selfdiff.nodes.slides.tiler;

import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.selfdiff.data.Grouping;
import org.selfdiff.run.RunFailed;

/** What may not be on both sides of a split. */
final class GroupParameters implements NodeParameters {

    /** What belongs together. */
    enum GroupBy {
        @Label(
                value = "Picture",
                description =
                        "Each picture is a group of its own, named as its path within the folder of all pictures, unless "
                                + "the input table has a column Group.")
        PICTURE,
        @Label(value = "Folder", description = "The pictures of one folder are a group.")
        FOLDER,
        @Label(
                value = "Pattern",
                description = "Pictures whose names agree in what a regular expression finds are a group.")
        PATTERN
    }

    interface GroupByReference extends ParameterReference<GroupBy> {}

    static final class ByPattern implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(GroupByReference.class).isOneOf(GroupBy.PATTERN);
        }
    }

    @Widget(title = "Group by", description = "What may not be on both sides of a split.")
    @ValueSwitchWidget
    @ValueReference(GroupByReference.class)
    @Persist(configKey = "group_by")
    GroupBy groupBy = GroupBy.PICTURE;

    @Widget(
            title = "Group pattern",
            description =
                    "Regular expression that is found in the file's name; its first bracketed group, or else the whole "
                            + "match, names the group, for instance <tt>^(TCGA-..-....)</tt> for the patient.")
    @Effect(predicate = ByPattern.class, type = Effect.EffectType.SHOW)
    @Persist(configKey = "group_pattern")
    String groupPattern = "^([^_]+)_";

    /** Names the group of a picture. */
    Grouping grouping() throws RunFailed {
        return switch (groupBy) {
            case PICTURE -> Grouping.byPicture();
            case FOLDER -> Grouping.byFolder();
            case PATTERN -> Grouping.byPattern(groupPattern);
        };
    }
}
