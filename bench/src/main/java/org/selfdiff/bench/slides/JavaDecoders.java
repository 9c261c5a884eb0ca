package org.selfdiff.bench.slides;

import java.util.ArrayList;
import java.util.List;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/** Which plug-ins of Image I/O this process has. */
final class JavaDecoders {
    private JavaDecoders() {}

    /** Removes those that only one contender brings, so that they do not decode for the others. */
    static void withoutTwelveMonkeys() {
        final IIORegistry registry = IIORegistry.getDefaultInstance();
        final List<Object> foreign = new ArrayList<>();
        registry.getServiceProviders(ImageReaderSpi.class, false).forEachRemaining(foreign::add);
        registry.getServiceProviders(ImageWriterSpi.class, false).forEachRemaining(foreign::add);
        foreign.removeIf(plugin -> !plugin.getClass().getName().startsWith("com.twelvemonkeys."));
        foreign.forEach(registry::deregisterServiceProvider);
    }
}
