package org.selfdiff.data.features;

import java.util.Arrays;
import java.util.Optional;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.run.RunFailed;

/**
 * Features that references lead to. Rows that follow each other in a file are read together; one file is open at a time.
 * One thread at a time.
 */
public final class FeatureRows implements AutoCloseable {
    /** Numbers that are read together. */
    private static final int BLOCK = 1 << 18;

    private final Optional<EncodedBy> encodedBy;

    private FeatureFile file;

    private float[] block = new float[0];

    private int first;

    private int count;

    /**
     * Features that are expected of an encoder.
     *
     * @param encodedBy what made them, where the references say so; files that name another encoder are refused
     */
    public FeatureRows(final Optional<EncodedBy> encodedBy) {
        this.encodedBy = encodedBy;
    }

    /**
     * The features of a row.
     *
     * @param where the cell with the reference, for the message
     * @throws RunFailed when the file cannot be read or has no such row
     */
    public float[] row(final FeatureReference reference, final String where) throws RunFailed {
        if (file == null || !file.path().equals(reference.file())) {
            close();
            file = FeatureFile.open(reference.file());
            count = 0;
            requireSameEncoder(where);
        }
        if (reference.row() >= file.tiles()) {
            throw new RunFailed(
                    "The file " + file.path() + " has " + file.tiles() + " rows, not row " + reference.row(),
                    where,
                    "The file was changed since the reference was made. Read the features again.");
        }
        if (reference.row() < first || reference.row() >= first + count) {
            first = reference.row();
            count = Math.min(Math.max(1, BLOCK / Math.max(1, file.width())), file.tiles() - first);
            block = file.features(first, count);
        }
        final int at = (reference.row() - first) * file.width();
        return Arrays.copyOfRange(block, at, at + file.width());
    }

    private void requireSameEncoder(final String where) throws RunFailed {
        final Optional<String> print = file.fingerprint();
        if (encodedBy.isPresent()
                && print.isPresent()
                && !print.get().equals(encodedBy.get().fingerprint())) {
            throw new RunFailed(
                    "The file " + file.path() + " has features of another encoder, \""
                            + file.encoder().orElse("unnamed") + "\", not of "
                            + encodedBy.get().shown(),
                    where,
                    "It was written again since the references were made. Embed the tiles again, into a folder of their"
                            + " own.");
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
