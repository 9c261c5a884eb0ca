package org.selfdiff.headless.parameters;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.node.parameters.widget.credentials.Credentials;

/** The stored form of values that are no groups. */
final class PlainValues {

    private PlainValues() {}

    /** Reads from a key. */
    private interface Load {
        Object from(NodeSettingsRO settings, String key) throws InvalidSettingsException;
    }

    /** Writes to a key; null stands for the content of an empty Optional. */
    private interface Save {
        void to(NodeSettingsWO settings, String key, Object value);
    }

    private record Form(Load load, Save save) {}

    private static final Map<Class<?>, Form> FORMS = new HashMap<>();

    static {
        form(int.class, Integer.class, (s, k) -> s.getInt(k), (s, k, v) -> s.addInt(k, v == null ? 0 : (int) v));
        form(long.class, Long.class, (s, k) -> s.getLong(k), (s, k, v) -> s.addLong(k, v == null ? 0 : (long) v));
        form(
                double.class,
                Double.class,
                (s, k) -> s.getDouble(k),
                (s, k, v) -> s.addDouble(k, v == null ? 0 : (double) v));
        form(float.class, Float.class, (s, k) -> s.getFloat(k), (s, k, v) -> s.addFloat(k, v == null ? 0 : (float) v));
        form(
                boolean.class,
                Boolean.class,
                (s, k) -> s.getBoolean(k),
                (s, k, v) -> s.addBoolean(k, v != null && (boolean) v));
        form(
                char.class,
                Character.class,
                (s, k) -> s.getChar(k),
                (s, k, v) -> s.addChar(k, v == null ? ' ' : (char) v));
        form(byte.class, Byte.class, (s, k) -> s.getByte(k), (s, k, v) -> s.addByte(k, v == null ? 0 : (byte) v));
        form(String.class, String.class, (s, k) -> s.getString(k), (s, k, v) -> s.addString(k, (String) v));
        form(
                String[].class,
                String[].class,
                (s, k) -> s.getStringArray(k),
                (s, k, v) -> s.addStringArray(k, (String[]) v));
        text(LocalDate.class, LocalDate::parse);
        text(LocalTime.class, LocalTime::parse);
        text(LocalDateTime.class, LocalDateTime::parse);
        form(Credentials.class, Credentials.class, PlainValues::loadCredentials, PlainValues::saveCredentials);
    }

    private static void form(Class<?> type, Class<?> wrapper, Load load, Save save) {
        FORMS.put(type, new Form(load, save));
        FORMS.put(wrapper, new Form(load, save));
    }

    private static <T> void text(Class<T> type, Function<String, T> parse) {
        Load load = (settings, key) -> {
            String text = settings.getString(key);
            try {
                return text == null ? null : parse.apply(text);
            } catch (DateTimeException e) {
                throw new InvalidSettingsException("\"" + text + "\" of \"" + key + "\" is no date or time.", e);
            }
        };
        form(type, type, load, (s, k, v) -> s.addString(k, v == null ? null : v.toString()));
    }

    private static Object loadCredentials(NodeSettingsRO settings, String key) throws InvalidSettingsException {
        NodeSettingsRO stored = settings.getNodeSettings(key);
        stored.getString("name");
        return new Credentials(stored.getString("login"), "");
    }

    private static void saveCredentials(NodeSettingsWO settings, String key, Object value) {
        NodeSettingsWO stored = settings.addNodeSettings(key);
        stored.addBoolean("isCredentials_Internals", true);
        stored.addString("name", "");
        stored.addString("login", value == null ? "" : ((Credentials) value).getUsername());
    }

    static boolean knows(Class<?> type) {
        return type.isEnum() || FORMS.containsKey(type);
    }

    static void save(Class<?> type, Object value, NodeSettingsWO settings, String key) {
        if (type.isEnum()) {
            settings.addString(key, value == null ? null : ((Enum<?>) value).name());
        } else {
            FORMS.get(type).save.to(settings, key, value);
        }
    }

    static Object load(Class<?> type, NodeSettingsRO settings, String key) throws InvalidSettingsException {
        return type.isEnum()
                ? constant(type, settings.getString(key), key)
                : FORMS.get(type).load.from(settings, key);
    }

    private static Object constant(Class<?> type, String name, String key) throws InvalidSettingsException {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new InvalidSettingsException("\"" + name + "\" is no value of \"" + key + "\"; possible are "
                + Arrays.toString(type.getEnumConstants()) + ".");
    }
}
