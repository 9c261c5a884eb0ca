package org.selfdiff.fuzz;

import java.util.List;
import java.util.Map;

/**
 * Something that reads bytes of unknown origin, and what to start from.
 *
 * @param name short name, also of its folder
 * @param executions inputs of a short session
 * @param longest inputs of a session have at most this many bytes
 * @param inside whether it is a decoder inside a package, which may refuse with an {@link java.io.IOException}
 * @param reader gives the bytes to the product
 * @param seeds whole small inputs by name, made by the product's own writers, the JDK's, or by hand
 * @param words pieces of its format that mutation would hardly find
 */
public record Target(
        String name, int executions, int longest, boolean inside, Reader reader, Seeds seeds, List<byte[]> words) {

    /** Makes the seeds when they are needed. */
    @FunctionalInterface
    public interface Seeds {
        /** Whole small inputs by name. */
        Map<String, byte[]> make() throws Exception;
    }

    /** A reader that answers to {@link org.selfdiff.run.RunFailed} alone. */
    public static Target of(final String name, final int executions, final Reader reader, final Seeds seeds) {
        return new Target(name, executions, 4096, false, reader, seeds, List.of());
    }

    /** The same for a decoder inside a package. */
    public Target insidePackage() {
        return new Target(name, executions, longest, true, reader, seeds, words);
    }

    /** The same with inputs of another length. */
    public Target upTo(final int bytes) {
        return new Target(name, executions, bytes, inside, reader, seeds, words);
    }

    /** The same with pieces of its format. */
    public Target with(final List<byte[]> more) {
        return new Target(name, executions, longest, inside, reader, seeds, more);
    }
}
