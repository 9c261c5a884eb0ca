package org.selfdiff.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

/** Pickles that want to do something, and files that lie. Each must be refused, and cost next to nothing. */
class HostileTorchFileTest {
    private static final String HEAD = "\u0080\u0002";

    private static final String TENSOR = "ctorch._utils\n_rebuild_tensor_v2\n";

    /** A storage of 4 floats that is in the file under the key 0. */
    private static final String STORAGE = storage("FloatStorage", "0", 4);

    @TempDir
    Path folder;

    private static String storage(final String type, final String key, final int elements) {
        return "(" + text("storage") + "ctorch\n" + type + "\n" + text(key) + text("cpu") + number(elements) + "tQ";
    }

    private static String text(final String text) {
        return "X" + little(text.length()) + text;
    }

    private static String number(final int value) {
        return "J" + little(value);
    }

    private static String little(final int value) {
        return new String(new char[] {
            (char) (value & 0xFF), (char) (value >> 8 & 0xFF), (char) (value >> 16 & 0xFF), (char) (value >>> 24)
        });
    }

    private static String tensor(final String storage, final String rest) {
        return TENSOR + "(" + storage + rest + "\u0089N" + "tR";
    }

    private Path file(final String pickle) throws IOException {
        final Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
        entries.put("a/data/0", new byte[16]);
        return file(entries);
    }

    private Path file(final Map<String, byte[]> entries) throws IOException {
        final Path file = folder.resolve("x.pth");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (final Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    private static RunFailed refused(final Path file) {
        final RunFailed e =
                assertThrows(RunFailed.class, () -> StateDicts.open(file).close());
        assertEquals(file.toString(), e.where());
        return e;
    }

    @Test
    void theExampleThatTheOthersAreVariationsOfIsSound() throws Exception {
        final Path file = file(HEAD + "}" + text("w")
                + tensor(STORAGE, number(0) + number(2) + number(2) + "\u0086K\u0002K\u0001\u0086") + "s.");
        try (StateDict in = StateDicts.open(file)) {
            assertArrayEquals(new long[] {2, 2}, in.require("w").shape());
            assertArrayEquals(new float[4], in.floats("w"));
        }
    }

    /** Nothing of what these pickles want may happen; a file that they would make is looked for. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(" + "X@tR." + "|os.system",
                "cposix\nsystem\n(" + "X@tR." + "|posix.system",
                "cbuiltins\neval\n(" + "X@tR." + "|builtins.eval",
                "c__builtin__\nexec\n(" + "X@tR." + "|__builtin__.exec",
                "csubprocess\nPopen\n(" + "X@tR." + "|subprocess.Popen",
                "ctorch\nload\n(" + "X@tR." + "|torch.load",
                "ctorch.hub\nload\n(" + "X@tR." + "|torch.hub.load",
                "cjava.lang\nRuntime\n(" + "X@tR." + "|java.lang.Runtime",
                "ctorch._utils\n_rebuild_tensor\n(" + "X@tR." + "|torch._utils._rebuild_tensor",
                "ctorch\nFloatStorage.from_file\n(" + "X@tR." + "|torch.FloatStorage.from_file",
                "(X@ios\nsystem\n.|INST",
                "(X@o.|OBJ",
                "]X@\u0081.|NEWOBJ",
                "]X@\u0092.|NEWOBJ_EX",
                "\u0082\u0001.|EXT1",
                "Pxx\n.|PERSID",
                "Vtext\n.|unknown name",
                "]}b.|sets attributes",
                "}]b.|sets attributes"
            })
    void nothingIsExecuted(final String pickleAndReason) throws IOException {
        final int bar = pickleAndReason.lastIndexOf('|');
        final Path mark = folder.resolve("mark");
        final String pickle = pickleAndReason.substring(0, bar).replace("X@", text("touch " + mark));
        final RunFailed e = refused(file(HEAD + pickle));
        assertTrue(e.what().contains(pickleAndReason.substring(bar + 1)), e.what());
        assertTrue(e.what().startsWith("The file holds more than tensors: "), e.what());
        assertTrue(e.remedy().startsWith("Nothing in it was executed."), e.remedy());
        assertFalse(Files.exists(mark));
    }

    @Test
    void namesFromTheStackAreRefusedToo() throws IOException {
        final RunFailed e = refused(file("\u0080\u0004" + text("os") + text("system") + "\u0093."));
        assertTrue(e.what().endsWith("the Python object os.system"), e.what());
        assertTrue(refused(file("\u0080\u0004" + text("o\u001b[2J") + text("x") + "\u0093."))
                .what()
                .endsWith("o?[2J.x"));
    }

    /** Shapes and strides, over a storage of 4. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "more elements than its storage|0|5|1",
                "more elements than its storage|1|4|1",
                "more elements than its storage|0|2|4",
                "more elements than its storage|0|2000000000|0",
                "more elements than its storage|4|1|1",
                "has the shape|-1|1|1",
                "has the shape|0|-1|1",
                "has the shape|0|1|-1"
            })
    void viewsStayInsideTheirStorage(final String reason, final int offset, final int length, final int stride)
            throws IOException {
        final RunFailed e = refused(file(
                HEAD + tensor(STORAGE, number(offset) + number(length) + "\u0085" + number(stride) + "\u0085") + "."));
        assertTrue(e.what().contains(reason), e.what());
    }

    @Test
    void lengthsThatOverflowAreRefused() throws IOException {
        final String large = "\u008a\u0008\0\0\0\0\0\0\0\u0040";
        final StringBuilder shape = new StringBuilder("(");
        final StringBuilder strides = new StringBuilder("(");
        for (int i = 0; i < 5; i++) {
            shape.append(large);
            strides.append(large);
        }
        refused(file(HEAD + tensor(STORAGE, number(0) + shape + "t" + strides + "t") + "."));
        refused(file(HEAD + tensor(STORAGE, large + number(1) + "\u0085" + large + "\u0085") + "."));
        refused(file(HEAD + tensor(STORAGE, number(0) + number(2) + "\u0085" + large + "\u0085") + "."));
        assertTrue(refused(file(HEAD + "\u008a\u0009123456789.")).what().contains("a whole number of 9 bytes"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"FloatStorage|0|5|cut off", "DoubleStorage|0|4|cut off", "FloatStorage|1|4|no entry a/data/1"})
    void storagesMustBeThere(final String type, final String key, final int elements, final String reason)
            throws IOException {
        final RunFailed e = refused(file(HEAD
                + tensor(storage(type, key, elements), number(0) + number(1) + "\u0085" + number(1) + "\u0085") + "."));
        assertTrue(e.what().contains(reason), e.what());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "N.",
                "\u0080\u0001N.",
                "\u0080\u0009N.",
                HEAD + ".",
                HEAD + "\u0085.",
                HEAD + "t.",
                HEAD + "(.",
                HEAD + "N(\u0085.",
                HEAD + "h\0.",
                HEAD + "j\0\0\0\u0080.",
                HEAD + "Ns.",
                HEAD + "}NNs.",
                HEAD + "}]Ns.",
                HEAD + "}(Nu.",
                HEAD + "NNa.",
                HEAD + ")Na.",
                HEAD + "NNR.",
                HEAD + "N)R.",
                HEAD + "])R.",
                HEAD + "NQ.",
                HEAD + ")Q.",
                HEAD + "ccollections\nOrderedDict\nN\u0085R.",
                HEAD + "ctorch._utils\n_rebuild_tensor_v2\n)R.",
                HEAD + "ctorch\nFloatStorage\n)R.",
                HEAD + "ctorch\nSize\n)R.",
                HEAD + "X\u00ff\u00ff\u00ff\u00ff.",
                HEAD + "X\u00ff\u00ff\u00ff\u007f.",
                HEAD + "X\u0001\0\0\0\u00ff.",
                HEAD + "cunended"
            })
    void damagedPicklesAreRefused(final String pickle) throws IOException {
        refused(file(pickle));
    }

    @Test
    void theZipsOwnLies() throws IOException {
        assertTrue(refused(file(Map.of("a/b", new byte[1]))).what().contains("without the entry data.pkl"));
        assertTrue(refused(file(Map.of(
                        "a/data.pkl", (HEAD + "}.").getBytes(StandardCharsets.ISO_8859_1),
                        "a/byteorder", "middle".getBytes(StandardCharsets.US_ASCII))))
                .what()
                .contains("byteorder"));
        assertTrue(refused(file(Map.of("a/data.pkl", new byte[(16 << 20) + 1])))
                .what()
                .contains("16777216 are accepted"));
        refused(Files.write(folder.resolve("y"), new byte[] {'P', 'K', 3, 4, 0, 0}));
    }

    @Test
    void depthAndLoopsAreNoDanger() throws IOException {
        assertTrue(refused(file(HEAD + "(".repeat(1_000_000))).what().contains("deep"));
        refused(file(HEAD + "]q\0" + "h\0a."));
        refused(file(HEAD + "]".repeat(1000) + "a".repeat(999) + "."));
        refused(file(HEAD + "N".repeat(3 << 20) + "."));
        // 40 lists, each twice in the next: 2 to the 40th values
        final StringBuilder doubling = new StringBuilder(HEAD + "]q\0");
        for (int i = 0; i < 30; i++) {
            doubling.append("]q" + (char) (i + 1))
                    .append("(h" + (char) i)
                    .append("h" + (char) i)
                    .append("e");
        }
        refused(file(doubling + "."));
    }

    @Test
    void twoTensorsOfOneNameAreRefused() throws IOException {
        final String one = tensor(STORAGE, number(0) + number(1) + "\u0085" + number(1) + "\u0085");
        assertTrue(refused(file(HEAD + "}(" + text("a.b") + one + text("a") + "}" + text("b") + one + "su."))
                .what()
                .contains("two tensors of the name \"a.b\""));
    }

    @Test
    void cutAtEveryByteIsRefused() throws Exception {
        final byte[] whole = Files.readAllBytes(TorchFileTest.resource("alone.pt"));
        for (int n = 0; n < whole.length; n++) {
            refused(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, n)));
        }
    }

    /** Random damage of pickles and of whole files: nothing but {@link RunFailed} comes out. */
    @Test
    void randomDamage() throws Exception {
        final byte[] zip = Files.readAllBytes(TorchFileTest.resource("everything.pth"));
        final byte[] pickle = (HEAD + "}(" + text("w")
                        + tensor(STORAGE, number(0) + number(2) + number(2) + "\u0086K\u0002K\u0001\u0086")
                        + text("l") + "](K\u0001K\u0002eu.")
                .getBytes(StandardCharsets.ISO_8859_1);
        final Random random = new Random(42);
        int accepted = 0;
        for (int round = 0; round < 3000; round++) {
            final boolean inside = round % 3 != 0;
            final byte[] bytes = (inside ? pickle : zip).clone();
            for (int k = random.nextInt(3); k >= 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            accepted += read(
                            inside
                                    ? file(new String(bytes, StandardCharsets.ISO_8859_1))
                                    : Files.write(folder.resolve("damaged"), bytes))
                    ? 1
                    : 0;
        }
        assertTrue(accepted > 0 && accepted < 3000, "accepted " + accepted); // changed numbers are no lie
    }

    private static boolean read(final Path file) {
        try (StateDict in = StateDicts.open(file)) {
            for (final StoredTensor t : in.tensors().values()) {
                assertEquals(
                        t.elements(), t.type().floating() ? in.floats(t.name()).length : in.longs(t.name()).length);
            }
            return true;
        } catch (RunFailed e) {
            return false;
        }
    }
}
