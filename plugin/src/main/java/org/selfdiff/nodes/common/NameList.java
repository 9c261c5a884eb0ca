package org.selfdiff.nodes.common;

import java.util.Arrays;
import java.util.List;

/** Names as a user writes them into one field, separated by commas. */
public final class NameList {
    private NameList() {}

    /** The names, without spaces around them; blanks do not count. */
    public static List<String> split(final String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
