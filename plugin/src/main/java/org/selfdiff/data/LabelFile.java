package org.selfdiff.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.run.RunFailed;

/**
 * A CSV file that says of which class slides are, and of which patient: a line of names, then a line for each slide. Commas,
 * semicolons or tabs between fields, quotes as in RFC 4180, UTF-8. Columns are found by name, whatever their order: the slide
 * ({@code slide}, {@code slide_id}, {@code file}, {@code filename}, {@code image}), its {@code label} or {@code class}, and, if
 * there is one, its {@code patient}, {@code patient_id}, {@code case}, {@code case_id} or {@code group}.
 *
 * @param file the file
 * @param slides what it says, by the slide's name as it stands there
 */
public record LabelFile(Path file, Map<String, Slide> slides) {
    private static final List<String> SLIDE = List.of("slide", "slide_id", "file", "filename", "image");

    private static final List<String> LABEL = List.of("label", "class", "target");

    private static final List<String> PATIENT = List.of("patient", "patient_id", "case", "case_id", "group");

    private static final long LARGEST = 64L << 20;

    /**
     * What is said of a slide.
     *
     * @param label its class
     * @param patient whose it is, if that is said
     */
    public record Slide(String label, Optional<String> patient) {}

    /** Copies the slides, in their order. */
    public LabelFile {
        slides = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(slides));
    }

    /**
     * Reads a file.
     *
     * @throws RunFailed naming the file and the line, if it cannot be read, lacks a column or a field, or names a slide twice
     */
    public static LabelFile read(final Path file) throws RunFailed {
        final List<List<String>> lines = lines(file);
        if (lines.isEmpty()) {
            throw failed("The file of labels is empty", file, 1, "Give a line of names, and a line for each slide.");
        }
        final List<String> names = lines.get(0).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        final int slide = column(names, SLIDE);
        final int label = column(names, LABEL);
        final int patient = column(names, PATIENT);
        if (slide < 0 || label < 0) {
            throw failed(
                    "The file has no column of " + (slide < 0 ? "slides" : "labels") + "; its columns are "
                            + String.join(", ", names),
                    file,
                    1,
                    "Name it " + String.join(", ", slide < 0 ? SLIDE : LABEL) + ".");
        }
        final Map<String, Slide> slides = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            final List<String> fields = lines.get(i);
            final String name = name(field(fields, slide));
            final String of = field(fields, label);
            final Optional<String> whose = patient < 0 ? Optional.empty() : Optional.of(field(fields, patient));
            if (name.isEmpty() || of.isEmpty() || whose.filter(String::isEmpty).isPresent()) {
                throw failed(
                        "The line says no " + (name.isEmpty() ? "slide" : of.isEmpty() ? "label" : "patient"),
                        file,
                        i + 1,
                        "Fill it in, or take the line out.");
            }
            if (slides.put(name, new Slide(of, whose)) != null) {
                throw failed("The slide \"" + name + "\" has a second line", file, i + 1, "Keep one of the two.");
            }
        }
        return new LabelFile(file, slides);
    }

    /** What is said of a slide, by its name with or without the extension. */
    public Optional<Slide> of(final Path image) {
        return name(image, slides.keySet()).map(slides::get);
    }

    private static Optional<String> name(final Path image, final java.util.Set<String> known) {
        final String name = image.getFileName().toString();
        return known.contains(name)
                ? Optional.of(name)
                : Optional.of(Pictures.stem(image)).filter(known::contains);
    }

    /** Names of slides that none of the pictures has. */
    List<String> without(final List<Path> images) {
        final List<String> left = new ArrayList<>(slides.keySet());
        images.forEach(image -> name(image, slides.keySet()).ifPresent(left::remove));
        return left;
    }

    /** Without the folder, should somebody have written paths. */
    private static String name(final String slide) {
        return slide.substring(Math.max(slide.lastIndexOf('/'), slide.lastIndexOf('\\')) + 1);
    }

    private static int column(final List<String> names, final List<String> wanted) {
        return wanted.stream()
                .mapToInt(names::indexOf)
                .filter(i -> i >= 0)
                .findFirst()
                .orElse(-1);
    }

    private static String field(final List<String> fields, final int index) {
        return index < fields.size() ? fields.get(index).strip() : "";
    }

    private static List<List<String>> lines(final Path file) throws RunFailed {
        final String text;
        try {
            if (Files.size(file) > LARGEST) {
                throw failed("The file of labels is larger than 64 MiB", file, 1, "Give a list of slides.");
            }
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new RunFailed(
                    "The file of labels cannot be read (" + e.getClass().getSimpleName() + ")",
                    file.toString(),
                    "Choose a CSV file that is there, or clear the setting.",
                    e);
        }
        return split(text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    /** Fields of lines; empty lines are left out. */
    private static List<List<String>> split(final String text) {
        final char comma = separator(text);
        final List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        final StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            final char c = i < text.length() ? text.charAt(i) : '\n';
            if (quoted && i < text.length()) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(text.charAt(++i));
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == comma) {
                line.add(field.toString());
                field.setLength(0);
            } else if (c == '\n' || c == '\r') {
                line.add(field.toString());
                field.setLength(0);
                if (line.size() > 1 || !line.get(0).isBlank()) {
                    lines.add(line);
                }
                line = new ArrayList<>();
            } else {
                field.append(c);
            }
        }
        return lines;
    }

    /** The one of the three that the first line has most of. */
    private static char separator(final String text) {
        final String first = text.lines().findFirst().orElse("");
        char most = ',';
        for (final char c : new char[] {';', '\t'}) {
            if (first.chars().filter(x -> x == c).count()
                    > first.chars().filter(x -> x == ',').count()) {
                most = c;
            }
        }
        return most;
    }

    private static RunFailed failed(final String what, final Path file, final int line, final String remedy) {
        return new RunFailed(what, file + ", line " + line, remedy);
    }
}
