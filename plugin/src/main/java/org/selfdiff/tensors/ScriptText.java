package org.selfdiff.tensors;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.engine.ScriptArchive;

/** The text of a module, and the way back from LibTorch's messages to its lines. */
record ScriptText(String text) {
    private static final Pattern PLACE =
            Pattern.compile("File \"" + Pattern.quote(ScriptArchive.SOURCE_FILE) + "\", line (\\d+)");

    /** Puts the methods into one class. */
    static ScriptText of(final List<ScriptMethod> methods) {
        final StringBuilder body = new StringBuilder();
        for (final ScriptMethod method : methods) {
            method.source()
                    .lines()
                    .forEach(line -> body.append("  ").append(line).append('\n'));
        }
        return new ScriptText(ScriptArchive.source(body.toString()));
    }

    /**
     * LibTorch's first line, and the innermost line of the script that it names, with its method and text.
     *
     * @param message LibTorch's message
     */
    String explain(final String message) {
        final Matcher m = PLACE.matcher(message);
        int line = 0;
        while (m.find()) {
            line = Integer.parseInt(m.group(1));
        }
        final String reason = reason(message);
        final List<String> lines = text.lines().toList();
        if (line < 1 || line > lines.size()) {
            return reason;
        }
        String method = "?";
        for (int i = line - 1; i >= 0 && method.equals("?"); i--) {
            final String l = lines.get(i);
            if (l.startsWith("  def ")) {
                method = l.substring(6, l.indexOf('('));
            }
        }
        return reason + "; script line " + line + " in " + method + ": "
                + lines.get(line - 1).strip();
    }

    /** The line after {@code RuntimeError:} where there is one, else the first line that says something. */
    private static String reason(final String message) {
        final int error = message.lastIndexOf("Error: ");
        final String text = error < 0 ? message : message.substring(error + 7);
        return text.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("no message");
    }
}
