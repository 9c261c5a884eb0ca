package org.selfdiff.imaging.slide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.selfdiff.run.RunFailed;

/**
 * The DPUfsImport XML of a Philips TIFF. The names of its attributes are those of DICOM; what counts is that of the first
 * scanned image whose type is WSI. The spacing of the image is the measured one, those of its pixel representations are
 * rounded to multiples of each other.
 *
 * @param spacing of the finest level, {@code NaN} if the text does not say
 * @param levels spacings of the levels, finest first, as the file lists them
 * @param magnification of the objective, {@code NaN} if the text does not say
 */
record PhilipsXml(Spacing spacing, List<Spacing> levels, double magnification) {
    private static final String ROOT = "DPUfsImport";

    private static final String IMAGE = "DPScannedImage";

    /** What the export was asked for: {@code tiff-useBigTIFF=1-useRgb=0-levels=40,10002-processing=0-q80-...}. */
    private static final Pattern EXPORTED = Pattern.compile("(?:^|[\\s\"-])levels=(\\d{1,3})(?:[,-]|$)");

    /** Larger numbers in the list of exported levels are keys of the label and the macro picture. */
    private static final int MAX_MAGNIFICATION = 200;

    /**
     * Distance of the centres of neighbouring pixels (DICOM PS3.3, 10.7.1.3).
     *
     * @param x along a row, in millimetres
     * @param y along a column, in millimetres
     */
    record Spacing(double x, double y) {
        static final Spacing UNKNOWN = new Spacing(Double.NaN, Double.NaN);

        boolean isKnown() {
            return !Double.isNaN(x) || !Double.isNaN(y);
        }
    }

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
        final Spacing finest = reading.levels.isEmpty() ? Spacing.UNKNOWN : reading.levels.get(0);
        return new PhilipsXml(
                reading.spacing.isKnown() ? reading.spacing : finest,
                List.copyOf(reading.levels),
                magnification(reading.derivation));
    }

    private static double magnification(final String derivation) {
        final Matcher exported = EXPORTED.matcher(derivation);
        final int first = exported.find() ? Integer.parseInt(exported.group(1)) : 0;
        return first > 0 && first <= MAX_MAGNIFICATION ? first : Double.NaN;
    }

    /** Collects what the elements say. */
    private static final class Reading implements SlideXml.Visitor {
        private final Deque<String> attributes = new ArrayDeque<>();

        private final Deque<String> objects = new ArrayDeque<>();

        /** Of the scanned image at hand. */
        private final List<Spacing> representations = new ArrayList<>();

        private Spacing own = Spacing.UNKNOWN;

        private String type = "";

        /** Of the slide, once it is found. */
        private List<Spacing> levels = List.of();

        private Spacing spacing = Spacing.UNKNOWN;

        private String derivation = "";

        private boolean found;

        @Override
        public void start(final String name, final Map<String, String> values) {
            if (name.equals("DataObject")) {
                objects.push(values.getOrDefault("ObjectType", ""));
                if (objects.peek().equals(IMAGE)) {
                    representations.clear();
                    own = Spacing.UNKNOWN;
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
                if (objects.pop().equals(IMAGE) && type.equals("WSI") && !found) {
                    levels = List.copyOf(representations);
                    spacing = own;
                    found = true;
                }
            }
        }

        private void attribute(final String key, final String text) {
            final String object = objects.isEmpty() ? "" : objects.peek();
            switch (key) {
                case "PIM_DP_IMAGE_TYPE" -> type = text.strip();
                case "DICOM_DERIVATION_DESCRIPTION" -> derivation = derivation.isEmpty() ? text : derivation;
                case "DICOM_PIXEL_SPACING" -> {
                    if (object.equals("PixelDataRepresentation")) {
                        representations.add(spacing(text));
                    } else if (object.equals(IMAGE)) {
                        own = spacing(text);
                    }
                }
                default -> {
                    // says nothing about resolution
                }
            }
        }

        /** Two numbers in quotation marks: between rows, between columns. */
        private static Spacing spacing(final String text) {
            final String[] pair = text.replace('"', ' ').strip().split("\\s+");
            final double y = Numbers.positive(pair[0]);
            return new Spacing(pair.length > 1 ? Numbers.positive(pair[1]) : y, y);
        }
    }
}
