package org.selfdiff.imaging.jpeg2000;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a tile's packets and their order (T.800 B.12): resolutions and components from the first to before the end,
 * layers from the next that is missing to before {@code layerEnd}.
 */
record Progression(int resolution, int resolutionEnd, int component, int componentEnd, int layerEnd, Order order) {

    /** Which loop is outside: L layer, R resolution, C component, P position. */
    enum Order {
        LRCP,
        RLCP,
        RPCL,
        PCRL,
        CPRL;

        static Order of(final int code) throws IOException {
            if (code >= values().length) {
                throw new IOException("a progression of kind " + code + " does not exist");
            }
            return values()[code];
        }
    }

    /** More would only serve to keep a reader busy. */
    private static final int MOST = 64;

    static Progression whole(final int layers, final Order order) {
        return new Progression(0, 33, 0, Integer.MAX_VALUE, layers, order);
    }

    /** Marker POC (T.800 A.6.6); the numbers of components are single bytes as long as there are few. */
    static List<Progression> read(final ByteCursor in) throws IOException {
        final List<Progression> all = new ArrayList<>();
        while (in.left() > 0) {
            final int resolution = in.u8();
            final int component = in.u8();
            final int layerEnd = in.u16();
            final int resolutionEnd = in.u8();
            final int componentEnd = in.u8();
            final Order order = Order.of(in.u8());
            all.add(new Progression(
                    resolution, resolutionEnd, component, componentEnd == 0 ? 256 : componentEnd, layerEnd, order));
            if (all.size() > MOST) {
                throw new IOException("POC: more than " + MOST + " changes of progression are not supported");
            }
        }
        return all;
    }
}
