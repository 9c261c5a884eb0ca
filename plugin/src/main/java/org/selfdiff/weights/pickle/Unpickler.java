package org.selfdiff.weights.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a pickle of protocol 2 to 5 made of dictionaries, lists, tuples, numbers, texts and what a {@link Vocabulary}
 * knows. Python's None is {@link #NONE}, whole numbers are {@link Long}, tuples are lists that cannot be changed. Every
 * other operation is refused by its name, those that make objects and call methods among them.
 *
 * <p>Source: Python's {@code pickletools}, which describes every operation.
 */
public final class Unpickler {
    /** Python's None. */
    public static final Object NONE = None.NONE;

    /** Values that a pickle may make; each may cost as much as a dictionary. */
    private static final int MAX_VALUES = 1 << 21;

    /** Containers inside containers. */
    private static final int MAX_DEPTH = 1 << 10;

    private static final int PROTOCOLS = 5;

    private final PickleBytes in;

    private final Vocabulary vocabulary;

    private final List<Object> stack = new ArrayList<>();

    /** Heights of the stack at its marks. */
    private final List<Integer> marks = new ArrayList<>();

    private final Map<Integer, Object> memo = new HashMap<>();

    private int made;

    private enum None {
        NONE
    }

    private Unpickler(final byte[] pickle, final Vocabulary vocabulary) {
        this.in = new PickleBytes(pickle);
        this.vocabulary = vocabulary;
    }

    /**
     * Reads a pickle.
     *
     * @return its one value; containers may hold themselves
     * @throws PickleRefused when it is damaged or holds something unknown
     */
    public static Object read(final byte[] pickle, final Vocabulary vocabulary) throws PickleRefused {
        return new Unpickler(pickle, vocabulary).run();
    }

    private Object run() throws PickleRefused {
        int opcode = in.unsignedByte();
        if (opcode != Opcode.PROTO) {
            throw PickleRefused.damaged("its pickle does not start with its protocol");
        }
        while (opcode != Opcode.STOP) {
            step(opcode);
            opcode = in.unsignedByte();
        }
        return pop();
    }

    private void step(final int opcode) throws PickleRefused {
        switch (opcode) {
            case Opcode.PROTO -> protocol(in.unsignedByte());
            case Opcode.FRAME -> in.longSize();
            case Opcode.MARK -> mark();
            case Opcode.NONE -> push(NONE);
            case Opcode.NEWTRUE -> push(true);
            case Opcode.NEWFALSE -> push(false);
            case Opcode.BININT -> push((long) in.signedInt());
            case Opcode.BININT1 -> push((long) in.unsignedByte());
            case Opcode.BININT2 -> push((long) in.unsignedShort());
            case Opcode.LONG1 -> push(in.number(in.unsignedByte()));
            case Opcode.BINFLOAT -> push(in.bigEndianDouble());
            case Opcode.BINUNICODE -> push(in.text(in.size()));
            case Opcode.SHORT_BINUNICODE, Opcode.SHORT_BINSTRING -> push(in.text(in.unsignedByte()));
            case Opcode.EMPTY_DICT -> push(new LinkedHashMap<>());
            case Opcode.EMPTY_LIST -> push(new ArrayList<>());
            case Opcode.EMPTY_TUPLE -> push(List.of());
            case Opcode.TUPLE1 -> pushTuple(popTop(1));
            case Opcode.TUPLE2 -> pushTuple(popTop(2));
            case Opcode.TUPLE3 -> pushTuple(popTop(3));
            case Opcode.TUPLE -> pushTuple(popMarked());
            case Opcode.APPEND -> append(popTop(1));
            case Opcode.APPENDS -> append(popMarked());
            case Opcode.SETITEM -> put(popTop(2));
            case Opcode.SETITEMS -> put(popMarked());
            case Opcode.BINPUT -> remember(in.unsignedByte());
            case Opcode.LONG_BINPUT -> remember(in.size());
            case Opcode.MEMOIZE -> remember(memo.size());
            case Opcode.BINGET -> push(remembered(in.unsignedByte()));
            case Opcode.LONG_BINGET -> push(remembered(in.size()));
            case Opcode.GLOBAL -> push(vocabulary.global(in.line(), in.line()));
            case Opcode.STACK_GLOBAL -> global(popTop(2));
            case Opcode.REDUCE -> call(popTop(2));
            case Opcode.BUILD -> attributes(pop());
            case Opcode.BINPERSID -> push(vocabulary.persistent(pop()));
            default -> throw PickleRefused.foreign(String.format(
                    Locale.ROOT, "its pickle uses the operation %s (0x%02x)", Opcode.name(opcode), opcode));
        }
    }

    private static void protocol(final int version) throws PickleRefused {
        if (version < 2 || version > PROTOCOLS) {
            throw PickleRefused.foreign("its pickle is of protocol " + version + "; 2 to 5 are read");
        }
    }

    private void push(final Object value) throws PickleRefused {
        if (++made > MAX_VALUES) {
            throw PickleRefused.damaged("its pickle makes more than " + MAX_VALUES + " values");
        }
        stack.add(value);
    }

    private void pushTuple(final List<Object> values) throws PickleRefused {
        push(Collections.unmodifiableList(values));
    }

    private Object top() throws PickleRefused {
        if (stack.size() <= floor()) {
            throw PickleRefused.damaged("its pickle takes more values than it has made");
        }
        return stack.get(stack.size() - 1);
    }

    private Object pop() throws PickleRefused {
        final Object top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private List<Object> popTop(final int count) throws PickleRefused {
        if (stack.size() - count < floor()) {
            throw PickleRefused.damaged("its pickle takes more values than it has made");
        }
        return cut(stack.size() - count);
    }

    private List<Object> popMarked() throws PickleRefused {
        if (marks.isEmpty()) {
            throw PickleRefused.damaged("its pickle closes what it has not opened");
        }
        return cut(marks.remove(marks.size() - 1));
    }

    private List<Object> cut(final int from) {
        final List<Object> tail = stack.subList(from, stack.size());
        final List<Object> values = new ArrayList<>(tail);
        tail.clear();
        return values;
    }

    /** Values below a mark are not to be taken before the mark is. */
    private int floor() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private void mark() throws PickleRefused {
        if (marks.size() == MAX_DEPTH) {
            throw PickleRefused.damaged("its pickle is nested more than " + MAX_DEPTH + " deep");
        }
        marks.add(stack.size());
    }

    private void remember(final int index) throws PickleRefused {
        if (memo.size() == MAX_VALUES) {
            throw PickleRefused.damaged("its pickle keeps more than " + MAX_VALUES + " values");
        }
        memo.put(index, top());
    }

    private Object remembered(final int index) throws PickleRefused {
        final Object value = memo.get(index);
        if (value == null) {
            throw PickleRefused.damaged("its pickle takes value " + index + ", which it has not kept");
        }
        return value;
    }

    @SuppressWarnings("unchecked") // lists are made here only
    private void append(final List<Object> values) throws PickleRefused {
        if (!(top() instanceof ArrayList<?> list)) {
            throw PickleRefused.damaged("its pickle appends to something that is no list");
        }
        ((ArrayList<Object>) list).addAll(values);
    }

    @SuppressWarnings("unchecked") // dictionaries are made here and by the vocabulary only
    private void put(final List<Object> values) throws PickleRefused {
        if (!(top() instanceof LinkedHashMap<?, ?> map) || values.size() % 2 != 0) {
            throw PickleRefused.damaged("its pickle puts items into something that is no dictionary");
        }
        for (int i = 0; i < values.size(); i += 2) {
            final Object key = values.get(i);
            if (!(key instanceof String || key instanceof Long || key instanceof Boolean || key instanceof Double)) {
                throw PickleRefused.foreign("a dictionary of its pickle has keys that are no texts or numbers");
            }
            ((LinkedHashMap<Object, Object>) map).put(key, values.get(i + 1));
        }
    }

    private void global(final List<Object> names) throws PickleRefused {
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw PickleRefused.damaged("its pickle names an object by something that is no text");
        }
        push(vocabulary.global(module, name));
    }

    @SuppressWarnings("unchecked") // every list here is a list of objects
    private void call(final List<Object> operands) throws PickleRefused {
        if (!(operands.get(1) instanceof List<?> arguments)) {
            throw PickleRefused.damaged("its pickle calls something without a list of arguments");
        }
        push(vocabulary.call(operands.get(0), Collections.unmodifiableList((List<Object>) arguments)));
    }

    /** Attributes of an ordered dictionary, such as versions of modules, are let go; nothing else may have any. */
    private void attributes(final Object state) throws PickleRefused {
        if (!(top() instanceof LinkedHashMap) || !(state instanceof LinkedHashMap)) {
            throw PickleRefused.foreign("its pickle sets attributes of something that is no dictionary");
        }
    }
}
