package org.selfdiff.nodes.slides.tiler;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.selfdiff.nodes.common.TileTable;
import org.selfdiff.nodes.common.TrainingOutput;
import org.selfdiff.nodes.common.WorkflowFolder;
import org.selfdiff.stages.slides.SlideReport;

/** The Tiler's report: one row per slide, also where no tile came out. */
final class SlideReportTable {
    private SlideReportTable() {}

    static DataTableSpec spec() {
        final String[] names = {
            TileTable.IMAGE,
            TileTable.MASK,
            "Group",
            "Format",
            "Decoder",
            "Width",
            "Height",
            "Levels",
            "mpp",
            "Magnification",
            "Level",
            "Downsample",
            "Tile mpp",
            "Tissue",
            "Tissue mm2",
            "Tiles",
            "Dropped",
            "Dropped for tissue",
            "Dropped for annotations",
            "Dropped for sharpness",
            "Note",
            "Overview"
        };
        final DataType text = StringCell.TYPE;
        final DataType whole = IntCell.TYPE;
        final DataType real = DoubleCell.TYPE;
        return new DataTableSpec(names, new DataType[] {
            text,
            text,
            text,
            text,
            text,
            whole,
            whole,
            whole,
            real,
            real,
            whole,
            real,
            real,
            real,
            real,
            whole,
            whole,
            whole,
            whole,
            whole,
            text,
            PNGImageContent.TYPE
        });
    }

    static List<DataCell> cells(final SlideReport r, final WorkflowFolder workflow) {
        return List.of(
                new StringCell(workflow.name(r.image())),
                TileTable.text(r.mask().map(workflow::name)),
                new StringCell(r.group()),
                TileTable.text(r.slide().map(SlideReport.File::format)),
                TileTable.text(r.slide().map(SlideReport.File::decoder)),
                whole(r, file -> (int) Math.min(Integer.MAX_VALUE, file.width())),
                whole(r, file -> (int) Math.min(Integer.MAX_VALUE, file.height())),
                whole(r, SlideReport.File::levels),
                real(r.slide(), SlideReport.File::mpp),
                real(r.slide(), SlideReport.File::magnification),
                whole(r, SlideReport.File::level),
                real(r.slide(), SlideReport.File::downsample),
                real(r.slide(), SlideReport.File::tileMpp),
                real(r.tissue(), SlideReport.Tissue::share),
                real(r.tissue(), SlideReport.Tissue::mm2),
                new IntCell(r.kept()),
                new IntCell(r.dropped().all()),
                new IntCell(r.dropped().tissue()),
                new IntCell(r.dropped().annotations()),
                new IntCell(r.dropped().sharpness()),
                new StringCell(r.note()),
                r.overview().map(TrainingOutput::png).orElseGet(DataType::getMissingCell));
    }

    private static DataCell whole(final SlideReport report, final ToIntFunction<SlideReport.File> value) {
        return report.slide()
                .<DataCell>map(file -> new IntCell(value.applyAsInt(file)))
                .orElseGet(DataType::getMissingCell);
    }

    private static <T> DataCell real(final Optional<T> from, final ToDoubleFunction<T> value) {
        return TileTable.number(from.isPresent() ? value.applyAsDouble(from.get()) : Double.NaN);
    }
}
