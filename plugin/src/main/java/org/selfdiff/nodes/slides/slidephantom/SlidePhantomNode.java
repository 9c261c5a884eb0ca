package org.selfdiff.nodes.slides.slidephantom;

import java.util.List;
import java.util.Optional;
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
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.selfdiff.imaging.phantom.SlideForm;
import org.selfdiff.imaging.tiff.write.BlockCompression;
import org.selfdiff.imaging.tiff.write.SlideFormat;
import org.selfdiff.nodes.common.NodeRun;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.slides.MakeSlides;

/** From the Slide Phantom's settings to {@link MakeSlides} and its slides to a table. */
final class SlidePhantomNode {
    private static final DataTableSpec SPEC = new DataTableSpec(
            new String[] {TileTable.IMAGE, TileTable.MASK, "Label", "mpp", "Width", "Height", TileTable.GROUP},
            new DataType[] {
                StringCell.TYPE,
                StringCell.TYPE,
                StringCell.TYPE,
                DoubleCell.TYPE,
                IntCell.TYPE,
                IntCell.TYPE,
                StringCell.TYPE
            });

    private SlidePhantomNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) {
        out.setOutSpec(0, SPEC);
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final SlidePhantomParameters p = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        NodeRun.execute(
                exec,
                out::setWarningMessage,
                control -> out.setOutData(
                        0,
                        table(
                                exec,
                                p,
                                p.ownFolder.isBlank()
                                        ? MakeSlides.run(request(p), control)
                                        : new MakeSlides.Result(List.of()))));
    }

    private static MakeSlides.Request request(final SlidePhantomParameters p) throws RunFailed {
        return new MakeSlides.Request(
                UserPath.resolve(p.folder, "Folder"),
                p.slides,
                p.width,
                p.height,
                p.mpp,
                p.magnification,
                switch (p.format) {
                    case APERIO -> SlideFormat.APERIO;
                    case BIG_TIFF -> SlideFormat.BIG_TIFF;
                    case OME_TIFF -> SlideFormat.OME_TIFF;
                },
                switch (p.compression) {
                    case JPEG -> BlockCompression.JPEG;
                    case DEFLATE -> BlockCompression.DEFLATE;
                    case LZW -> BlockCompression.LZW;
                },
                p.quality,
                new MakeSlides.Tumours(
                        p.tumourShare,
                        p.tumourOf == SlidePhantomParameters.TumourOf.CASES,
                        p.foci == 0 ? Optional.empty() : Optional.of(new SlideForm.Foci(p.foci, p.fociMicrometres)),
                        p.contrast),
                p.slidesOfACase,
                switch (p.stain) {
                    case HE -> SlideForm.Stain.HE;
                    case PALE -> SlideForm.Stain.PALE;
                    case IHC -> SlideForm.Stain.IHC;
                },
                p.artefacts,
                p.seed);
    }

    private static BufferedDataTable table(
            final ExecutionContext exec, final SlidePhantomParameters p, final MakeSlides.Result result) {
        final BufferedDataContainer container = exec.createDataContainer(SPEC);
        final WorkflowFolder workflow = WorkflowFolder.current();
        long row = 0;
        for (final MakeSlides.Made made : result.slides()) {
            container.addRowToTable(new DefaultRow(
                    "Slide" + row++,
                    new StringCell(workflow.name(made.image())),
                    new StringCell(workflow.name(made.annotation())),
                    new StringCell(made.label()),
                    new DoubleCell(p.mpp),
                    new IntCell(p.width),
                    new IntCell(p.height),
                    new StringCell(made.group())));
        }
        container.close();
        return container.getTable();
    }
}
