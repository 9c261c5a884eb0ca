package org.selfdiff.imaging.slide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.selfdiff.run.RunFailed;

/**
 * The DPUfsImport XML of a Philips TIFF. The names of its attributes are those of DICOM; the spacings of the levels are
 * those of the pixel representations of the first scanned image whose type is WSI, or else the one of the image itself.
 *
 * @param spacings of the levels, finest first, as the file lists them
 */
record PhilipsXml(List<Spacing> spacings) {
    private static final String ROOT = "DPUfsImport";

    /**
     * Distance of the centres of neighbouring pixels (DICOM PS3.3, 10.7.1.3).
     *
     * @param x along a row, in millimetres
     * @param y along a column, in millimetres
     */
    record Spacing(double x, double y) {}

    /** Whether a description is such a text. */
    static boolean isPhilips(final String description) {
        return description.contains("<DataObject") && description.contains(ROOT);
    }

    /**
     * Reads the text.
     *
     * @throws RunFailed if it is damaged or hostile
     */
    static PhilipsXml parse(final String text, final String where) throws RunFailed {
        final Reading reading = new Reading();
        SlideXml.read(text, where, reading);
        return new PhilipsXml(List.copyOf(reading.slide));
    }

    /** Collects what the elements say. */
    private static final class Reading implements SlideXml.Visitor {
        private final Deque<String> attributes = new ArrayDeque<>();

        private final Deque<String> objects = new ArrayDeque<>();

        private final List<Spacing> present = new ArrayList<>();

        private final List<Spacing> whole = new ArrayList<>();

        private List<Spacing> slide = new ArrayList<>();

        private String type = "";

        private boolean found;

        @Override
        public void start(final String name, final Map<String, String> values) {
            if (name.equals("DataObject")) {
                objects.push(values.getOrDefault("ObjectType", ""));
                if (objects.peek().equals("DPScannedImage")) {
                    present.clear();
                    whole.clear();
                    type = "";
                }
            } else if (name.equals("Attribute")) {
                attributes.push(values.getOrDefault("Name", ""));
            }
        }

        @Override
        public void end(final String name, final String text) {
            if (name.equals("Attribute")) {
                attribute(attributes.pop(), text);
            } else if (name.equals("DataObject")) {
                if (objects.pop().equals("DPScannedImage") && type.equals("WSI") && !found) {
                    slide = new ArrayList<>(present.isEmpty() ? whole : present);
                    found = true;
                }
            }
        }

        private void attribute(final String key, final String text) {
            if (key.equals("PIM_DP_IMAGE_TYPE")) {
                type = text.strip();
            } else if (key.equals("DICOM_PIXEL_SPACING")) {
                final String[] pair = text.replace('"', ' ').strip().split("\\s+");
                final double y = Numbers.positive(pair[0]);
                final boolean level = "PixelDataRepresentation".equals(objects.peek());
                (level ? present : whole).add(new Spacing(pair.length > 1 ? Numbers.positive(pair[1]) : y, y));
            }
        }
    }
}
