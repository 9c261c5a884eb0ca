package org.selfdiff.imaging.slide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.selfdiff.run.RunFailed;

/**
 * The OME-XML of an OME-TIFF (OME data model, 2016-06): images, their size and resolution, and in which directory each
 * plane lies.
 *
 * @param images in the order of the text
 */
record OmeXml(List<Image> images) {
    private static final long MOST_PLANES = 1_000_000_000_000L;

    private static final Pattern NO_SLIDE = Pattern.compile(".*(label|macro|overview|thumbnail|barcode).*");

    private static final Pattern ROOT = Pattern.compile("<([A-Za-z]+:)?OME[\\s>]");

    /** Whether a description is OME-XML. */
    static boolean isOme(final String description) {
        return description.stripLeading().startsWith("<")
                && ROOT.matcher(description).find();
    }

    /**
     * One image.
     *
     * @param name as its maker calls it, empty if he does not
     * @param width of a plane in pixels
     * @param height of a plane in pixels
     * @param sizeC samples of a pixel, over all channels
     * @param channels 1 for interleaved RGB, 3 if red, green and blue are channels of their own
     * @param planes of all channels, focal planes and times
     * @param mppX micrometres of a pixel along x, {@code NaN} if unknown
     * @param mppY micrometres of a pixel along y, {@code NaN} if unknown
     * @param magnification of its objective, {@code NaN} if unknown
     * @param directories of the first plane of each channel, in the order of the channels
     * @param namedFile name of a file that holds its pixels, of another one if some do, empty if the text has none
     * @param elsewhere whether pixels lie in another file
     */
    record Image(
            String name,
            long width,
            long height,
            int sizeC,
            int channels,
            long planes,
            double mppX,
            double mppY,
            double magnification,
            List<Integer> directories,
            String namedFile,
            boolean elsewhere) {}

    /**
     * The slide among the images: the largest one that is not called label, macro, overview, thumbnail or barcode.
     *
     * @throws RunFailed if there is none
     */
    Image slide(final String where) throws RunFailed {
        return images.stream()
                .filter(image ->
                        !NO_SLIDE.matcher(image.name.toLowerCase(Locale.ROOT)).matches())
                .max(Comparator.comparingDouble(image -> (double) image.width * image.height))
                .or(() -> images.stream().findFirst())
                .orElseThrow(
                        () -> new RunFailed(
                                "The OME-XML describes no image",
                                where,
                                "The pixels are in another file of the set; choose that file, or convert the set with bfconvert."));
    }

    /**
     * Reads the text.
     *
     * @throws RunFailed if it is damaged or hostile
     */
    static OmeXml parse(final String text, final String where) throws RunFailed {
        final Reading reading = new Reading();
        SlideXml.read(text, where, reading);
        return new OmeXml(reading.images());
    }

    /** Collects what the elements say. */
    private static final class Reading implements SlideXml.Visitor {
        private final Map<String, Double> objectives = new HashMap<>();

        private final List<Map<String, String>> open = new ArrayList<>();

        private final List<List<Map<String, String>>> data = new ArrayList<>();

        private String self = "";

        @Override
        public void start(final String name, final Map<String, String> attributes) {
            if (name.equals("OME")) {
                self = attributes.getOrDefault("UUID", "").strip();
            } else if (name.equals("Objective")) {
                final double nominal = Numbers.positive(attributes.get("NominalMagnification"));
                final double calibrated = Numbers.positive(attributes.get("CalibratedMagnification"));
                objectives.put(attributes.getOrDefault("ID", ""), Double.isNaN(nominal) ? calibrated : nominal);
            } else if (name.equals("Image")) {
                open.add(new HashMap<>());
                data.add(new ArrayList<>());
                present().put("Name", attributes.getOrDefault("Name", ""));
            } else if (!open.isEmpty()) {
                inImage(name, attributes);
            }
        }

        private void inImage(final String name, final Map<String, String> attributes) {
            switch (name) {
                case "ObjectiveSettings", "ObjectiveRef" -> present().put("Objective", attributes.get("ID"));
                case "Pixels" -> present().putAll(attributes);
                case "Channel" -> {
                    final int seen = Numbers.whole(present().get("Channels"), 0);
                    present().put("Channels", Integer.toString(seen + 1));
                }
                case "TiffData" -> data.get(data.size() - 1).add(new HashMap<>(attributes));
                case "UUID" -> {
                    final List<Map<String, String>> parts = data.get(data.size() - 1);
                    if (!parts.isEmpty() && attributes.containsKey(OmePlanes.FILE_NAME)) {
                        parts.get(parts.size() - 1).put(OmePlanes.FILE_NAME, attributes.get(OmePlanes.FILE_NAME));
                    }
                }
                default -> {
                    // says nothing about size, resolution or place
                }
            }
        }

        private Map<String, String> present() {
            return open.get(open.size() - 1);
        }

        @Override
        public void end(final String name, final String text) {
            if (name.equals("UUID")
                    && !data.isEmpty()
                    && !data.get(data.size() - 1).isEmpty()) {
                final List<Map<String, String>> parts = data.get(data.size() - 1);
                parts.get(parts.size() - 1).put(OmePlanes.IDENTIFIER, text.strip());
            }
        }

        List<Image> images() {
            final List<Image> images = new ArrayList<>();
            long first = 0;
            for (int i = 0; i < open.size(); i++) {
                final Image image = image(open.get(i), data.get(i), first);
                images.add(image);
                first = Math.min(MOST_PLANES, first + image.planes);
            }
            return List.copyOf(images);
        }

        private Image image(final Map<String, String> is, final List<Map<String, String>> parts, final long first) {
            final int sizeC = Math.max(1, Numbers.whole(is.get("SizeC"), 1));
            final int stated = Numbers.whole(is.get("Channels"), 0);
            final int channels = stated == 0 ? sizeC : Math.min(stated, sizeC);
            final long deep = (long) Math.max(1, Numbers.whole(is.get("SizeZ"), 1))
                    * Math.max(1, Numbers.whole(is.get("SizeT"), 1));
            final OmePlanes planes = OmePlanes.of(is, channels, parts, first, self);
            return new Image(
                    is.getOrDefault("Name", ""),
                    Numbers.whole(is.get("SizeX"), 0),
                    Numbers.whole(is.get("SizeY"), 0),
                    sizeC,
                    channels,
                    channels * deep,
                    OmeLength.micrometres(is.get("PhysicalSizeX"), is.get("PhysicalSizeXUnit")),
                    OmeLength.micrometres(is.get("PhysicalSizeY"), is.get("PhysicalSizeYUnit")),
                    objectives.getOrDefault(is.getOrDefault("Objective", ""), Double.NaN),
                    planes.directories(),
                    planes.namedFile(),
                    planes.elsewhere());
        }
    }
}
