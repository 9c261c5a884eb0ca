package org.selfdiff.engine;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.FileLocator;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.selfdiff.run.RunFailed;

/** The folders of the installation in which native libraries may lie. */
final class InstalledFolders {
    /** System property that names the folder on a plain class path. */
    static final String SETTING = "selfdiff.natives";

    private InstalledFolders() {}

    static List<Path> list() throws RunFailed {
        final List<Path> folders = new ArrayList<>();
        final String named = System.getProperty(SETTING);
        if (named != null && !named.isBlank()) {
            folders.add(Path.of(named.strip()));
            return folders;
        }
        if (osgi()) {
            folders.addAll(OfBundle.list());
        } else {
            // unit tests, started in the plug-in's folder or in the one above
            folders.add(Path.of("target", "natives"));
            folders.add(Path.of("plugin", "target", "natives"));
        }
        return folders;
    }

    private static boolean osgi() {
        try {
            return OfBundle.present();
        } catch (LinkageError e) {
            return false; // a plain class path without OSGi
        }
    }

    /** Apart, so that the classes of OSGi are only needed where there is OSGi. */
    private static final class OfBundle {
        static boolean present() {
            return FrameworkUtil.getBundle(InstalledFolders.class) != null;
        }

        static List<Path> list() throws RunFailed {
            final Bundle bundle = FrameworkUtil.getBundle(InstalledFolders.class);
            final List<Path> folders = new ArrayList<>();
            for (final String flavour : List.of("cu128", "cu124", "cpu")) {
                // find() searches the fragments, Bundle.getEntry does not
                final URL url = FileLocator.find(bundle, new org.eclipse.core.runtime.Path("native/" + flavour + "/"));
                if (url != null) {
                    try {
                        // the identity for an unpacked fragment
                        folders.add(new File(FileLocator.toFileURL(url).getPath()).toPath());
                    } catch (IOException e) {
                        throw new RunFailed(
                                "The native libraries cannot be read: " + e.getMessage(),
                                url.toString(),
                                "Install the SelfDiff native libraries again.",
                                e);
                    }
                }
            }
            return folders;
        }
    }
}
