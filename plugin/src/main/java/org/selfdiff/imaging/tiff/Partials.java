package org.selfdiff.imaging.tiff;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Learns whether it pays to decode blocks in part: it does where rectangles lie here and there, and it does not where the
 * next ones want the rest of the same blocks. A matter of speed alone.
 */
final class Partials {
    private static final int REMEMBERED = 512;

    private static final int TRIED = 16;

    /** More than one of so many that is wanted again is too many. */
    private static final int RARE = 4;

    private final Map<Long, Boolean> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<Long, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    private int tried;

    private int again;

    private boolean given;

    /** Whether to decode the block in part; a block that was so lately counts against it. */
    synchronized boolean pay(final int level, final int block) {
        if (given) {
            return false;
        }
        tried++;
        if (recent.put((long) level << 32 | block, Boolean.TRUE) != null) {
            again++;
        }
        given = tried >= TRIED && again * RARE > tried;
        return !given;
    }

    /** The whole block is decoded: if it was in part lately, that was in vain. */
    synchronized void whole(final int level, final int block) {
        if (!given && recent.remove((long) level << 32 | block) != null) {
            again++;
        }
    }
}
