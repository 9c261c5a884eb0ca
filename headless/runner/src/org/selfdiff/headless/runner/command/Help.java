package org.selfdiff.headless.runner.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What {@code --help} prints; the launcher prints the same file. */
public final class Help {
    private Help() {}

    /** The whole text. */
    public static String text() throws IOException {
        try (InputStream in = Help.class.getResourceAsStream("help.txt")) {
            if (in == null) {
                throw new IOException("help.txt is missing in the runner");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
