package org.selfdiff.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.selfdiff.run.RunFailed;

/**
 * Starts the engine once for tests that compute: {@code @ExtendWith(NeedsTorch.class)}. Where the native libraries were
 * not built for this platform the tests are skipped, loudly. Anything else that keeps the engine from starting fails
 * them.
 */
public final class NeedsTorch implements BeforeAllCallback {
    /** {@code @NeedsTorch.Engine} on a class is short for {@code @ExtendWith(NeedsTorch.class)}. */
    @ExtendWith(NeedsTorch.class)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE)
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    public @interface Engine {}

    @Override
    public void beforeAll(final ExtensionContext context) throws RunFailed {
        if (nativesPresent()) {
            org.selfdiff.engine.Engine.start();
            return;
        }
        final String line = "SKIPPED " + context.getDisplayName() + ": no LibTorch for this platform in "
                + InstalledFolders.list() + "; set " + InstalledFolders.SETTING + " or build the natives";
        System.out.println(line);
        Assumptions.abort(line);
    }

    private static boolean nativesPresent() throws RunFailed {
        if (System.getProperty(NativeSearch.USER_SETTING) != null
                || System.getenv(NativeSearch.USER_SETTING) != null
                || System.getProperty(InstalledFolders.SETTING) != null) {
            return true; // named on purpose: if it is not there the tests must fail
        }
        final String library = Platform.current().library("torch");
        for (final Path folder : InstalledFolders.list()) {
            for (final Path place : new Path[] {folder, folder.resolve("cpu"), folder.resolve("cu128")}) {
                if (Files.exists(place.resolve(library))) {
                    return true;
                }
            }
        }
        return false;
    }
}
