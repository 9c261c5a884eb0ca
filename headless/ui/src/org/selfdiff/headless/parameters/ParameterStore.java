package org.selfdiff.headless.parameters;

import java.lang.reflect.Array;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.migration.ConfigMigration;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.migration.NodeParametersMigration;
import org.knime.node.parameters.persistence.NodeParametersPersistor;
import org.knime.node.parameters.persistence.Persistor;

/** The stored form of parameters: a key for each field, a group for each group, numbered groups for arrays. */
final class ParameterStore {

    private static final String PRESENT = "_is_present";

    private ParameterStore() {}

    static void save(Object owner, NodeSettingsWO settings) {
        for (ParameterField field : ParameterField.of(owner.getClass())) {
            save(field, field.get(owner), settings);
        }
    }

    private static void save(ParameterField field, Object value, NodeSettingsWO settings) {
        NodeParametersPersistor<Object> persistor = persistor(field);
        if (persistor != null) {
            persistor.save(value, settings);
        } else if (field.optional()) {
            Optional<?> content = (Optional<?>) value;
            PlainValues.save(field.type(), content.orElse(null), settings, field.key());
            settings.addBoolean(field.key() + PRESENT, content.isPresent());
        } else if (field.isGroupArray()) {
            NodeSettingsWO elements = settings.addNodeSettings(field.key());
            for (int i = 0; i < Array.getLength(value); i++) {
                save(Array.get(value, i), elements.addNodeSettings(Integer.toString(i)));
            }
        } else if (field.isGroup()) {
            save(value, settings.addNodeSettings(field.key()));
        } else {
            PlainValues.save(field.type(), value, settings, field.key());
        }
    }

    static Object load(Class<?> type, NodeSettingsRO settings) throws InvalidSettingsException {
        Object owner = ParameterSet.create(type);
        boolean lenient = type.isAnnotationPresent(LoadDefaultsForAbsentFields.class);
        Set<String> known = new HashSet<>();
        boolean open = false;
        for (ParameterField field : ParameterField.of(type)) {
            known.add(field.key());
            known.add(field.key() + PRESENT);
            open |= persistor(field) != null;
            List<ConfigMigration<?>> migrations = migrations(field);
            migrations.forEach(older -> older.getDeprecatedConfigPaths().forEach(path -> known.add(path[0])));
            Optional<ConfigMigration<?>> older = migrations.stream()
                    .filter(migration -> migration.getMatcher().test(settings))
                    .findFirst();
            if (older.isPresent()) {
                field.set(owner, older.get().getLoader().load(settings));
            } else if (settings.containsKey(field.key()) || !mayLack(field, lenient)) {
                field.set(owner, load(field, settings));
            }
        }
        for (String key : settings.keySet()) {
            if (!open && !known.contains(key) && !key.endsWith("_Internals")) {
                throw new InvalidSettingsException(
                        "Setting \"" + key + "\" in \"" + settings.getKey() + "\" is unknown to this node.");
            }
        }
        return owner;
    }

    private static boolean mayLack(ParameterField field, boolean lenient) {
        Migrate migrate = field.field().getAnnotation(Migrate.class);
        return migrate != null && migrate.loadDefaultIfAbsent()
                || lenient && !field.field().isAnnotationPresent(Migration.class);
    }

    private static List<ConfigMigration<?>> migrations(ParameterField field) {
        Migration migration = field.field().getAnnotation(Migration.class);
        return migration == null
                ? List.of()
                : List.copyOf(
                        ((NodeParametersMigration<?>) ParameterSet.create(migration.value())).getConfigMigrations());
    }

    private static Object load(ParameterField field, NodeSettingsRO settings) throws InvalidSettingsException {
        NodeParametersPersistor<Object> persistor = persistor(field);
        if (persistor != null) {
            return persistor.load(settings);
        }
        if (field.optional()) {
            boolean present = settings.getBoolean(field.key() + PRESENT, true);
            return present
                    ? Optional.ofNullable(PlainValues.load(field.type(), settings, field.key()))
                    : Optional.empty();
        }
        if (field.isGroupArray()) {
            return array(field.type().getComponentType(), settings.getNodeSettings(field.key()));
        }
        return field.isGroup()
                ? load(field.type(), settings.getNodeSettings(field.key()))
                : PlainValues.load(field.type(), settings, field.key());
    }

    private static Object array(Class<?> element, NodeSettingsRO settings) throws InvalidSettingsException {
        int size = settings.keySet().size();
        Object array = Array.newInstance(element, size);
        for (int i = 0; i < size; i++) {
            Array.set(array, i, load(element, settings.getNodeSettings(Integer.toString(i))));
        }
        return array;
    }

    @SuppressWarnings("unchecked")
    static NodeParametersPersistor<Object> persistor(ParameterField field) {
        Persistor own = field.field().getAnnotation(Persistor.class);
        return own == null ? null : (NodeParametersPersistor<Object>) ParameterSet.create(own.value());
    }
}
