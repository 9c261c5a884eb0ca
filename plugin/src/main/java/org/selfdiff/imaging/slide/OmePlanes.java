package org.selfdiff.imaging.slide;

import java.util.List;
import java.util.Map;

/**
 * In which directories of an OME-TIFF the first focal plane and time of each channel lie (OME-TIFF specification,
 * "TiffData"). A TiffData element gives the directory of the plane that it names and counts on from there in the
 * dimension order; without any, the planes lie one after the other.
 *
 * @param directories one for each channel
 * @param namedFile name of the file that holds the first one, or the first one elsewhere, as the text has it, empty if it
 *     has none
 * @param elsewhere whether one of them lies in another file: its identifier is not this file's, or not that of the others
 */
record OmePlanes(List<Integer> directories, String namedFile, boolean elsewhere) {
    /** Key of a part for the identifier of the file that it lies in. */
    static final String IDENTIFIER = "UUID";

    /** Key of a part for the name of that file. */
    static final String FILE_NAME = "FileName";

    /**
     * Finds the directories.
     *
     * @param pixels attributes of the Pixels element
     * @param channels how many channels have a plane of their own
     * @param parts attributes of the TiffData elements, with their UUID and its FileName
     * @param first directory of the first plane if no element says so
     * @param self identifier of this file, empty if the text has none
     */
    static OmePlanes of(
            final Map<String, String> pixels,
            final int channels,
            final List<Map<String, String>> parts,
            final long first,
            final String self) {
        final int z = Math.max(1, Numbers.whole(pixels.get("SizeZ"), 1));
        final int t = Math.max(1, Numbers.whole(pixels.get("SizeT"), 1));
        final String order = pixels.getOrDefault("DimensionOrder", "XYCZT");
        final Integer[] directories = new Integer[Math.min(channels, 64)];
        String named = "";
        String home = self;
        boolean elsewhere = false;
        for (int c = 0; c < directories.length; c++) {
            final long plane = position(order, channels, z, t, c, 0, 0);
            directories[c] = (int) Math.min(Integer.MAX_VALUE, first + plane);
            for (final Map<String, String> part : parts) {
                final long start = position(
                        order,
                        channels,
                        z,
                        t,
                        Numbers.whole(part.get("FirstC"), 0),
                        Numbers.whole(part.get("FirstZ"), 0),
                        Numbers.whole(part.get("FirstT"), 0));
                if (plane >= start && plane < start + count(part, parts.size())) {
                    final long at = Numbers.whole(part.get("IFD"), 0) + plane - start;
                    directories[c] = (int) Math.min(Integer.MAX_VALUE, at);
                    final String place = part.getOrDefault(IDENTIFIER, "");
                    home = home.isEmpty() ? place : home;
                    final boolean away = !place.isEmpty() && !place.equals(home);
                    named = named.isEmpty() || away && !elsewhere ? part.getOrDefault(FILE_NAME, "") : named;
                    elsewhere = elsewhere || away;
                    break;
                }
            }
        }
        return new OmePlanes(List.of(directories), named, elsewhere);
    }

    /** Planes of an element: 1 if it names a directory and no count; all if it is the only one and names neither. */
    private static long count(final Map<String, String> part, final int parts) {
        final boolean bare = !part.containsKey("IFD") && parts == 1;
        return Numbers.whole(part.get("PlaneCount"), bare ? Integer.MAX_VALUE : 1);
    }

    /** Place of a plane in the dimension order, of which the first two letters are X and Y. */
    private static long position(
            final String order,
            final int sizeC,
            final int sizeZ,
            final int sizeT,
            final int c,
            final int z,
            final int t) {
        long position = 0;
        long step = 1;
        for (int i = 2; i < Math.min(5, order.length()); i++) {
            switch (order.charAt(i)) {
                case 'C' -> {
                    position += step * c;
                    step *= sizeC;
                }
                case 'Z' -> {
                    position += step * z;
                    step *= sizeZ;
                }
                default -> {
                    position += step * t;
                    step *= sizeT;
                }
            }
        }
        return position;
    }
}
