package org.selfdiff.imaging.tiff.write;

import java.util.ArrayList;
import java.util.List;

/**
 * A directory that is to be written; its blocks are in the file already.
 *
 * @param tags all entries but those of its sub-directories, in any order
 * @param children sub-directories (tag 330), such as the smaller levels of an OME-TIFF
 */
public record DirectoryDraft(List<WrittenTag> tags, List<DirectoryDraft> children) {

    /** Copies the lists. */
    public DirectoryDraft {
        tags = List.copyOf(tags);
        children = List.copyOf(children);
    }

    /** The same with sub-directories. */
    public DirectoryDraft with(final List<DirectoryDraft> subDirectories) {
        return new DirectoryDraft(tags, subDirectories);
    }

    /** The same with more entries; one that is there already is replaced. */
    public DirectoryDraft and(final WrittenTag... more) {
        final List<WrittenTag> all = new ArrayList<>(tags);
        for (final WrittenTag tag : more) {
            all.removeIf(own -> own.tag() == tag.tag());
            all.add(tag);
        }
        return new DirectoryDraft(all, children);
    }
}
