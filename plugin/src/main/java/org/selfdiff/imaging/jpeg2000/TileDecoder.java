package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes a tile to its samples, before level shift and clipping. */
final class TileDecoder {
    /** A sample depends on coefficients up to so many places away (the 9/7 wavelet; T.800 table F.2, the 5/3 on fewer). */
    private static final int WAVELET_REACH = 4;

    private final ImageSize size;

    private final int discard;

    private final Jpeg2000Workspace workspace;

    /** @param discard finest resolutions to leave out */
    TileDecoder(final ImageSize size, final int discard, final Jpeg2000Workspace workspace) {
        this.size = size;
        this.discard = discard;
        this.workspace = workspace;
    }

    /**
     * Decodes one tile; the samples are valid until the next one.
     *
     * @param part what is needed of each component, at the resolution that is decoded to; other samples are arbitrary
     */
    TileSamples decode(final Codestream.TileStream tile, final Area part) throws IOException {
        final List<TileComponent> components = new ArrayList<>();
        final CodingScope coding = tile.coding();
        final Resolution.Budget budget = new Resolution.Budget((tile.to() - tile.from()) / coding.layers());
        for (int c = 0; c < size.components().size(); c++) {
            if (discard > coding.style(c).levels()) {
                throw new IOException("tile " + tile.index() + " has "
                        + coding.style(c).levels() + " levels, " + discard + " cannot be left out");
            }
            components.add(TileComponent.of(size, tile.index(), c, coding, budget));
        }
        new PacketSequence(tile, components).read();
        final TileSamples samples = new TileSamples(size, components, discard);
        for (int c = 0; c < components.size(); c++) {
            final TileComponent component = components.get(c);
            final BandDecoder bands = new BandDecoder(tile.data(), workspace.blocks(), component);
            final List<Resolution> kept =
                    component.resolutions().subList(0, component.resolutions().size() - discard);
            if (kept.get(kept.size() - 1).area().isEmpty()) {
                continue;
            }
            if (component.place().style().reversible()) {
                samples.wholes[c] = wholes(bands, kept, c, needed(part, kept.size()));
            } else {
                samples.reals[c] = reals(bands, kept, c, needed(part, kept.size()));
            }
        }
        if (coding.transformed()) {
            samples.undoTransform();
        }
        return samples;
    }

    /** Where the next resolution goes: the last into the component's own buffer, the others in turn into two more. */
    private static int slot(final List<Resolution> kept, final int r, final int c) {
        return r == kept.size() - 1 ? Jpeg2000Workspace.FIRST_COMPONENT + c : 3 + r % 2;
    }

    /** What is needed of each resolution for a part of the last one. */
    private static Area[] needed(final Area part, final int resolutions) {
        final Area[] needed = new Area[resolutions];
        needed[resolutions - 1] = part;
        for (int r = resolutions - 1; r > 0; r--) {
            needed[r - 1] = needed[r].grown(WAVELET_REACH).halved(1);
        }
        return needed;
    }

    private static Area needed(final Area resolution, final Subband band) {
        return resolution.grown(WAVELET_REACH).band(1, band.highX(), band.highY());
    }

    private int[] wholes(final BandDecoder decoder, final List<Resolution> kept, final int c, final Area[] needed)
            throws IOException {
        int[] image = workspace.wholes(slot(kept, 0, c), kept.get(0).area().size());
        decoder.wholes(kept.get(0), 0, needed[0], image);
        for (int r = 1; r < kept.size(); r++) {
            final Resolution resolution = kept.get(r);
            final int[][] bands = {image, null, null, null};
            for (int b = 0; b < 3; b++) {
                final Subband band = resolution.bands().get(b);
                bands[b + 1] = workspace.wholes(b, band.area().size());
                decoder.wholes(resolution, b, needed(needed[r], band), bands[b + 1]);
            }
            image = workspace.wholes(slot(kept, r, c), resolution.area().size());
            workspace.reversible().synthesise(bands, resolution.area(), image);
        }
        return image;
    }

    private float[] reals(final BandDecoder decoder, final List<Resolution> kept, final int c, final Area[] needed)
            throws IOException {
        float[] image = workspace.reals(slot(kept, 0, c), kept.get(0).area().size());
        decoder.reals(
                kept.get(0),
                0,
                needed[0],
                BandScale.of(kept, 0, kept.get(0).bands().get(0)),
                image);
        for (int r = 1; r < kept.size(); r++) {
            final Resolution resolution = kept.get(r);
            final float[][] bands = {image, null, null, null};
            for (int b = 0; b < 3; b++) {
                final Subband band = resolution.bands().get(b);
                bands[b + 1] = workspace.reals(b, band.area().size());
                decoder.reals(resolution, b, needed(needed[r], band), BandScale.of(kept, r, band), bands[b + 1]);
            }
            image = workspace.reals(slot(kept, r, c), resolution.area().size());
            workspace.irreversible().synthesise(bands, resolution.area(), image);
        }
        return image;
    }
}
