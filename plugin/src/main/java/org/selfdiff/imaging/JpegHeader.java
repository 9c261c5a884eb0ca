package org.selfdiff.imaging;

import java.io.IOException;
import java.io.RandomAccessFile;

/** Size of a JPEG file: the first start-of-frame segment (ITU T.81, B.2.2). */
final class JpegHeader {

    private JpegHeader() {}

    static PictureHeader read(final RandomAccessFile in) throws IOException {
        in.seek(2);
        while (true) {
            final int marker = marker(in);
            if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
                continue; // stands alone, without a length
            }
            if (marker == 0xd9 || marker == 0xda) {
                throw new IOException("no frame header before the pixels");
            }
            final long start = in.getFilePointer();
            final int length = in.readUnsignedShort();
            if (isFrame(marker)) {
                in.readUnsignedByte();
                final int height = in.readUnsignedShort();
                return new PictureHeader(PictureHeader.Format.JPEG, in.readUnsignedShort(), height);
            }
            if (length < 2) {
                throw new IOException("a segment of length " + length);
            }
            in.seek(start + length);
        }
    }

    private static int marker(final RandomAccessFile in) throws IOException {
        if (in.readUnsignedByte() != 0xff) {
            throw new IOException("no marker where one is due");
        }
        int marker = in.readUnsignedByte();
        while (marker == 0xff) {
            marker = in.readUnsignedByte(); // fill bytes
        }
        return marker;
    }

    private static boolean isFrame(final int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }
}
