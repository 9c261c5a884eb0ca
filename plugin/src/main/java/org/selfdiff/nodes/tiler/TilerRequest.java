package org.selfdiff.nodes.tiler;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.annotation.FaultyPolygons;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.imaging.tissue.TissueMethod;
import org.selfdiff.imaging.tissue.TissueSettings;
import org.selfdiff.nodes.common.NameList;
import org.selfdiff.nodes.common.PictureTable;
import org.selfdiff.nodes.common.UserPath;
import org.selfdiff.run.RunFailed;
import org.selfdiff.stages.CutTiles;

/** What the Tiler's settings ask for. */
final class TilerRequest {
    private TilerRequest() {}

    static CutTiles.Request of(final TilerParameters p, final PortObject[] ports) throws RunFailed {
        return new CutTiles.Request(
                p.imageFolder.isBlank()
                        ? new PictureFiles.Listed(PictureTable.read((BufferedDataTable) ports[0]))
                        : folder(p),
                new CutTiles.Reading(target(p), p.mppOverride, p.tolerance),
                new TileGrid(p.tileSize, p.tileSize - p.overlap, TileGrid.Border.valueOf(p.border.name())),
                tissue(p),
                annotations(p),
                p.measureSharpness ? p.minSharpness : Double.NaN,
                switch (p.groupBy) {
                    case PICTURE -> Grouping.byPicture();
                    case FOLDER -> Grouping.byFolder();
                    case PATTERN -> Grouping.byPattern(p.groupPattern);
                },
                p.masksRequired,
                CutTiles.OnFailure.valueOf(p.onFailure.name()),
                p.overviews,
                path(p.journalFolder, "Folder for finished slides"),
                p.threads,
                DecodeLimits.standard());
    }

    private static PictureFiles folder(final TilerParameters p) throws RunFailed {
        return new PictureFiles.Folder(
                UserPath.resolve(p.imageFolder, "Image folder"),
                p.recursive,
                path(p.maskFolder, "Mask folder"),
                p.maskSuffix);
    }

    private static Resolution target(final TilerParameters p) {
        return switch (p.resolution) {
            case FINEST -> Resolution.finest();
            case MPP -> Resolution.mpp(p.mpp);
            case MAGNIFICATION -> Resolution.magnification(p.magnification);
        };
    }

    private static CutTiles.TissueRule tissue(final TilerParameters p) throws RunFailed {
        final TissueSettings settings = new TissueSettings(
                TissueMethod.valueOf(p.tissueMethod.name()),
                p.closingUm,
                p.openingUm,
                p.minAreaUm2,
                p.maxHoleUm2,
                p.findPens,
                p.findEdges);
        return new CutTiles.TissueRule(
                CutTiles.TissueRule.Where.valueOf(p.findTissue.name()),
                p.minTissue,
                settings,
                path(p.tissueMaskFolder, "Tissue mask folder"));
    }

    private static CutTiles.AnnotationRule annotations(final TilerParameters p) throws RunFailed {
        return new CutTiles.AnnotationRule(
                CutTiles.AnnotationRule.Keep.valueOf(p.keepTiles.name()),
                different(NameList.split(p.classes)),
                NameList.split(p.excludedClasses),
                p.minAnnotated,
                AnnotationSettings.standard().withFaulty(FaultyPolygons.valueOf(p.faultyOutlines.name())));
    }

    /** Refuses a class that is named twice, because it would have two numbers. */
    private static List<String> different(final List<String> classes) throws RunFailed {
        final Set<String> seen = new HashSet<>();
        for (final String name : classes) {
            if (!seen.add(name)) {
                throw new RunFailed(
                        "The class \"" + name + "\" is named twice", "setting \"Classes\"", "Name each class once.");
            }
        }
        return classes;
    }

    private static Optional<Path> path(final String text, final String setting) throws RunFailed {
        return text.isBlank() ? Optional.empty() : Optional.of(UserPath.resolve(text, setting));
    }
}
