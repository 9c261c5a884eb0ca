package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a header says about coding. A tile's header goes before the main header, and in each of them what is said of one
 * component goes before what is said of all (T.800 A.6).
 */
final class CodingScope {
    private final CodingScope outer;

    private final int components;

    private Progression.Order order;

    private int layers;

    private boolean transformed;

    private CodingStyle style;

    private final CodingStyle[] styles;

    private Quantization quantization;

    private final Quantization[] quantizations;

    private final int[] shifts;

    private final List<Progression> progressions = new ArrayList<>();

    /** A scope within {@code outer}, which is {@code null} for the main header. */
    CodingScope(final CodingScope outer, final int components) {
        this.outer = outer;
        this.components = components;
        styles = new CodingStyle[components];
        quantizations = new Quantization[components];
        shifts = outer == null ? new int[components] : outer.shifts.clone();
    }

    /** COD. */
    void readStyle(final ByteCursor in) throws IOException {
        final int flags = in.u8();
        order = Progression.Order.of(in.u8());
        layers = in.u16();
        final int transform = in.u8();
        if (layers < 1 || transform > 1) {
            throw new IOException("COD: " + layers + " layers and component transform " + transform
                    + ", at least 1 and at most 1 are allowed");
        }
        transformed = transform == 1;
        style = CodingStyle.read(in, (flags & 1) != 0);
    }

    /** COC. */
    void readComponentStyle(final ByteCursor in) throws IOException {
        final int c = component(in);
        styles[c] = CodingStyle.read(in, (in.u8() & 1) != 0);
    }

    /** QCD. */
    void readQuantization(final ByteCursor in) throws IOException {
        quantization = Quantization.read(in);
    }

    /** QCC. */
    void readComponentQuantization(final ByteCursor in) throws IOException {
        final int c = component(in);
        quantizations[c] = Quantization.read(in);
    }

    /** RGN (T.800 A.6.3). */
    void readRegion(final ByteCursor in) throws IOException {
        final int c = component(in);
        final int kind = in.u8();
        shifts[c] = in.u8();
        if (kind != 0 || shifts[c] > 37) {
            throw new IOException("RGN: a region of interest of kind " + kind + " and shift " + shifts[c]);
        }
    }

    /** POC. */
    void readProgressions(final ByteCursor in) throws IOException {
        progressions.addAll(Progression.read(in));
        if (progressions.size() > 256) {
            throw new IOException("POC: too many changes of progression");
        }
    }

    private int component(final ByteCursor in) throws IOException {
        final int c = in.u8();
        if (c >= components) {
            throw new IOException("a header names component " + c + ", there are " + components);
        }
        return c;
    }

    private CodingScope common() throws IOException {
        if (style != null) {
            return this;
        } else if (outer == null) {
            throw new IOException("the header has no coding style (COD)");
        }
        return outer.common();
    }

    int layers() throws IOException {
        return common().layers;
    }

    /** Whether components 0 to 2 went through RCT or ICT. */
    boolean transformed() throws IOException {
        return common().transformed && components >= 3; // some encoders announce it for a grey picture
    }

    CodingStyle style(final int component) throws IOException {
        if (styles[component] != null) {
            return styles[component];
        }
        return style != null || outer == null ? common().style : outer.style(component);
    }

    Quantization quantization(final int component) throws IOException {
        if (quantizations[component] != null) {
            return quantizations[component];
        } else if (quantization != null) {
            return quantization;
        } else if (outer == null) {
            throw new IOException("the header has no quantisation (QCD)");
        }
        return outer.quantization(component);
    }

    /** Bit-planes by which a region of interest was shifted up, 0 without one. */
    int shift(final int component) {
        return shifts[component];
    }

    /** The parts of the packets in their order. */
    List<Progression> progressions() throws IOException {
        if (!progressions.isEmpty()) {
            return progressions;
        } else if (outer != null && !outer.progressions.isEmpty()) {
            return outer.progressions;
        }
        return List.of(Progression.whole(layers(), common().order));
    }
}
