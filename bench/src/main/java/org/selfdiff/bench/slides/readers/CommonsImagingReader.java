package org.selfdiff.bench.slides.readers;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.imaging.FormatCompliance;
import org.apache.commons.imaging.bytesource.ByteSource;
import org.apache.commons.imaging.formats.tiff.AbstractTiffElement.DataElement;
import org.apache.commons.imaging.formats.tiff.AbstractTiffImageData;
import org.apache.commons.imaging.formats.tiff.TiffDirectory;
import org.apache.commons.imaging.formats.tiff.TiffDirectory.ImageDataElement;
import org.apache.commons.imaging.formats.tiff.TiffImagingParameters;
import org.apache.commons.imaging.formats.tiff.TiffReader;
import org.apache.commons.imaging.formats.tiff.constants.TiffTagConstants;

/**
 * Apache Commons Imaging alone. Left to itself it would load all tiles of the level for every rectangle, several
 * seconds each; it is given tiles that are loaded when they are touched, which its interface allows.
 */
final class CommonsImagingReader implements SlideReader {
    private final Path file;

    private final FileChannel channel;

    CommonsImagingReader(final Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file);
    }

    @Override
    public String version() {
        return "Apache Commons Imaging, tiles loaded when touched";
    }

    @Override
    public RegionReader forThread() throws IOException {
        final TiffDirectory directory = new TiffReader(false)
                .readFirstDirectory(ByteSource.path(file), false, FormatCompliance.getDefault())
                .directories
                .get(0);
        final List<ImageDataElement> elements = directory.getTiffRawImageDataElements();
        final DataElement[] tiles = new DataElement[elements.size()];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new Tile(channel, elements.get(i).offset, elements.get(i).length);
        }
        directory.setTiffImageData(new AbstractTiffImageData.Tiles(
                tiles,
                directory.getSingleFieldValue(TiffTagConstants.TIFF_TAG_TILE_WIDTH),
                directory.getSingleFieldValue(TiffTagConstants.TIFF_TAG_TILE_LENGTH)));
        return new RegionReader() {
            private BufferedImage last;

            @Override
            public void read(final long x, final long y, final int width, final int height) throws IOException {
                final TiffImagingParameters parameters = new TiffImagingParameters();
                parameters.setSubImage((int) x, (int) y, width, height);
                last = directory.getTiffImage(parameters);
            }

            @Override
            public byte[] rgb() {
                return Colours.rgb(last);
            }
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tile that is read from the file whenever it is asked for. */
    private static final class Tile extends DataElement {
        private final FileChannel channel;

        Tile(final FileChannel channel, final long offset, final int length) {
            super(offset, length, new byte[0]);
            this.channel = channel;
        }

        @Override
        public byte[] getData() {
            final ByteBuffer bytes = ByteBuffer.allocate(length);
            try {
                while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
                    // a read may bring less than asked for
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.array();
        }

        @Override
        public int getDataLength() {
            return length;
        }

        @Override
        public String getElementDescription() {
            return "tile at " + offset;
        }
    }
}
