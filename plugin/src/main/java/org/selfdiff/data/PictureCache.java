package org.selfdiff.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.LabelMap;
import org.selfdiff.imaging.MaskCoding;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.run.RunFailed;

/**
 * Decoded pictures and masks, the least recently used dropped first when they take more memory than allowed. Safe for
 * several threads.
 */
public final class PictureCache {
    private final DecodeLimits limits;

    private final long maxBytes;

    private final Map<Object, Object> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /**
     * An empty cache.
     *
     * @param limits for reading
     * @param maxBytes memory for decoded pictures; the one being read comes on top
     */
    public PictureCache(final DecodeLimits limits, final long maxBytes) {
        this.limits = limits;
        this.maxBytes = maxBytes;
    }

    /** With standard limits and an eighth of the memory that Java may use. */
    public static PictureCache standard() {
        return new PictureCache(DecodeLimits.standard(), Runtime.getRuntime().maxMemory() / 8);
    }

    private record MaskKey(Path file, MaskCoding coding) {}

    /** The picture in a file. */
    public Picture picture(final Path file) throws RunFailed {
        final Picture known = (Picture) get(file);
        return known != null ? known : put(file, Pictures.read(file, limits));
    }

    /**
     * The mask of a picture.
     *
     * @throws RunFailed if it cannot be read or has another size than the picture
     */
    public LabelMap mask(final Path file, final MaskCoding coding, final Path image) throws RunFailed {
        final MaskKey key = new MaskKey(file, coding);
        final LabelMap known = (LabelMap) get(key);
        final LabelMap mask = known != null ? known : put(key, coding.read(file, limits));
        final Picture picture = picture(image);
        requireSameSize(file, mask, image.toString(), picture.width(), picture.height());
        return mask;
    }

    /**
     * Refuses a mask of another size than its picture.
     *
     * @param image what the message calls the picture
     */
    public static void requireSameSize(
            final Path file, final LabelMap mask, final String image, final int width, final int height)
            throws RunFailed {
        if (mask.width() != width || mask.height() != height) {
            throw new RunFailed(
                    "The mask has " + mask.width() + " x " + mask.height() + " pixels, its picture " + width + " x "
                            + height,
                    "mask " + file + ", picture " + image,
                    "Save the mask at the picture's size, without interpolation, or pair it with the right picture.");
        }
    }

    /** Memory taken by what is held, in bytes. */
    public synchronized long bytes() {
        return bytes;
    }

    private synchronized Object get(final Object key) {
        return entries.get(key);
    }

    private synchronized <T> T put(final Object key, final T value) {
        if (size(value) <= maxBytes && entries.put(key, value) == null) {
            bytes += size(value);
            final var oldest = entries.entrySet().iterator();
            while (bytes > maxBytes) {
                bytes -= size(oldest.next().getValue());
                oldest.remove();
            }
        }
        return value;
    }

    private static long size(final Object value) {
        return value instanceof Picture p ? p.rgb().length : 4L * ((LabelMap) value).labels().length;
    }
}
