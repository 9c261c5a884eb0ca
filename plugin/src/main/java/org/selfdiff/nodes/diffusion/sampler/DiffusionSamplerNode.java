package org.selfdiff.nodes.diffusion.sampler;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.RowKey;
import org.knime.core.data.StringValue;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.data.BatchSettings;
import org.selfdiff.data.Embeddings;
import org.selfdiff.data.EncodedBy;
import org.selfdiff.data.Fingerprint;
import org.selfdiff.data.Tile;
import org.selfdiff.engine.DeviceChoice;
import org.selfdiff.imaging.Picture;
import org.selfdiff.imaging.PngEncoder;
import org.selfdiff.model.ModelFile;
import org.selfdiff.model.ModelTask;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.ports.ModelPortObject;
import org.selfdiff.ports.ModelPortSpec;
import org.selfdiff.run.AtomicFile;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.SamplePictures;
import org.selfdiff.train.Precision;

/** From the Diffusion Sampler's settings and ports to {@link SamplePictures} and back. */
final class DiffusionSamplerNode {
    private static final String LABEL = "Label";

    private static final String PORT = "Conditions";

    private DiffusionSamplerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DiffusionSamplerParameters p = in.getParameters();
        final ModelTask.Diffusion model = (ModelTask.Diffusion) ((ModelPortSpec) in.getInPortSpec(0))
                .require(ModelTask.Diffusion.class, "Diffusion Pretrainer")
                .task();
        final DataTableSpec conditions = in.getInPortSpec(1) instanceof DataTableSpec table ? table : null;
        column(p, model, conditions);
        StartRows.check(p.strength, conditions, in.getInPortSpec(2) instanceof DataTableSpec table ? table : null);
        out.setOutSpecs(spec(conditions));
    }

    /** The column of conditions, checked against the model; empty for a model that is told nothing. */
    private static Optional<DataColumnSpec> column(
            final DiffusionSamplerParameters p, final ModelTask.Diffusion model, final DataTableSpec conditions)
            throws InvalidSettingsException {
        if (model.condition().isEmpty()) {
            if (conditions != null) {
                throw new InvalidSettingsException(
                        "The model draws pictures out of nothing and cannot be told what to make."
                                + " Leave the port \"Conditions\" open, or use a model that was trained with embeddings.");
            }
            return Optional.empty();
        }
        final ModelTask.Condition wanted = model.condition().get();
        if (conditions == null) {
            throw new InvalidSettingsException("The model draws pictures from embeddings of \"" + wanted.encoder()
                    + "\". Connect a table of them, for instance that of a Condition Sampler.");
        }
        final DataColumnSpec column = EmbeddingColumn.require(conditions, p.embeddingColumn, PORT);
        final Optional<EncodedBy> trained = wanted.fingerprint().isEmpty()
                ? Optional.empty()
                : Optional.of(new EncodedBy(wanted.encoder(), wanted.fingerprint(), wanted.width()));
        EmbeddingColumn.requireSame(trained, "the model", EmbeddingColumn.encodedBy(column), "the conditions");
        return Optional.of(column);
    }

    /** Tiles, then what the conditions have beside. */
    private static DataTableSpec spec(final DataTableSpec conditions) {
        final List<DataColumnSpec> columns = new ArrayList<>();
        TileTable.spec().forEach(columns::add);
        kept(conditions).forEach(i -> columns.add(conditions.getColumnSpec(i)));
        return new DataTableSpec(columns.toArray(DataColumnSpec[]::new));
    }

    private static List<Integer> kept(final DataTableSpec conditions) {
        final List<Integer> kept = new ArrayList<>();
        for (int i = 0; conditions != null && i < conditions.getNumColumns(); i++) {
            if (!TileTable.spec().containsName(conditions.getColumnSpec(i).getName())) {
                kept.add(i);
            }
        }
        return kept;
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DiffusionSamplerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final ModelPortObject model = in.getInPortObject(0);
        final BufferedDataTable conditions = in.getInPortObject(1);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final Optional<Embeddings> told = told(p, model, conditions, control);
            final Optional<SamplePictures.Start> start =
                    StartRows.of(p.strength, conditions, (BufferedDataTable) in.getInPortObject(2));
            final Path folder = folder(p, model, told, start);
            final DataTableSpec table = conditions == null ? null : conditions.getDataTableSpec();
            final BufferedDataContainer container = exec.createDataContainer(spec(table));
            final Iterator<DataRow> rows = conditions == null ? null : conditions.iterator();
            SamplePictures.run(
                    new SamplePictures.Request(
                            model.file(),
                            told.map(Embeddings::rows),
                            start.map(s -> s.tiles().size()).orElse(p.pictures),
                            start,
                            p.sampler.sampler(p.steps),
                            told.isPresent() ? p.guidance : 1,
                            p.batchSize,
                            p.compute.seed,
                            Precision.AUTO,
                            DeviceChoice.parse(p.compute.device)),
                    (row, picture) -> {
                        final Path file = folder.resolve(String.format(Locale.ROOT, "%06d.png", row));
                        AtomicFile.write(file, PngEncoder.picture(picture));
                        container.addRowToTable(row(file, picture, row, table, rows == null ? null : rows.next()));
                    },
                    control);
            container.close();
            out.setOutData(0, container.getTable());
        });
    }

    private static Optional<Embeddings> told(
            final DiffusionSamplerParameters p,
            final ModelPortObject model,
            final BufferedDataTable conditions,
            final RunControl control)
            throws RunFailed, RunCancelled {
        try {
            final Optional<DataColumnSpec> column = column(
                    p,
                    (ModelTask.Diffusion) model.card().task(),
                    conditions == null ? null : conditions.getDataTableSpec());
            return column.isPresent()
                    ? Optional.of(EmbeddingColumn.read(conditions, column.get(), control.part(0, 0)))
                    : Optional.empty();
        } catch (InvalidSettingsException e) {
            throw new RunFailed(e.getMessage(), "port \"" + PORT + "\"", "Correct the connection or the setting.", e);
        }
    }

    /** A folder that no other request shares, so that two samplers never write over each other. */
    private static Path folder(
            final DiffusionSamplerParameters p,
            final ModelPortObject model,
            final Optional<Embeddings> told,
            final Optional<SamplePictures.Start> start)
            throws RunFailed {
        final Path folder = UserPath.resolve(p.folder, "Folder").resolve(name(p, model, told, start));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new RunFailed(
                    "The folder cannot be made: " + e.getMessage(),
                    folder.toString(),
                    "Choose a folder that may be written to.",
                    e);
        }
        return folder;
    }

    private static String name(
            final DiffusionSamplerParameters p,
            final ModelPortObject model,
            final Optional<Embeddings> told,
            final Optional<SamplePictures.Start> start)
            throws RunFailed {
        try {
            final MessageDigest hash = MessageDigest.getInstance("SHA-256");
            final String settings = String.join(
                    " ",
                    ModelFile.fingerprint(model.file()),
                    p.sampler.name(),
                    Integer.toString(p.steps),
                    Double.toString(p.guidance),
                    Long.toString(p.compute.seed),
                    Integer.toString(p.pictures));
            hash.update(settings.getBytes(StandardCharsets.UTF_8));
            for (final float[] row : told.map(Embeddings::rows).orElse(List.of())) {
                final ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
                bytes.asFloatBuffer().put(row);
                hash.update(bytes.array());
            }
            if (start.isPresent()) {
                hash.update(Double.toString(start.get().strength()).getBytes(StandardCharsets.UTF_8));
                for (final Tile tile : start.get().tiles()) {
                    hash.update((tile.image() + " " + tile.area()).getBytes(StandardCharsets.UTF_8));
                }
            }
            return HexFormat.of().formatHex(hash.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static DataRow row(
            final Path file, final Picture picture, final int number, final DataTableSpec spec, final DataRow condition)
            throws RunFailed {
        final Optional<String> label = condition != null
                        && spec.containsName(LABEL)
                        && condition.getCell(spec.findColumnIndex(LABEL)) instanceof StringValue text
                ? Optional.of(text.getStringValue())
                : Optional.empty();
        final Tile tile = new Tile(
                file,
                new Tile.Area(0, 0, picture.width(), picture.height(), 1, Double.NaN),
                Optional.empty(),
                condition == null ? "sample " + number : condition.getKey().getString(),
                Optional.empty(),
                new Tile.Findings(
                        0,
                        Double.NaN,
                        Double.NaN,
                        label,
                        Optional.of(fingerprint(file)),
                        grey(picture) ? 1 : BatchSettings.COLOUR));
        final List<DataCell> cells = TileTable.cells(tile);
        kept(spec).forEach(i -> cells.add(condition.getCell(i)));
        return new DefaultRow(
                condition == null ? new RowKey("Sample" + number) : condition.getKey(), cells.toArray(DataCell[]::new));
    }

    private static boolean grey(final Picture picture) {
        final byte[] rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i += 3) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static Fingerprint fingerprint(final Path file) throws RunFailed {
        try {
            return Fingerprint.of(file, Optional.empty());
        } catch (IOException e) {
            throw new RunFailed(
                    "The picture cannot be read again: " + e.getMessage(), file.toString(), "Check the disk.", e);
        }
    }
}
