package org.selfdiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No text is made in the language of the machine: a script in Arabic digits is no script. */
class NamedLanguageTest {
    /** Calls that take the language of the machine where they are not told one. */
    private static final Pattern SILENT = Pattern.compile(
            "(String\\s*\\.\\s*format|\\.\\s*printf|new\\s+Formatter)\\(\\s*+(?!(java\\.util\\.)?Locale\\.)|"
                    + "\\.formatted\\(|\\.to(Lower|Upper)Case\\(\\)|new\\s+(Decimal|SimpleDate)Format\\(");

    @Test
    void everyNumberAndNameIsWrittenWithTheLanguageNamed() throws IOException {
        final List<String> found = new ArrayList<>();
        for (final String sources : List.of(
                "src/main/java",
                "../headless/core/src",
                "../headless/ui/src",
                "../headless/runner/src",
                "../headless/boot/src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(sources))) {
                for (final Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    final String text = Files.readString(file);
                    for (final Matcher m = SILENT.matcher(text); m.find(); ) {
                        found.add(file + ":"
                                + (1 + text.substring(0, m.start()).lines().count()));
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }
}
