package org.knime.core.node;

import java.io.File;
import java.nio.file.Path;

/** Version and places of the platform that these classes stand in for. */
public final class KNIMEConstants {

    public static final String VERSION = version();
    public static final String KNIME_WORKFLOW_FILE_EXTENSION = "knwf";
    public static final String PROPERTY_TEMP_DIR = "knime.tmpdir";

    private static volatile File tempDir =
            new File(System.getProperty(PROPERTY_TEMP_DIR, System.getProperty("java.io.tmpdir")));

    private KNIMEConstants() {}

    // a call, so that the compiler does not copy the value into plug-ins as a constant
    private static String version() {
        return "5.8.0";
    }

    public static String getKNIMETempDir() {
        return tempDir.getAbsolutePath();
    }

    public static Path getKNIMETempPath() {
        return tempDir.getAbsoluteFile().toPath();
    }

    public static void setKNIMETempDir(File dir) {
        tempDir = dir;
    }
}
