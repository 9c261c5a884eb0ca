package org.selfdiff.headless.runner.execute;

/**
 * A port of a node.
 *
 * @param name as the node declares it
 * @param objectClass what travels through it
 * @param table whether that is a table
 * @param optional whether it may stay unconnected
 * @param colour of its type, {@code 0xRRGGBB}
 */
public record Port(String name, Class<?> objectClass, boolean table, boolean optional, int colour) {
    /** Whether an output of that type may be connected to this input. */
    public boolean accepts(final Port output) {
        return objectClass.isAssignableFrom(output.objectClass) || output.objectClass.isAssignableFrom(objectClass);
    }
}
