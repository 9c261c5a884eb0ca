package org.selfdiff.fuzz.seed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** State dicts as PyTorch saves them: whole files, and the pickle inside. */
public final class TorchSeeds {
    private static final int NUMBERS = 64;

    private TorchSeeds() {}

    /** Files, stored and deflated, of either byte order. */
    public static Map<String, byte[]> files() throws IOException {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        for (final Map.Entry<String, byte[]> pickle : pickles().entrySet()) {
            all.put(pickle.getKey() + "-stored", file(pickle.getValue(), ZipEntry.STORED, "little"));
            all.put(pickle.getKey() + "-deflated", file(pickle.getValue(), ZipEntry.DEFLATED, "big"));
        }
        return all;
    }

    /** A file around a pickle that may be anything, with two storages of 64 bytes. */
    public static byte[] file(final byte[] pickle) throws IOException {
        return file(pickle, ZipEntry.STORED, "little");
    }

    private static byte[] file(final byte[] pickle, final int method, final String order) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            put(out, method, "a/data.pkl", pickle);
            put(out, method, "a/byteorder", ModelSeeds.text(order));
            for (final String key : List.of("0", "1")) {
                put(out, method, "a/data/" + key, new byte[NUMBERS]);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(final ZipOutputStream out, final int method, final String name, final byte[] content)
            throws IOException {
        final ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setTime(0);
        if (method == ZipEntry.STORED) {
            final CRC32 sum = new CRC32();
            sum.update(content);
            entry.setSize(content.length);
            entry.setCrc(sum.getValue());
        }
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    /** Pickles of protocols 2 and 4 with nested dictionaries, lists and tensors of several types. */
    public static Map<String, byte[]> pickles() {
        final String two = "\u0080\u0002}(" + text("model") + "ccollections\nOrderedDict\nq\0)Rq\u0001("
                + text("w") + tensor("FloatStorage", "0", 16, "K\u0002K\u0003\u0086", "K\u0003K\u0001\u0086")
                + text("t") + tensor("LongStorage", "1", 8, "K\u0002K\u0004\u0086", "K\u0001K\u0002\u0086")
                + text("_metadata") + "}u}b"
                + text("list") + "](K\u0007" + tensor("HalfStorage", "0", 32, "K\u0004\u0085", "K\u0001\u0085")
                + "G\u003f\u00f0\0\0\0\0\0\0NM\u0001\u0001\u008a\u0001\u00ffe"
                + text("size") + "ctorch\nSize\nK\u0001K\u0002\u0086\u0085R" + text("same") + "h\u0001u.";
        final String four = "\u0080\u0004\u0095\u0040\0\0\0\0\0\0\0}\u0094(" + brief("b")
                + brief("torch._utils") + brief("_rebuild_parameter") + "\u0093"
                + tensor("BoolStorage", "1", 64, ")", ")") + "\u0088}\u0087R"
                + brief("c") + tensor("DoubleStorage", "0", 8, "K\u0001\u0085", "K\u0001\u0085") + "u.";
        return Map.of("protocol2", bytes(two), "protocol4", bytes(four));
    }

    private static String tensor(
            final String type, final String key, final int elements, final String shape, final String strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\n" + type + "\n" + text(key)
                + text("cpu") + "K" + (char) elements + "tQK\0" + shape + strides + "\u0089NtR";
    }

    private static String text(final String text) {
        return "X" + (char) text.length() + "\0\0\0" + text;
    }

    private static String brief(final String text) {
        return "\u008c" + (char) text.length() + text;
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
