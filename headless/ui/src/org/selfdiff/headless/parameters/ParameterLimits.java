package org.selfdiff.headless.parameters;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.regex.Pattern;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.validation.BuiltinValidation;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.MaxLengthValidation;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.MinLengthValidation;
import org.knime.node.parameters.widget.text.TextInputWidgetValidation.PatternValidation;

/** Holds values against the rules that their widgets name. */
final class ParameterLimits {

    private ParameterLimits() {}

    static void check(Object owner) throws InvalidSettingsException {
        for (ParameterField field : ParameterField.of(owner.getClass())) {
            Object value = field.get(owner);
            if (value instanceof Optional<?> optional) {
                value = optional.orElse(null);
            }
            if (value == null) {
                continue;
            }
            if (field.isGroup()) {
                check(value);
            } else if (field.isGroupArray()) {
                for (int i = 0; i < Array.getLength(value); i++) {
                    check(Array.get(value, i));
                }
            } else {
                number(field, value);
                text(field, value);
            }
        }
    }

    private static void number(ParameterField field, Object value) throws InvalidSettingsException {
        NumberInputWidget widget = field.field().getAnnotation(NumberInputWidget.class);
        if (widget == null || !(value instanceof Number number)) {
            return;
        }
        double x = number.doubleValue();
        NumberInputWidgetValidation min = rule(widget.minValidation());
        if (min != null) {
            double bound = (double) bound(min, MinValidation.class, "getMin");
            require(min.isExclusive() ? x > bound : x >= bound, field, value, min);
        }
        NumberInputWidgetValidation max = rule(widget.maxValidation());
        if (max != null) {
            double bound = (double) bound(max, MaxValidation.class, "getMax");
            require(max.isExclusive() ? x < bound : x <= bound, field, value, max);
        }
    }

    private static void text(ParameterField field, Object value) throws InvalidSettingsException {
        TextInputWidget widget = field.field().getAnnotation(TextInputWidget.class);
        if (widget == null || !(value instanceof String string)) {
            return;
        }
        PatternValidation pattern = rule(widget.patternValidation());
        if (pattern != null) {
            String regex = (String) bound(pattern, PatternValidation.class, "getPattern");
            require(Pattern.matches(regex, string), field, value, pattern);
        }
        MinLengthValidation shortest = rule(widget.minLengthValidation());
        if (shortest != null) {
            int bound = (int) bound(shortest, MinLengthValidation.class, "getMinLength");
            require(string.length() >= bound, field, value, shortest);
        }
        MaxLengthValidation longest = rule(widget.maxLengthValidation());
        if (longest != null) {
            int bound = (int) bound(longest, MaxLengthValidation.class, "getMaxLength");
            require(string.length() <= bound, field, value, longest);
        }
    }

    // an abstract rule stands for "no rule"
    private static <T> T rule(Class<T> type) {
        return Modifier.isAbstract(type.getModifiers()) ? null : type.cast(ParameterSet.create(type));
    }

    private static Object bound(Object rule, Class<?> declaring, String name) {
        try {
            Method method = declaring.getDeclaredMethod(name);
            method.setAccessible(true);
            return method.invoke(rule);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean holds, ParameterField field, Object value, BuiltinValidation rule)
            throws InvalidSettingsException {
        if (!holds) {
            throw new InvalidSettingsException(
                    "Setting \"" + field.key() + "\" is " + value + "; it " + rule.getErrorMessage() + ".");
        }
    }
}
