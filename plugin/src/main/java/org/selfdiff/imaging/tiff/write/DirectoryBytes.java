package org.selfdiff.imaging.tiff.write;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.selfdiff.imaging.tiff.TiffTag;
import org.selfdiff.run.RunFailed;

/**
 * Directories as bytes (TIFF 6.0, section 2). Those that others point to are written first: sub-directories before their
 * parent, the last of the chain before the first.
 */
final class DirectoryBytes {
    private DirectoryBytes() {}

    /** Writes a chain. Returns where its first directory lies. */
    static long chain(final TiffWriter writer, final List<DirectoryDraft> chain) throws RunFailed {
        long next = 0;
        for (int i = chain.size() - 1; i >= 0; i--) {
            next = directory(writer, chain.get(i), next);
        }
        return next;
    }

    private static long directory(final TiffWriter writer, final DirectoryDraft directory, final long next)
            throws RunFailed {
        final TiffForm form = writer.form();
        final List<WrittenTag> tags = new ArrayList<>(directory.tags());
        if (!directory.children().isEmpty()) {
            final long[] offsets = new long[directory.children().size()];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = directory(writer, directory.children().get(i), 0);
            }
            tags.add(new WrittenTag(
                    TiffTag.SUB_IFDS, form.big() ? WrittenTag.Type.LONG8 : WrittenTag.Type.LONG, offsets));
        }
        tags.sort(Comparator.comparingInt(WrittenTag::tag));
        final int head = form.big() ? 8 : 2;
        final int entry = 4 + 2 * form.offsetBytes();
        final ByteBuffer out = form.buffer(head + tags.size() * entry + form.offsetBytes());
        if (form.big()) {
            out.putLong(tags.size());
        } else {
            out.putShort((short) tags.size());
        }
        for (final WrittenTag tag : tags) {
            entry(writer, tag, out);
        }
        form.offset(out, next);
        return writer.append(out.array());
    }

    /** Values that fit the entry lie in it, from its left; others elsewhere. */
    private static void entry(final TiffWriter writer, final WrittenTag tag, final ByteBuffer out) throws RunFailed {
        final TiffForm form = writer.form();
        out.putShort((short) tag.tag()).putShort((short) tag.typeCode());
        form.offset(out, tag.count());
        final byte[] content = tag.content(form);
        if (content.length <= form.offsetBytes()) {
            out.put(content).put(new byte[form.offsetBytes() - content.length]);
        } else {
            form.offset(out, writer.append(content));
        }
    }
}
