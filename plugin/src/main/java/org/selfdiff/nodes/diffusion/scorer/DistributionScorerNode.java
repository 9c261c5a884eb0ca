package org.selfdiff.nodes.diffusion.scorer;

import java.util.Optional;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
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
import org.selfdiff.data.EncodedBy;
import org.selfdiff.nodes.common.EmbeddingColumn;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.SourceColumn;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.diffusion.DistributionScore;
import org.selfdiff.stages.diffusion.PictureSet;
import org.selfdiff.stages.diffusion.ScoreDistribution;

/** From the Distribution Scorer's settings and tables to {@link ScoreDistribution} and back. */
final class DistributionScorerNode {
    static final String REAL = "Real";

    static final String SYNTHETIC = "Synthetic";

    static final String HELD_OUT = "Held-out";

    private static final double READING = 0.1;

    private static final DataTableSpec SCORES = new DataTableSpec(
            new String[] {
                "Pictures",
                "Score",
                "Value",
                "Deviation",
                "Encoder",
                "Width",
                "Real pictures",
                "Synthetic pictures",
                "Note"
            },
            new DataType[] {
                StringCell.TYPE,
                StringCell.TYPE,
                DoubleCell.TYPE,
                DoubleCell.TYPE,
                StringCell.TYPE,
                IntCell.TYPE,
                IntCell.TYPE,
                IntCell.TYPE,
                StringCell.TYPE
            });

    private DistributionScorerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DistributionScorerParameters p = in.getParameters();
        final DataTableSpec real = in.getInTableSpec(0);
        final DataTableSpec synthetic = in.getInTableSpec(1);
        final DataColumnSpec first = EmbeddingColumn.require(real, p.realColumn, REAL);
        final DataColumnSpec second = EmbeddingColumn.require(synthetic, p.syntheticColumn, SYNTHETIC);
        final Optional<EncodedBy> encoder = EmbeddingColumn.encodedBy(first);
        EmbeddingColumn.requireSame(
                encoder, "the real pictures", EmbeddingColumn.encodedBy(second), "the synthetic pictures");
        if (in.getInPortSpec(2) != null) {
            EmbeddingColumn.requireSame(
                    encoder,
                    "the real pictures",
                    EmbeddingColumn.encodedBy(EmbeddingColumn.require(in.getInTableSpec(2), p.heldOutColumn, HELD_OUT)),
                    "the held-out pictures");
        }
        PictureSets.requireClasses(real, p.classColumn, REAL);
        PictureSets.requireClasses(synthetic, p.classColumn, SYNTHETIC);
        SourceColumn.require(synthetic, p.sourceColumn, SYNTHETIC);
        out.setOutSpecs(
                SCORES,
                new PairTable(synthetic, second.getName(), real, first.getName()).spec(),
                TrainingOutput.picturesSpec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DistributionScorerParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable real = in.getInTable(0);
        final BufferedDataTable synthetic = in.getInTable(1);
        NodeRun.execute(exec, out::setWarningMessage, control -> {
            final ScoreDistribution.Request request = request(in, p, control);
            final ScoreDistribution.Result result = ScoreDistribution.run(request, control.part(READING, 1));
            final PairTable pairs = new PairTable(
                    synthetic.getDataTableSpec(),
                    PictureSets.column(synthetic, p.syntheticColumn, SYNTHETIC).getName(),
                    real.getDataTableSpec(),
                    PictureSets.column(real, p.realColumn, REAL).getName());
            final GalleryTable gallery =
                    new GalleryTable(real, synthetic, Optional.ofNullable((BufferedDataTable) in.getInPortObject(2)));
            out.setOutData(
                    scores(exec, result, request.real()),
                    pairs.write(exec, synthetic, real, result.pairs()),
                    gallery.write(exec, result, control.part(1, 1)));
        });
    }

    private static ScoreDistribution.Request request(
            final ExecuteInput in, final DistributionScorerParameters p, final RunControl control)
            throws RunFailed, RunCancelled {
        final PictureSet real = PictureSets.read(
                in.getInTable(0), "real", p.realColumn, p.classColumn, REAL, control.part(0, READING / 3));
        final PictureSet synthetic = PictureSets.read(
                        in.getInTable(1),
                        "synthetic",
                        p.syntheticColumn,
                        p.classColumn,
                        SYNTHETIC,
                        control.part(READING / 3, READING * 2 / 3))
                .withSources(SourceColumn.read(in.getInTable(1), p.sourceColumn));
        final Optional<PictureSet> heldOut = in.getInPortObject(2) == null
                ? Optional.empty()
                : Optional.of(PictureSets.read(
                        in.getInTable(2),
                        "held-out",
                        p.heldOutColumn,
                        "",
                        HELD_OUT,
                        control.part(READING * 2 / 3, READING)));
        return new ScoreDistribution.Request(real, synthetic, heldOut, p.settings());
    }

    private static BufferedDataTable scores(
            final ExecutionContext exec, final ScoreDistribution.Result result, final PictureSet real) {
        final DataCell encoder = real.embeddings()
                .encodedBy()
                .<DataCell>map(by -> new StringCell(by.encoder()))
                .orElse(DataType.getMissingCell());
        final BufferedDataContainer container = exec.createDataContainer(SCORES);
        long row = 0;
        for (final DistributionScore s : result.scores()) {
            container.addRowToTable(new DefaultRow(
                    "Row" + row++,
                    new StringCell(s.pictures()),
                    new StringCell(s.name()),
                    number(s.value()),
                    number(s.deviation()),
                    encoder,
                    new IntCell(real.embeddings().width()),
                    new IntCell(s.first()),
                    new IntCell(s.second()),
                    s.note().isEmpty() ? DataType.getMissingCell() : new StringCell(s.note())));
        }
        container.close();
        return container.getTable();
    }

    /** A number, missing where there is none. */
    static DataCell number(final double value) {
        return Double.isFinite(value) ? new DoubleCell(value) : DataType.getMissingCell();
    }
}
