package org.selfdiff.imaging.tiff;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.run.RunFailed;

/** Which codec reads which compression (tag 259). Immutable; a format more is one line of {@link #with}. */
public final class BlockCodecs {
    private final Map<Integer, Maker> makers;

    /** Makes the codec of a level from the tags of its directory. */
    public interface Maker {

        /**
         * The codec.
         *
         * @throws RunFailed naming the tag whose value is not read
         */
        BlockCodec make(TiffDirectory directory, DecodeLimits limits) throws RunFailed;
    }

    private BlockCodecs(final Map<Integer, Maker> makers) {
        this.makers = Map.copyOf(makers);
    }

    /** None, LZW, deflate, PackBits, CCITT fax by Commons Imaging, and JPEG by the JDK. */
    public static BlockCodecs standard() {
        final Map<Integer, Maker> makers = new HashMap<>();
        for (final Unpacking unpacking : Unpacking.values()) {
            for (final int compression : unpacking.compressions()) {
                makers.put(compression, (directory, limits) -> SampleCodec.of(directory, unpacking, limits));
            }
        }
        for (final int fax : Compression.FAX) {
            makers.put(fax, (directory, limits) -> CommonsCodec.of(directory));
        }
        return new BlockCodecs(makers).withJpeg(JdkJpeg::new);
    }

    /** The same with another codec for a compression. */
    public BlockCodecs with(final int compression, final Maker maker) {
        final Map<Integer, Maker> more = new HashMap<>(makers);
        more.put(compression, maker);
        return new BlockCodecs(more);
    }

    /** The same with another decoder of JPEG blocks (compression 7). */
    public BlockCodecs withJpeg(final Supplier<? extends JpegDecoder> decoder) {
        return with(Compression.JPEG, (directory, limits) -> JpegCodec.of(directory, decoder.get(), limits));
    }

    /** Whether there is a codec for the directory's compression. */
    public boolean supports(final TiffDirectory directory) throws RunFailed {
        return makers.containsKey((int) directory.number(TiffTag.COMPRESSION, Compression.NONE));
    }

    /**
     * The codec of a directory.
     *
     * @throws RunFailed naming the tag whose value is not read
     */
    public BlockCodec of(final TiffDirectory directory, final DecodeLimits limits) throws RunFailed {
        final long compression = directory.number(TiffTag.COMPRESSION, Compression.NONE);
        final Maker maker = compression > 0xffff ? null : makers.get((int) compression);
        if (maker == null) {
            throw directory.unread(
                    TiffTag.COMPRESSION, "The compression " + Compression.name(compression) + " is not read");
        }
        return maker.make(directory, limits);
    }
}
