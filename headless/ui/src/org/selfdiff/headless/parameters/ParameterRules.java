package org.selfdiff.headless.parameters;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Checks a class of parameters: fields, defaults, keys, and title and description of what is visible. */
public final class ParameterRules {

    private static final List<Class<? extends Annotation>> VISIBLE = List.of(
            Layout.class,
            Effect.class,
            ArrayWidget.class,
            ChoicesProvider.class,
            RadioButtonsWidget.class,
            ValueSwitchWidget.class,
            NumberInputWidget.class,
            TextAreaWidget.class,
            TextInputWidget.class);

    private ParameterRules() {}

    /** A visible parameter. */
    public record Entry(String title, String description) {}

    /** The visible parameters in the order of the fields; a mistake is an {@link IllegalStateException}. */
    public static List<Entry> check(Class<?> parameters) {
        List<Entry> entries = new ArrayList<>();
        check(parameters, ParameterSet.create(parameters), entries);
        return entries;
    }

    private static void check(Class<?> owner, Object defaults, List<Entry> entries) {
        Set<String> keys = new HashSet<>();
        for (ParameterField field : ParameterField.of(owner)) {
            if (!keys.add(field.key())) {
                throw wrong(field.field(), "is stored under \"" + field.key() + "\", as another one is");
            }
            Object value = field.get(defaults);
            boolean own = ParameterStore.persistor(field) != null;
            if (field.isGroupArray()) {
                widget(field.field(), entries);
                requireDefault(field, value);
                Class<?> element = field.type().getComponentType();
                check(element, ParameterSet.create(element), entries);
            } else if (field.isGroup()) {
                requireDefault(field, value);
                check(field.type(), value, entries);
            } else {
                if (!own && !PlainValues.knows(field.type())) {
                    throw wrong(field.field(), "has the type " + field.type().getName() + ", which cannot be stored");
                }
                if (!own) {
                    requireDefault(field, value);
                }
                widget(field.field(), entries);
            }
        }
    }

    private static void requireDefault(ParameterField field, Object value) {
        if (value == null) {
            throw wrong(field.field(), "has no default value");
        }
    }

    private static void widget(Field field, List<Entry> entries) {
        Widget widget = field.getAnnotation(Widget.class);
        if (widget == null) {
            if (VISIBLE.stream().anyMatch(field::isAnnotationPresent)) {
                throw wrong(field, "is part of the dialog but has no @Widget");
            }
            return;
        }
        if (widget.title().isBlank() || widget.description().isBlank()) {
            throw wrong(field, "needs a title and a description in its @Widget");
        }
        if (isMisplaced(field)) {
            throw wrong(
                    field,
                    "has a widget that does not fit its type "
                            + field.getGenericType().getTypeName());
        }
        entries.add(new Entry(widget.title(), widget.description()));
    }

    private static boolean isMisplaced(Field field) {
        String type = field.getGenericType().getTypeName();
        boolean number =
                Stream.of("int", "long", "double", "float", "byte", "short").anyMatch(type::equals)
                        || type.matches(".*java\\.lang\\.(Integer|Long|Double|Float|Byte|Short)>?");
        boolean text = type.endsWith("java.lang.String") || type.endsWith("java.lang.String>");
        return field.isAnnotationPresent(NumberInputWidget.class) && !number
                || field.isAnnotationPresent(TextInputWidget.class) && !text
                || field.isAnnotationPresent(TextAreaWidget.class) && !text;
    }

    private static IllegalStateException wrong(Field field, String what) {
        return new IllegalStateException("The parameter " + ParameterField.name(field) + " " + what + ".");
    }
}
