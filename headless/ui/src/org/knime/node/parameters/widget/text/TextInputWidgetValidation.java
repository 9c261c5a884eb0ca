package org.knime.node.parameters.widget.text;

import org.knime.node.parameters.validation.BuiltinValidation;

/** A rule for a text. */
public sealed interface TextInputWidgetValidation extends BuiltinValidation {

    /** A pattern for the whole text. */
    abstract non-sealed class PatternValidation implements TextInputWidgetValidation {

        protected abstract String getPattern();

        @Override
        public final PatternValidationParams getParameters() {
            return new PatternValidationParams(getPattern());
        }

        @Override
        public String getErrorMessage() {
            return "must match the pattern " + getPattern();
        }

        /** More than blanks. */
        public static final class IsNotBlankValidation extends PatternValidation {
            @Override
            public String getPattern() {
                return "(?s).*\\S.*";
            }

            @Override
            public String getErrorMessage() {
                return "must not be blank";
            }
        }

        /** One character. */
        public static final class IsSingleCharacterValidation extends PatternValidation {
            @Override
            public String getPattern() {
                return "(?s).";
            }

            @Override
            public String getErrorMessage() {
                return "must be one character";
            }
        }

        /** At least one character. */
        public static final class IsNotEmptyValidation extends MinLengthValidation {
            @Override
            protected int getMinLength() {
                return 1;
            }

            @Override
            public String getErrorMessage() {
                return "must not be empty";
            }
        }
    }

    /** The parameters of a pattern rule. */
    record PatternValidationParams(String pattern) {}

    /** A smallest length. */
    abstract non-sealed class MinLengthValidation implements TextInputWidgetValidation {

        protected abstract int getMinLength();

        @Override
        public final MinLengthValidationParams getParameters() {
            return new MinLengthValidationParams(getMinLength());
        }

        @Override
        public String getErrorMessage() {
            return "must have at least " + getMinLength() + " characters";
        }

        private record MinLengthValidationParams(int minLength) {}
    }

    /** A largest length. */
    abstract non-sealed class MaxLengthValidation implements TextInputWidgetValidation {

        protected abstract int getMaxLength();

        @Override
        public final MaxLengthValidationParams getParameters() {
            return new MaxLengthValidationParams(getMaxLength());
        }

        @Override
        public String getErrorMessage() {
            return "must have at most " + getMaxLength() + " characters";
        }

        private record MaxLengthValidationParams(int maxLength) {}

        /** At most one character. */
        public static final class HasAtMaxOneCharValidation extends MaxLengthValidation {
            @Override
            public int getMaxLength() {
                return 1;
            }
        }
    }
}
