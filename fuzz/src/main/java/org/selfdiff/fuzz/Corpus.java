package org.selfdiff.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a target starts from: its seeds, and every input that once was a finding. The latter are lines of
 * {@code findings.txt}: target, name, bytes in base 64.
 */
final class Corpus {
    private static final String FINDINGS = "findings.txt";

    private Corpus() {}

    /** Inputs by name. */
    static Map<String, byte[]> of(final Target target) throws IOException {
        final Map<String, byte[]> all = new LinkedHashMap<>();
        try {
            all.putAll(target.seeds().make());
        } catch (final IOException e) {
            throw e;
        } catch (final Exception e) {
            throw new IOException("the seeds of " + target.name() + " cannot be made", e);
        }
        findings(target.name()).forEach((name, input) -> all.put("finding-" + name, input));
        return all;
    }

    private static Map<String, byte[]> findings(final String target) throws IOException {
        final Map<String, byte[]> found = new LinkedHashMap<>();
        try (InputStream in = Corpus.class.getResourceAsStream(FINDINGS)) {
            for (final String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                final String[] fields = line.split(" ");
                if (fields[0].equals(target)) {
                    final byte[] input = Base64.getDecoder().decode(fields.length > 2 ? fields[2] : "");
                    if (found.put(fields[1], input) != null) {
                        throw new IOException(FINDINGS + " has " + target + " " + fields[1] + " twice");
                    }
                }
            }
        }
        return found;
    }
}
