package org.selfdiff.headless.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;

/** The built plug-in, and the stand-in it was built against, compared with the list of KNIME's API. */
class LinkCheckTest {
    @TempDir
    Path temp;

    @Test
    void thePluginUsesOnlyWhatRealKnimeHas() throws Exception {
        final Path plugin = Project.one(Project.SITE.resolve("plugins"), "org\\.selfdiff\\.plugin_.*\\.jar");
        check(plugin.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "ui"})
    void theStandInDoesNotDifferFromKnime(final String bundle) throws Exception {
        check(
                "--compare",
                Project.ROOT.resolve("headless/" + bundle + "/target/classes").toString());
    }

    private void check(final String... arguments) throws Exception {
        final String asm = Path.of(ClassReader.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        final String[] command = new String[4 + arguments.length];
        command[0] = "-cp";
        command[1] = asm;
        command[2] = Project.shared("knime/linkcheck/LinkCheck.java").toString();
        command[3] = Project.shared("knime/knime-api.txt").toString();
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        final Project.Ended ended = Project.java(temp.resolve("log"), command);
        System.out.println(ended.output().lines().reduce("", (first, second) -> second));
        assertEquals(0, ended.code(), ended.output());
    }
}
