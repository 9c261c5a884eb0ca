package org.selfdiff.data;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.run.RunFailed;

/**
 * Which pictures belong together, such as those of one slide or patient.
 *
 * @param kind the rule
 * @param pattern for {@link Kind#PATTERN}: found in the file's name; its first bracketed group, or else the whole
 *     match, is the name of the group
 */
public record Grouping(Kind kind, Pattern pattern) {

    /** The rules. */
    public enum Kind {
        /** Each picture is a group of its own, named as its file without the extension, unless its list says otherwise. */
        PICTURE,
        /** Pictures of one folder. */
        FOLDER,
        /** Pictures whose names agree in the part that a pattern finds. */
        PATTERN
    }

    /** Each picture is a group. */
    public static Grouping byPicture() {
        return new Grouping(Kind.PICTURE, Pattern.compile(""));
    }

    /** Each folder is a group. */
    public static Grouping byFolder() {
        return new Grouping(Kind.FOLDER, Pattern.compile(""));
    }

    /**
     * By a regular expression, such as {@code ^(TCGA-..-....)}.
     *
     * @throws RunFailed if it is none
     */
    public static Grouping byPattern(final String expression) throws RunFailed {
        try {
            return new Grouping(Kind.PATTERN, Pattern.compile(expression));
        } catch (final PatternSyntaxException e) {
            throw new RunFailed(
                    "\"" + expression + "\" is not a regular expression: " + e.getDescription(),
                    "group pattern",
                    "Correct it, for instance ^([^_]+)_ for everything before the first underscore.",
                    e);
        }
    }

    /**
     * The group of a picture.
     *
     * @throws RunFailed if the pattern does not occur in its name
     */
    public String of(final PictureFiles.Entry picture) throws RunFailed {
        final Path image = picture.image();
        if (kind == Kind.PICTURE) {
            return picture.group().orElseGet(() -> Pictures.stem(image));
        } else if (kind == Kind.FOLDER) {
            return String.valueOf(image.toAbsolutePath().getParent());
        }
        final Matcher matcher = pattern.matcher(image.getFileName().toString());
        final String group = !matcher.find() ? null : matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
        if (group == null || group.isEmpty()) {
            throw new RunFailed(
                    "The group pattern " + pattern + " finds nothing in the name of the picture",
                    image.toString(),
                    "Correct the pattern, or group by picture.");
        }
        return group;
    }
}
