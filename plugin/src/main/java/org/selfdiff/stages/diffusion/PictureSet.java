package org.selfdiff.stages.diffusion;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.selfdiff.data.Embeddings;
import org.selfdiff.metrics.distribution.FeatureSet;

/**
 * Pictures as their embeddings.
 *
 * @param name of the set in messages, such as {@code real}
 * @param embeddings one for each picture
 * @param rows what each picture's row is called, for messages
 * @param classes of each picture, if classes are scored by themselves too
 * @param sources rows of real or held-out pictures that each picture was made from, the first one foremost; empty if that
 *     is not known
 */
public record PictureSet(
        String name,
        Embeddings embeddings,
        List<String> rows,
        Optional<List<String>> classes,
        Optional<List<List<String>>> sources) {

    /** Pictures that were made from no others. */
    public PictureSet(
            final String name,
            final Embeddings embeddings,
            final List<String> rows,
            final Optional<List<String>> classes) {
        this(name, embeddings, rows, classes, Optional.empty());
    }

    /** The same pictures, made from others. */
    public PictureSet withSources(final Optional<List<List<String>>> others) {
        return new PictureSet(name, embeddings, rows, classes, others);
    }

    /** How many pictures. */
    public int count() {
        return embeddings.count();
    }

    FeatureSet features() {
        final FeatureSet set = new FeatureSet(embeddings.width());
        embeddings.rows().forEach(set::add);
        return set;
    }

    /** Indices of the pictures of each class, in the order of the classes' names. */
    TreeMap<String, List<Integer>> byClass() {
        final List<String> names = classes.orElseThrow();
        return IntStream.range(0, names.size())
                .boxed()
                .collect(Collectors.groupingBy(names::get, TreeMap::new, Collectors.toList()));
    }

    PictureSet subset(final List<Integer> pictures) {
        return new PictureSet(
                name,
                new Embeddings(
                        pictures.stream().map(embeddings.rows()::get).toList(),
                        embeddings.width(),
                        embeddings.encodedBy()),
                pictures.stream().map(rows::get).toList(),
                Optional.empty());
    }
}
