package org.selfdiff.model.foreign;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nn.Network;
import org.selfdiff.nn.Parameter;
import org.selfdiff.run.RunFailed;

/**
 * Which network a file's tensors are of.
 *
 * @param name of the network, for instance {@code DINOv2 ViT-S/14, 4 registers}
 * @param naming whose names its tensors have
 * @param task what it is for
 * @param architecture for the card
 * @param network the network
 * @param channels of its pictures
 * @param side of its pictures
 * @param normalisation that is usual for it
 * @param sources for each parameter of the network the tensors that it is made of, one below the other; full names
 * @param leftOut tensors that are not used, such as heads of a classifier; full names
 */
public record Recognised(
        String name,
        String naming,
        ModelTask task,
        JsonObject architecture,
        Network network,
        int channels,
        int side,
        Normalisation normalisation,
        Map<String, List<String>> sources,
        List<String> leftOut) {
    private static final int NAMED = 5;

    /** Copies the collections. */
    public Recognised {
        architecture = architecture.deepCopy();
        sources = Map.copyOf(sources);
        leftOut = List.copyOf(leftOut);
    }

    /** In words, for instance {@code DINOv2 ViT-S/14, 4 registers, 22.1 M parameters, timm naming}. */
    public String words() {
        final long count =
                network.parameters().stream().mapToLong(Parameter::count).sum();
        final String size = count < 100_000
                ? String.format(Locale.ROOT, "%,d parameters", count)
                : String.format(Locale.ROOT, "%.1f M parameters", count / 1e6);
        return name + ", " + size + ", " + naming + " naming";
    }

    /**
     * Finds the tensors of every parameter.
     *
     * @param what the network, for messages
     * @param names the tensors of a parameter, without prefix
     * @param ignored tensors that are of no use here, without prefix
     * @throws RunFailed naming what is missing, superfluous or of the wrong shape
     */
    static Map<String, List<String>> sources(
            final String what,
            final ForeignTensors tensors,
            final Network network,
            final Function<String, List<String>> names,
            final Predicate<String> ignored)
            throws RunFailed {
        final Map<String, List<String>> sources = new LinkedHashMap<>();
        final List<String> missing = new ArrayList<>();
        final List<String> wrong = new ArrayList<>();
        final Set<String> left = new HashSet<>(tensors.shapes().keySet());
        left.removeIf(ignored);
        for (final Parameter parameter : network.parameters()) {
            final List<String> own = names.apply(parameter.name());
            for (final String name : own) {
                left.remove(name);
                if (!tensors.has(name)) {
                    missing.add(tensors.full(name));
                } else if (!fits(tensors.shapes().get(name), part(parameter, own.size()))) {
                    wrong.add(tensors.full(name) + " "
                            + Arrays.toString(tensors.shapes().get(name)) + " instead of "
                            + Arrays.toString(part(parameter, own.size())));
                }
            }
            sources.put(
                    parameter.name(),
                    own.stream().map(name -> tensors.full(name)).toList());
        }
        final List<String> superfluous = tensors.shapes().keySet().stream()
                .filter(left::contains)
                .map(name -> tensors.full(name))
                .toList();
        if (!missing.isEmpty() || !wrong.isEmpty() || !superfluous.isEmpty()) {
            throw new RunFailed(
                    "The file looks like " + what + ", but "
                            + String.join("; ", complaints(missing, superfluous, wrong)),
                    tensors.where(),
                    "Use the unchanged weights of a network whose kind is supported, or set heads, side and groups as"
                            + " they were when it was trained.");
        }
        return sources;
    }

    private static List<String> complaints(
            final List<String> missing, final List<String> superfluous, final List<String> wrong) {
        final List<String> all = new ArrayList<>();
        if (!missing.isEmpty()) {
            all.add("it lacks " + some(missing));
        }
        if (!superfluous.isEmpty()) {
            all.add("such a network has no " + some(superfluous));
        }
        if (!wrong.isEmpty()) {
            all.add("of the wrong shape are " + some(wrong));
        }
        return all;
    }

    /** A handful of names, and how many more there are. */
    static String some(final List<String> names) {
        final String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " and " + (names.size() - NAMED) + " more" : shown;
    }

    /** The shape of one of several equal parts. */
    private static long[] part(final Parameter parameter, final int parts) {
        final long[] shape = parameter.dimensions();
        shape[0] /= parts;
        return shape;
    }

    /** Whether shapes are equal but for sizes of 1 at the end: linear maps are sometimes stored as 1 x 1 convolutions. */
    private static boolean fits(final long[] stored, final long[] wanted) {
        return Arrays.equals(trimmed(stored), trimmed(wanted));
    }

    private static long[] trimmed(final long[] shape) {
        int length = shape.length;
        while (length > 1 && shape[length - 1] == 1) {
            length--;
        }
        return Arrays.copyOf(shape, length);
    }
}
