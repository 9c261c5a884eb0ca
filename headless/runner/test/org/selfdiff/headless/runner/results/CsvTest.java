package org.selfdiff.headless.runner.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void quotesOnlyWhereNeededAndTellsMissingFromEmpty() throws IOException {
        final StringWriter out = new StringWriter();
        Csv.line(Arrays.asList("plain", null, "", "a,b", "say \"hi\"", "two\nlines"), out);
        assertEquals("plain,,\"\",\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\n", out.toString());
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        final StringWriter out = new StringWriter();
        final List<String> first = List.of("A", "", "a,b", "\"", "\"\"", "x\ny");
        final List<String> second = List.of("1", "2", "3", "4", "5", "6");
        Csv.line(first, out);
        Csv.line(second, out);
        assertEquals(List.of(first, second), Csv.read(out.toString(), 10));
        assertEquals(List.of(first), Csv.read(out.toString(), 1));
    }

    @Test
    void aLastLineWithoutLineFeedCounts() {
        assertEquals(List.of(List.of("a", "b"), List.of("c", "")), Csv.read("a,b\nc,", 10));
    }
}
