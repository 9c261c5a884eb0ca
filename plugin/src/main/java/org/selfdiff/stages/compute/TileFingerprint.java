package org.selfdiff.stages.compute;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.selfdiff.data.Tile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/**
 * What tells two sets of tiles apart: count and SHA-256 of their places and of the content of their files, not of the
 * folders in which these lie. Of files above 64 MiB, length and time of change stand for the content.
 */
public final class TileFingerprint {
    private static final long WHOLE = 64L << 20;

    private TileFingerprint() {}

    /** For instance {@code 240 tiles, sha256 3f0c...}. */
    public static String of(final List<Tile> tiles, final boolean masks, final RunControl control)
            throws RunFailed, RunCancelled {
        final Map<Path, String> files = new HashMap<>();
        final MessageDigest digest = sha256();
        for (final Tile tile : tiles) {
            control.checkCancelled();
            final StringBuilder line = new StringBuilder(file(tile.image(), files));
            if (masks && tile.mask().isPresent()) {
                line.append(' ').append(file(tile.mask().get().file(), files));
                if (tile.mask().get().drawn() || !tile.mask().get().classes().isEmpty()) {
                    line.append(' ').append(tile.mask().get().classes());
                    line.append(' ').append(tile.mask().get().excluded());
                }
            }
            line.append(' ')
                    .append(tile.x())
                    .append(' ')
                    .append(tile.y())
                    .append(' ')
                    .append(tile.width());
            line.append(' ').append(tile.height());
            if (tile.area().downsample() != 1) {
                line.append(" 1:").append(tile.area().downsample());
            }
            tile.stain().ifPresent(stain -> line.append(' ').append(stain.text()));
            line.append('\n');
            digest.update(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        return tiles.size() + " tiles, sha256 " + HexFormat.of().formatHex(digest.digest());
    }

    private static String file(final Path file, final Map<Path, String> known) throws RunFailed {
        final String before = known.get(file);
        if (before != null) {
            return before;
        }
        try {
            final String sum = Files.size(file) <= WHOLE
                    ? content(file)
                    : file.getFileName() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
            known.put(file, sum);
            return sum;
        } catch (IOException e) {
            throw new RunFailed(
                    "The file cannot be read: " + e.getMessage(), file.toString(), "Check that it is there.", e);
        }
    }

    private static String content(final Path file) throws IOException {
        final MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
