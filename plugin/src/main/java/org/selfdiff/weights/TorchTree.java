package org.selfdiff.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.weights.pickle.PickleRefused;

/** Finds the tensors in nested dictionaries and lists, and gives each the names on the way to it, joined by dots. */
final class TorchTree {
    private static final int MAX_TENSORS = 1 << 16;

    private static final int MAX_NAME = 1 << 12;

    private static final int MAX_DEPTH = 32;

    /** Values that are looked at: containers may stand at many places at once. */
    private static final int MAX_VALUES = 1 << 21;

    private final Map<String, TorchTensor> tensors = new LinkedHashMap<>();

    private int seen;

    private TorchTree() {}

    /** A tensor that was saved alone is called {@code tensor}. */
    static Map<String, TorchTensor> tensors(final Object root) throws PickleRefused {
        final TorchTree tree = new TorchTree();
        tree.visit(root instanceof TorchTensor ? "tensor" : "", root, 0);
        return tree.tensors;
    }

    private void visit(final String name, final Object value, final int depth) throws PickleRefused {
        require(depth <= MAX_DEPTH, "its containers are nested more than " + MAX_DEPTH + " deep");
        require(++seen <= MAX_VALUES, "it holds more than " + MAX_VALUES + " values");
        require(name.length() <= MAX_NAME, "a name of " + name.length() + " characters");
        if (value instanceof TorchTensor tensor) {
            require(tensors.size() < MAX_TENSORS, "more than " + MAX_TENSORS + " tensors");
            require(tensors.put(name, tensor) == null, "two tensors of the name \"" + name + '"');
        } else if (value instanceof Map<?, ?> map) {
            for (final Map.Entry<?, ?> entry : map.entrySet()) {
                visit(join(name, entry.getKey()), entry.getValue(), depth + 1);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visit(join(name, i), list.get(i), depth + 1);
            }
        }
    }

    private static String join(final String name, final Object key) {
        return name.isEmpty() ? key.toString() : name + "." + key;
    }

    private static void require(final boolean condition, final String message) throws PickleRefused {
        if (!condition) {
            throw PickleRefused.damaged(message);
        }
    }
}
