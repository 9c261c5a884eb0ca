package org.selfdiff.stages.slides;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.selfdiff.imaging.Pictures;

/**
 * A folder's name for every slide: the name of its file without the extension, cut where it is long. Where several slides
 * have one name, all but the first have a number behind it that no other slide has; capitals make no difference, since
 * they make none on some disks.
 */
public final class FolderNames {
    /** Bytes of a name; temporary names of a folder are longer, and 255 is the most that disks take. */
    private static final int LONGEST = 120;

    private FolderNames() {}

    /** Names by slide, the same for the same slides in the same order. */
    public static Map<Path, String> of(final Collection<Path> slides) {
        final Set<String> own = new HashSet<>();
        slides.forEach(slide -> own.add(compared(stem(slide))));
        final Set<String> taken = new HashSet<>();
        final Map<Path, String> names = new LinkedHashMap<>();
        for (final Path slide : slides) {
            final String stem = stem(slide);
            String name = stem;
            for (int i = 2; taken.contains(compared(name)) || !name.equals(stem) && own.contains(compared(name)); i++) {
                name = stem + "-" + i;
            }
            taken.add(compared(name));
            names.put(slide, name);
        }
        return names;
    }

    private static String compared(final String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Long names are cut, and told apart by a sum of the whole. */
    private static String stem(final Path slide) {
        final String stem = Pictures.stem(slide);
        if (stem.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return stem;
        }
        final CRC32C sum = new CRC32C();
        sum.update(stem.getBytes(StandardCharsets.UTF_8));
        int length = Math.min(stem.length(), LONGEST);
        while (stem.substring(0, length).getBytes(StandardCharsets.UTF_8).length > LONGEST - 9
                || Character.isHighSurrogate(stem.charAt(length - 1))) {
            length--;
        }
        return stem.substring(0, length) + "-" + String.format(Locale.ROOT, "%08x", sum.getValue());
    }
}
