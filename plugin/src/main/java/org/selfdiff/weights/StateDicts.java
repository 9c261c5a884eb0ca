package org.selfdiff.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.selfdiff.run.RunFailed;

/** Opens files of named tensors, whatever they are called: their kind is recognised by their first bytes. */
public final class StateDicts {
    /** Where a tar says that it is one. */
    private static final int TAR_MARK = 257;

    private static final byte[] TAR = "ustar".getBytes(StandardCharsets.US_ASCII);

    private static final int HEAD = TAR_MARK + TAR.length;

    private static final int PICKLE = 0x80;

    private StateDicts() {}

    /**
     * Opens a file of anyone's making: safetensors, or a state dict of PyTorch.
     *
     * @throws RunFailed when it cannot be read, is of another kind, or is not sound
     */
    public static StateDict open(final Path file) throws RunFailed {
        final byte[] head = head(file);
        if (isSafeTensors(head)) {
            return SafeTensors.open(file);
        }
        if (head.length > 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
            return TorchFile.open(file);
        }
        if (isOldTorch(head)) {
            throw new RunFailed(
                    "The file is of PyTorch's form before version 1.6, which is not read",
                    file.toString(),
                    "Load it in PyTorch and save it again: torch.save(torch.load(file), file), or save it as"
                            + " safetensors.");
        }
        throw new RunFailed(
                "The file is neither safetensors nor a state dict of PyTorch",
                file.toString(),
                "Choose a file of weights: .safetensors, .pth, .pt or .bin.");
    }

    private static byte[] head(final Path file) throws RunFailed {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            throw TensorFile.unreadable(file, e);
        }
    }

    private static boolean isSafeTensors(final byte[] head) {
        if (head.length <= Long.BYTES || head[Long.BYTES] != '{') {
            return false;
        }
        final long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        return length > 0 && length <= SafeTensorsHeader.MAX_BYTES;
    }

    private static boolean isOldTorch(final byte[] head) {
        final boolean tar = head.length == HEAD && java.util.Arrays.equals(head, TAR_MARK, HEAD, TAR, 0, TAR.length);
        return tar || head.length > 1 && (head[0] & 0xFF) == PICKLE && head[1] <= 5;
    }
}
