package org.selfdiff.data;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
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
        /**
         * Each picture is a group of its own, named as its path without the extension, unless its list says otherwise:
         * pictures of two patients may have one name in two folders.
         */
        PICTURE,
        /** Pictures of one folder, named as its path within that of all pictures. */
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
            return picture.group().orElse(picture.name());
        } else if (kind == Kind.FOLDER) {
            final int end = picture.name().lastIndexOf('/');
            final Path parent = image.toAbsolutePath().getParent();
            return end > 0 ? picture.name().substring(0, end) : String.valueOf(parent.getFileName());
        }
        final Matcher matcher =
                pattern.matcher(FolderWalk.normal(image.getFileName().toString()));
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
