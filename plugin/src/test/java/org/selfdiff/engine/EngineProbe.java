package org.selfdiff.engine;

import org.selfdiff.run.RunFailed;

/** A program for {@link EngineTest}: starts the engine; when it is refused, mends the setting and tries again. */
final class EngineProbe {
    private EngineProbe() {}

    public static void main(final String[] args) {
        // a host such as Eclipse: its class loader does not see DJL
        final ClassLoader host = ClassLoader.getPlatformClassLoader();
        Thread.currentThread().setContextClassLoader(host);
        for (int i = 0; i < 2; i++) {
            try {
                System.out.println("started: " + Engine.start().versions().get("libtorch"));
                break;
            } catch (RunFailed e) {
                System.out.println("refused: " + e.getMessage());
                System.setProperty(InstalledFolders.SETTING, args[0]);
                System.clearProperty(NativeLoading.THREADS);
            }
        }
        System.out.println(
                "context class loader kept: " + (Thread.currentThread().getContextClassLoader() == host));
    }
}
