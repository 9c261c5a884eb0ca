package org.selfdiff.headless.runner.results;

/** Names that every file system takes. */
public final class FileNames {
    private static final int LONGEST = 80;

    private FileNames() {}

    /** The text with characters that are special somewhere replaced by {@code _}; never empty, never a dot name. */
    public static String safe(final String text) {
        final String plain = text.replaceAll("[^\\p{L}\\p{N} ._()+=-]", "_").strip();
        final String cut = plain.length() > LONGEST ? plain.substring(plain.length() - LONGEST) : plain;
        final String undotted = cut.replaceAll("^\\.+|\\.+$", "_");
        return undotted.isEmpty() ? "_" : undotted;
    }
}
