package org.knime.node.parameters.updates;

import java.util.function.Predicate;
import org.knime.node.parameters.NodeParametersInput;

/** Makes a condition on parameters. */
public interface EffectPredicateProvider {

    EffectPredicate init(PredicateInitializer i);

    default EffectPredicate and(EffectPredicate... predicates) {
        return predicates[0];
    }

    default EffectPredicate or(EffectPredicate... predicates) {
        return predicates[0];
    }

    default EffectPredicate not(EffectPredicate predicate) {
        return predicate.negate();
    }

    /** What conditions are made of. */
    interface PredicateInitializer {

        <E extends Enum<E>> EnumReference<E> getEnum(Class<? extends ParameterReference<E>> reference);

        BooleanReference getBoolean(Class<? extends ParameterReference<Boolean>> reference);

        StringReference getString(Class<? extends ParameterReference<String>> reference);

        EffectPredicate getPredicate(Class<? extends EffectPredicateProvider> provider);

        EffectPredicate getPredicate(EffectPredicateProvider provider);

        EffectPredicate getConstant(Predicate<NodeParametersInput> predicate);

        boolean isMissing(Class<? extends ParameterReference<?>> reference);

        default EffectPredicate always() {
            return getConstant(input -> true);
        }

        default EffectPredicate never() {
            return getConstant(input -> false);
        }

        /**
         * Conditions on a choice.
         *
         * @param <E> the choices
         */
        interface EnumReference<E extends Enum<E>> {

            @SuppressWarnings("unchecked")
            EffectPredicate isOneOf(E... values);
        }

        /** Conditions on a check box. */
        interface BooleanReference {

            EffectPredicate isTrue();

            EffectPredicate isFalse();
        }

        /** Conditions on a text. */
        interface StringReference {

            EffectPredicate isEqualTo(String value);

            EffectPredicate matchesPattern(String pattern);
        }
    }
}
