package org.knime.node.parameters.widget.choices.filter;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.knime.node.parameters.persistence.Persistable;

/**
 * A choice among names: by hand, by a pattern or by type.
 *
 * @param <T> not used here
 */
public abstract class TypedStringFilter<T> implements Persistable {

    /** How the choice is made. */
    enum Mode {
        MANUAL,
        WILDCARD,
        REGEX,
        TYPE
    }

    /** The choice by a pattern. */
    static final class ByPattern implements Persistable {
        String pattern = "";
        boolean isCaseSensitive;
        boolean isInverted;

        Predicate<String> test(Mode mode) {
            String regex = mode == Mode.REGEX
                    ? pattern
                    : Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
            Pattern compiled = Pattern.compile(regex, isCaseSensitive ? 0 : Pattern.CASE_INSENSITIVE);
            return name -> compiled.matcher(name).matches() != isInverted;
        }
    }

    /** The choice by hand. */
    static final class ByHand implements Persistable {
        String[] manuallySelected = {};
        String[] manuallyDeselected = {};
        boolean includeUnknownColumns;

        boolean takes(String name) {
            return List.of(manuallySelected).contains(name)
                    || includeUnknownColumns && !List.of(manuallyDeselected).contains(name);
        }
    }

    /** The choice by type. */
    static final class ByType implements Persistable {
        String[] selectedTypes = {};
    }

    Mode mode = Mode.MANUAL;
    ByPattern patternFilter = new ByPattern();
    ByHand manualFilter = new ByHand();
    ByType typeFilter = new ByType();

    TypedStringFilter(String... selected) {
        manualFilter.manuallySelected = selected.clone();
    }

    final <C> String[] chosen(List<C> choices, Function<C, String> name, Function<C, String> type) {
        Predicate<C> test =
                switch (mode) {
                    case MANUAL -> choice -> manualFilter.takes(name.apply(choice));
                    case WILDCARD, REGEX -> choice -> patternFilter.test(mode).test(name.apply(choice));
                    case TYPE -> choice -> List.of(typeFilter.selectedTypes).contains(type.apply(choice));
                };
        return choices.stream().filter(test).map(name).toArray(String[]::new);
    }

    final String[] missing(List<String> names) {
        return mode == Mode.MANUAL
                ? Arrays.stream(manualFilter.manuallySelected)
                        .filter(name -> !names.contains(name))
                        .toArray(String[]::new)
                : new String[0];
    }
}
