package org.selfdiff.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ScriptArchiveTest {
    @Test
    void holdsTheSourceAndNoWeights() throws IOException {
        final String source = ScriptArchive.source("  def f(self: __torch__.Net) -> int:\n    return 1\n");
        final TreeMap<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ScriptArchive.bytes(source)))) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                assertEquals(ZipEntry.STORED, e.getMethod(), e.getName());
                entries.put(e.getName(), new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
        }
        assertEquals(
                "[net/byteorder, net/code/__torch__.py, net/constants.pkl, net/data.pkl, net/version]",
                entries.keySet().toString());
        assertEquals(source, entries.get("net/code/__torch__.py"));
        assertTrue(source.lines().toList().get(ScriptArchive.headLines()).startsWith("  def f("));
    }
}
