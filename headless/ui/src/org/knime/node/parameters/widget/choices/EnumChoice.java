package org.knime.node.parameters.widget.choices;

/**
 * A choice: the constant and what is shown.
 *
 * @param <E> the enum
 */
public record EnumChoice<E extends Enum<E>>(E id, String text) {

    /** The choice with the constant's {@link Label}. */
    public static <E extends Enum<E>> EnumChoice<E> fromEnumConst(E constant) {
        try {
            Label label = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Label.class);
            return new EnumChoice<>(constant, label == null ? constant.name() : label.value());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
