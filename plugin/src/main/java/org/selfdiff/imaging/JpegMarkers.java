package org.selfdiff.imaging;

/**
 * What the markers of a JPEG file say about its colours and its place (ITU T.81 B.2; Adobe TN 5116; EXIF).
 *
 * @param components samples of a pixel, 0 if no frame header was found
 * @param adobe 0, 1 (YCbCr) or 2 (YCCK) by Adobe's marker, -1 without one
 * @param orientation as {@link ExifOrientation} has it
 */
record JpegMarkers(int components, int adobe, int orientation) {
    /** Adobe's number for luminance, two colour differences and black. */
    static final int YCCK = 2;

    private static final int APP1 = 0xe1;

    private static final int APP14 = 0xee;

    private static final int SOS = 0xda;

    private static final int EXIF = 6;

    /**
     * Reads markers up to the pixels.
     *
     * @param file its first bytes, or all of them
     */
    static JpegMarkers of(final byte[] file) {
        int components = 0;
        int adobe = -1;
        int orientation = ExifOrientation.UPRIGHT;
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xff) == 0xff) {
            final int marker = file[at + 1] & 0xff;
            if (marker == 0xff) { // a fill byte
                at++;
                continue;
            } else if (marker == SOS) {
                break;
            }
            final int content = at + 4;
            final int length = (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
            if (marker == APP14 && begins(file, content, "Adobe") && content + 12 <= file.length) {
                adobe = file[content + 11] & 0xff;
            } else if (marker == APP1 && begins(file, content, "Exif\0\0")) {
                orientation = ExifOrientation.of(file, content + EXIF);
            } else if (isFrame(marker) && content + 6 <= file.length) {
                components = file[content + 5] & 0xff;
            }
            at += 2 + Math.max(2, length);
        }
        return new JpegMarkers(components, adobe, orientation);
    }

    private static boolean isFrame(final int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static boolean begins(final byte[] file, final int at, final String text) {
        boolean same = at + text.length() <= file.length;
        for (int i = 0; same && i < text.length(); i++) {
            same = file[at + i] == text.charAt(i);
        }
        return same;
    }
}
