package org.knime.node.parameters.widget.number;

import org.knime.node.parameters.validation.BuiltinValidation;

/** A bound of a number. */
public sealed interface NumberInputWidgetValidation extends BuiltinValidation {

    /** True if the bound itself is not allowed. */
    default boolean isExclusive() {
        return false;
    }

    /** A smallest value. */
    abstract non-sealed class MinValidation implements NumberInputWidgetValidation {

        protected abstract double getMin();

        @Override
        public final MinValidationParams getParameters() {
            return new MinValidationParams(getMin(), isExclusive());
        }

        @Override
        public String getErrorMessage() {
            return "must be " + (isExclusive() ? "greater than " : "at least ") + getMin();
        }

        private record MinValidationParams(double min, boolean isExclusive) {}

        /** 0 or more. */
        public static final class IsNonNegativeValidation extends MinValidation {
            @Override
            public double getMin() {
                return 0;
            }
        }

        /** 1 or more. */
        public static final class IsPositiveIntegerValidation extends MinValidation {
            @Override
            public double getMin() {
                return 1;
            }
        }

        /** More than 0. */
        public static final class IsPositiveDoubleValidation extends MinValidation {
            @Override
            public double getMin() {
                return 0;
            }

            @Override
            public boolean isExclusive() {
                return true;
            }
        }
    }

    /** A largest value. */
    abstract non-sealed class MaxValidation implements NumberInputWidgetValidation {

        protected abstract double getMax();

        @Override
        public final MaxValidationParams getParameters() {
            return new MaxValidationParams(getMax(), isExclusive());
        }

        @Override
        public String getErrorMessage() {
            return "must be " + (isExclusive() ? "less than " : "at most ") + getMax();
        }

        private record MaxValidationParams(double max, boolean isExclusive) {}
    }
}
