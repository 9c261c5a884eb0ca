package org.selfdiff.stages.slides;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.selfdiff.data.Grouping;
import org.selfdiff.data.PictureFiles;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.annotation.AnnotationSettings;
import org.selfdiff.imaging.grid.Resolution;
import org.selfdiff.imaging.grid.TileGrid;
import org.selfdiff.imaging.tissue.TissueSettings;

/** A request to the tiler that tests change setting by setting: 64 pixels at 1 micrometre, half tissue. */
final class Asked {
    private final PictureFiles files;

    CutTiles.Reading reading = new CutTiles.Reading(Resolution.mpp(1), 0, 0.05);

    CutTiles.TissueRule tissue =
            new CutTiles.TissueRule(CutTiles.TissueRule.Where.SLIDES, 0.5, TissueSettings.standard(), Optional.empty());

    CutTiles.AnnotationRule.Keep keep = CutTiles.AnnotationRule.Keep.ALL;

    List<String> classes = List.of();

    List<String> excluded = List.of();

    double minShare = 0.5;

    double sharpness = Double.NaN;

    CutTiles.OnFailure onFailure = CutTiles.OnFailure.FAIL;

    Optional<Path> journal = Optional.empty();

    int threads = 2;

    int tile = 64;

    Asked(final PictureFiles files) {
        this.files = files;
    }

    /** All pictures of a folder. */
    static Asked of(final Path pictures, final Optional<Path> masks) {
        return new Asked(new PictureFiles.Folder(pictures, false, masks, ""));
    }

    Cut cut() throws Exception {
        return Cut.of(request());
    }

    CutTiles.Request request() {
        return new CutTiles.Request(
                files,
                reading,
                new TileGrid(tile, tile, TileGrid.Border.DROP),
                tissue,
                new CutTiles.AnnotationRule(keep, classes, excluded, minShare, AnnotationSettings.standard()),
                sharpness,
                Grouping.byPicture(),
                false,
                onFailure,
                true,
                journal,
                threads,
                DecodeLimits.standard());
    }
}
