package org.selfdiff.weights;

/**
 * A block of numbers in a PyTorch file, which one or several tensors look at.
 *
 * @param key its name in the file
 * @param type type of its elements
 * @param elements number of its elements
 */
record TorchStorage(String key, StoredType type, long elements) {}
