package org.selfdiff.stages.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.PictureCache;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

/** The pictures of a comparison, and the classifier that is trained on some and scored on others of them. */
public sealed interface Contest {
    /** Classes of the real pictures that are trained on. */
    Labels real();

    /** Classes of the synthetic pictures. */
    Labels synthetic();

    /** Classes of the real pictures that are scored. */
    Labels test();

    /** What belongs together of the pictures that are scored, such as patients. */
    List<String> testGroups();

    /**
     * Trains a classifier.
     *
     * @param withReal whether it sees the real pictures
     * @param chosen the synthetic pictures that it sees
     * @param seed of everything random
     * @return what it says of each picture that is scored: a probability for each class
     */
    List<double[]> trained(boolean withReal, List<Integer> chosen, long seed, RunControl control)
            throws RunFailed, RunCancelled;

    /** Refuses what cannot be compared. */
    default void check() throws RunFailed {
        real().requireLearnable("table of real tiles");
        synthetic().requireLearnable("table of synthetic tiles");
        test().requireLearnable("table of test tiles");
    }

    /**
     * A network on pixels.
     *
     * @param realTiles that are trained on
     * @param syntheticTiles that are trained on
     * @param testTiles that are scored
     * @param settings of network and training
     */
    record Pixels(
            LabelledTiles realTiles, LabelledTiles syntheticTiles, LabelledTiles testTiles, ClassifierSettings settings)
            implements Contest {
        @Override
        public Labels real() {
            return realTiles.labels();
        }

        @Override
        public Labels synthetic() {
            return syntheticTiles.labels();
        }

        @Override
        public Labels test() {
            return testTiles.labels();
        }

        @Override
        public List<String> testGroups() {
            return testTiles.groups();
        }

        @Override
        public List<double[]> trained(
                final boolean withReal, final List<Integer> chosen, final long seed, final RunControl control)
                throws RunFailed, RunCancelled {
            final LabelledTiles drawn = syntheticTiles.at(chosen);
            final LabelledTiles training = !withReal ? drawn : chosen.isEmpty() ? realTiles : realTiles.and(drawn);
            final ClassifierTraining task = new ClassifierTraining(
                    "CompareAugmentation",
                    training,
                    realTiles.at(List.of()),
                    settings.network(
                            realTiles.and(syntheticTiles).tiles(),
                            real().classes().size()),
                    settings,
                    seed,
                    Optional.empty());
            try (PictureCache cache = PictureCache.standard()) {
                return task.run(cache, control.part(0, 0.9), done -> new ClassifierOnDevice(
                                done.session(),
                                done.module(),
                                task.network(),
                                real().multiLabel(),
                                settings.plan().batchSize())
                        .probabilities(done.outcome().weights(), testTiles.tiles(), cache, control.part(0.9, 1)));
            }
        }
    }

    /**
     * A linear probe on embeddings.
     *
     * @param realRows that it is fitted to
     * @param syntheticRows that it is fitted to
     * @param testRows that are scored
     * @param testGroups what belongs together of these
     * @param settings of the fit
     */
    record Probe(
            FitLinearProbe.LabelledEmbeddings realRows,
            FitLinearProbe.LabelledEmbeddings syntheticRows,
            FitLinearProbe.LabelledEmbeddings testRows,
            List<String> testGroups,
            ProbeSettings settings)
            implements Contest {
        @Override
        public Labels real() {
            return realRows.labels();
        }

        @Override
        public Labels synthetic() {
            return syntheticRows.labels();
        }

        @Override
        public Labels test() {
            return testRows.labels();
        }

        @Override
        public List<double[]> trained(
                final boolean withReal, final List<Integer> chosen, final long seed, final RunControl control)
                throws RunFailed, RunCancelled {
            final List<float[]> x =
                    new ArrayList<>(withReal ? realRows.embeddings().rows() : List.of());
            chosen.forEach(i -> x.add(syntheticRows.embeddings().rows().get(i)));
            final Labels drawn = synthetic().at(chosen);
            final LinearProbe probe =
                    LinearProbe.fit(x, withReal ? real().and(drawn) : drawn, settings.checked(), control);
            return testRows.embeddings().rows().stream()
                    .map(probe::probabilities)
                    .toList();
        }
    }
}
