package org.selfdiff.imaging.tiff;

/**
 * Where a codec gets the array of a block from. It asks once it knows that the block is sound so far, and hands the array
 * back as its result; a codec that has an array of its own may hand on that one instead.
 */
@FunctionalInterface
public interface BlockRoom {

    /**
     * An array for nobody else.
     *
     * @param bytes length of the array
     * @return an array whose content is arbitrary: every byte has to be written
     */
    byte[] of(int bytes);
}
