package org.selfdiff.weights;

/**
 * One entry of a safetensors header, checked.
 *
 * @param name the tensor's name
 * @param type its element type
 * @param shape lengths of its dimensions; not to be changed
 * @param begin its first byte, counted from the end of the header
 * @param end the byte behind its last one
 */
public record StoredTensor(String name, StoredType type, long[] shape, long begin, long end) {
    /** Number of elements. */
    public long elements() {
        return (end - begin) / type.bytes();
    }
}
