package org.selfdiff.imaging.slide;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.selfdiff.imaging.tiff.BlockCodec;
import org.selfdiff.imaging.tiff.BlockRoom;
import org.selfdiff.imaging.tiff.BlockTable;
import org.selfdiff.imaging.tiff.TiffLevel;

/**
 * Puts blocks of red, green and blue together that lie in directories of their own, each a grey picture.
 *
 * @param grey decodes the blocks of each channel
 */
record ChannelCodec(List<BlockCodec> grey) implements BlockCodec {

    /** One level of three that have the same grid. */
    static TiffLevel merge(final List<TiffLevel> channels) {
        final TiffLevel first = channels.get(0);
        final int count = first.blocks().grid().count();
        final long[] offsets = new long[channels.size() * count];
        final long[] lengths = new long[channels.size() * count];
        for (int c = 0; c < channels.size(); c++) {
            final BlockTable blocks = channels.get(c).blocks();
            System.arraycopy(blocks.offsets(), 0, offsets, c * count, count);
            System.arraycopy(blocks.lengths(), 0, lengths, c * count, count);
        }
        final BlockTable table = new BlockTable(
                first.blocks().grid(),
                channels.size(),
                offsets,
                lengths,
                first.blocks().prefix());
        final List<BlockCodec> codecs = channels.stream().map(TiffLevel::codec).toList();
        return new TiffLevel(first.level(), first.label(), table, new ChannelCodec(codecs));
    }

    @Override
    public String name() {
        return grey.get(0).name();
    }

    @Override
    public byte[] decode(final byte[][] parts, final int width, final int height, final BlockRoom room)
            throws IOException {
        final byte[] rgb = room.of(Math.multiplyExact(3, Math.multiplyExact(width, height)));
        for (int c = 0; c < grey.size(); c++) {
            final byte[] channel = grey.get(c).decode(Arrays.copyOfRange(parts, c, c + 1), width, height);
            for (int i = c; i < rgb.length; i += 3) {
                rgb[i] = channel[i];
            }
        }
        return rgb;
    }

    @Override
    public void close() {
        grey.forEach(BlockCodec::close);
    }
}
