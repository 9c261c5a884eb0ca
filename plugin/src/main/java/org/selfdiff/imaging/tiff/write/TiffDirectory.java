package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.List;

/**
 * A directory whose blocks are in the file already.
 *
 * @param tags all entries but those of its sub-directories, in any order
 * @param children sub-directories (tag 330), such as the smaller levels of an OME-TIFF
 */
public record TiffDirectory(List<TiffTag> tags, List<TiffDirectory> children) {

    /** Copies the lists. */
    public TiffDirectory {
        tags = List.copyOf(tags);
        children = List.copyOf(children);
    }

    /** The same with sub-directories. */
    public TiffDirectory with(final List<TiffDirectory> subDirectories) {
        return new TiffDirectory(tags, subDirectories);
    }

    /** The same with more entries; one that is there already is replaced. */
    public TiffDirectory and(final TiffTag... more) {
        final List<TiffTag> all = new ArrayList<>(tags);
        for (final TiffTag tag : more) {
            all.removeIf(own -> own.tag() == tag.tag());
            all.add(tag);
        }
        return new TiffDirectory(all, children);
    }
}
