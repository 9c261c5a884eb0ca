package org.selfdiff.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript source as the archive that LibTorch loads: a zip with stored entries. It holds code only, no
 * weights; the one attribute is {@code training}, which LibTorch's loader sets.
 */
public final class ScriptArchive {
    /** Qualified name of the module's class, the type of {@code self} in every method. */
    public static final String TYPE = "__torch__.Net";

    /** Path of the source inside the archive; LibTorch's messages name it. */
    public static final String SOURCE_FILE = "code/__torch__.py";

    /** Lines before the first method. */
    private static final String HEAD =
            "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

    private ScriptArchive() {}

    /** Number of lines that {@link #source} puts before the methods. */
    public static int headLines() {
        return (int) HEAD.lines().count();
    }

    /** The whole source text: the class and its methods. */
    public static String source(final String methods) {
        return HEAD + methods;
    }

    /**
     * The archive's bytes.
     *
     * @param source text of {@link #source}
     */
    public static byte[] bytes(final String source) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(source.length() + 2048);
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "net/data.pkl", object());
            put(zip, "net/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            put(zip, "net/" + SOURCE_FILE, source.getBytes(StandardCharsets.UTF_8));
            // an empty tuple
            put(zip, "net/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "net/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot happen: nothing leaves the memory
        }
        return out.toByteArray();
    }

    /** Pickle of an object of the class with the attribute {@code training = True}. */
    private static byte[] object() {
        final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        final byte[] name = "training".getBytes(StandardCharsets.US_ASCII);
        pickle.writeBytes(new byte[] {(byte) 0x80, 2, 'c'});
        pickle.writeBytes("__torch__\nNet\n".getBytes(StandardCharsets.US_ASCII));
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '(', 'X', (byte) name.length, 0, 0, 0});
        pickle.writeBytes(name);
        pickle.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
        return pickle.toByteArray();
    }

    private static void put(final ZipOutputStream zip, final String name, final byte[] data) throws IOException {
        final CRC32 crc = new CRC32();
        crc.update(data);
        final ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(data.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(data);
        zip.closeEntry();
    }
}
