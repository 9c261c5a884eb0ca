package org.knime.node.parameters.migration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;

/**
 * A way to read a parameter from older settings.
 *
 * @param <T> its type
 */
public final class ConfigMigration<T> {

    private final ParametersLoader<T> loader;
    private final List<String[]> deprecated;
    private final Predicate<NodeSettingsRO> matcher;

    private ConfigMigration(Builder<T> builder) {
        loader = builder.loader;
        deprecated = List.copyOf(builder.deprecated);
        matcher = builder.matcher == null
                ? settings -> deprecated.stream().anyMatch(path -> contains(settings, path))
                : builder.matcher;
    }

    private static boolean contains(NodeSettingsRO settings, String[] path) {
        try {
            NodeSettingsRO at = settings;
            for (int i = 0; i + 1 < path.length; i++) {
                at = at.getNodeSettings(path[i]);
            }
            return at.containsKey(path[path.length - 1]);
        } catch (InvalidSettingsException e) {
            return false;
        }
    }

    public static <T> Builder<T> builder(ParametersLoader<T> loader) {
        return new Builder<>(loader);
    }

    /** Where older settings keep what the loader reads. */
    public Collection<String[]> getDeprecatedConfigPaths() {
        return deprecated;
    }

    /** Tells whether settings are of the kind that the loader reads; by default: whether they have such a path. */
    public Predicate<NodeSettingsRO> getMatcher() {
        return matcher;
    }

    public ParametersLoader<T> getLoader() {
        return loader;
    }

    /**
     * Makes migrations.
     *
     * @param <T> type of the parameter
     */
    public static final class Builder<T> {

        private final ParametersLoader<T> loader;
        private final List<String[]> deprecated = new ArrayList<>();
        private Predicate<NodeSettingsRO> matcher;

        public Builder(ParametersLoader<T> loader) {
            this.loader = Objects.requireNonNull(loader, "loader");
        }

        public Builder<T> withDeprecatedConfigPath(String... path) {
            deprecated.add(Arrays.copyOf(path, path.length));
            return this;
        }

        public Builder<T> withMatcher(Predicate<NodeSettingsRO> settings) {
            matcher = settings;
            return this;
        }

        public ConfigMigration<T> build() {
            return new ConfigMigration<>(this);
        }
    }
}
