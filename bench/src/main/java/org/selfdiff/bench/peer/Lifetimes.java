package org.selfdiff.bench.peer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Lets go of a network's tensors where a C++ program would: right after the operator that reads them last. Java's handles
 * would otherwise keep all of them until the end of the pass, which costs memory and time that C++ does not spend.
 *
 * <p>The operators of a network always run in the same order. The first pass learns which tensor is read last by which
 * operator and keeps everything, so it is made with a small picture; later passes use that.
 */
final class Lifetimes {
    /** Per operator the numbers of the results that nobody reads after it; empty until learned. */
    private final List<List<Integer>> deaths = new ArrayList<>();

    private final List<Tensor> results = new ArrayList<>();

    private final Map<Tensor, Integer> numbers = new IdentityHashMap<>();

    /** Per result the operator that reads it last, while learning. */
    private final List<Integer> lastReaders = new ArrayList<>();

    /** Tells of an operator that has run. */
    Tensor ran(final Tensor result, final Tensor... read) {
        final int operator = results.size();
        results.add(result);
        if (!deaths.isEmpty()) {
            deaths.get(operator).forEach(number -> results.get(number).close());
            return result;
        }
        numbers.put(result, operator);
        lastReaders.add(operator);
        for (final Tensor tensor : read) {
            final Integer number = tensor == null ? null : numbers.get(tensor);
            if (number != null) {
                lastReaders.set(number, operator);
            }
        }
        return result;
    }

    /** Ends a pass: closes what is left but the result of the last operator. */
    void end() {
        final int last = results.size() - 1;
        results.subList(0, last).forEach(Tensor::close);
        if (deaths.isEmpty()) {
            results.forEach(r -> deaths.add(new ArrayList<>()));
            for (int number = 0; number < last; number++) {
                final int reader = lastReaders.get(number);
                if (reader > number) { // what nobody reads is a result, and stays until the end
                    deaths.get(reader).add(number);
                }
            }
        }
        results.clear();
        numbers.clear();
    }
}
