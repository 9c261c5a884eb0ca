package org.knime.node.parameters.migration;

import java.util.List;

/**
 * The ways to read a parameter from older settings; the first that matches is taken.
 *
 * @param <T> its type
 */
public interface NodeParametersMigration<T> {

    List<ConfigMigration<T>> getConfigMigrations();
}
