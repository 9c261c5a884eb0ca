package org.selfdiff.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.weights.pickle.PickleRefused;
import org.selfdiff.weights.pickle.Vocabulary;

/** What PyTorch writes for tensors, parameters and ordered dictionaries of them. */
final class TorchVocabulary implements Vocabulary {
    private static final Map<String, StoredType> STORAGES = Map.of(
            "DoubleStorage", StoredType.F64,
            "FloatStorage", StoredType.F32,
            "HalfStorage", StoredType.F16,
            "BFloat16Storage", StoredType.BF16,
            "LongStorage", StoredType.I64,
            "IntStorage", StoredType.I32,
            "ShortStorage", StoredType.I16,
            "CharStorage", StoredType.I8,
            "ByteStorage", StoredType.U8,
            "BoolStorage", StoredType.BOOL);

    private enum Known {
        ORDERED_DICT,
        SIZE,
        TENSOR,
        PARAMETER
    }

    @Override
    public Object global(final String module, final String name) throws PickleRefused {
        if (module.equals("torch") && STORAGES.containsKey(name)) {
            return STORAGES.get(name);
        }
        return switch (module + "." + name) {
            case "collections.OrderedDict" -> Known.ORDERED_DICT;
            case "torch.Size" -> Known.SIZE;
            case "torch._utils._rebuild_tensor_v2" -> Known.TENSOR;
            case "torch._utils._rebuild_parameter" -> Known.PARAMETER;
            default -> throw PickleRefused.foreign("it names the Python object " + show(module + "." + name));
        };
    }

    @Override
    public Object call(final Object callee, final List<Object> arguments) throws PickleRefused {
        if (callee == Known.ORDERED_DICT && arguments.isEmpty()) {
            return new LinkedHashMap<>();
        }
        if (callee == Known.SIZE && arguments.size() == 1 && arguments.get(0) instanceof List) {
            return arguments.get(0);
        }
        if (callee == Known.PARAMETER && arguments.size() == 3 && arguments.get(0) instanceof TorchTensor) {
            return arguments.get(0);
        }
        // storage, offset, shape, strides, whether its gradient is wanted, hooks, and in newer files attributes
        if (callee == Known.TENSOR
                && (arguments.size() == 6 || arguments.size() == 7)
                && arguments.get(0) instanceof TorchStorage storage
                && arguments.get(1) instanceof Long offset) {
            return TorchTensor.checked(storage, offset, longs(arguments.get(2)), longs(arguments.get(3)));
        }
        throw PickleRefused.damaged("its pickle calls "
                + (callee instanceof Known known ? known.name() : "a value that cannot be called")
                + " with arguments that PyTorch does not write");
    }

    private static long[] longs(final Object values) throws PickleRefused {
        if (!(values instanceof List<?> list)) {
            throw PickleRefused.damaged("a shape in its pickle is no list");
        }
        final long[] longs = new long[list.size()];
        for (int i = 0; i < longs.length; i++) {
            if (!(list.get(i) instanceof Long value)) {
                throw PickleRefused.damaged("a shape in its pickle holds no whole number");
            }
            longs[i] = value;
        }
        return longs;
    }

    /** ("storage", type, key, device, number of elements). */
    @Override
    public Object persistent(final Object id) throws PickleRefused {
        if (id instanceof List<?> parts
                && parts.size() >= 5
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof StoredType type
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long elements
                && elements >= 0) {
            return new TorchStorage(key, type, elements);
        }
        throw PickleRefused.damaged("its pickle asks for something outside it that is no storage of numbers");
    }

    /** A name from the file as it can be shown: short, and without control characters. */
    private static String show(final String name) {
        return (name.length() > 80 ? name.substring(0, 80) + "..." : name).replaceAll("\\p{Cntrl}", "?");
    }
}
