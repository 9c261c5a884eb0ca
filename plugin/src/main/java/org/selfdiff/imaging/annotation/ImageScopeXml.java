package org.selfdiff.imaging.annotation;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Reads the XML of Aperio ImageScope, which the MoNuSeg challenge uses too: layers of regions in pixels of level 0. The
 * class is the layer's name, else its first attribute with a value, else the name that somebody gave an attribute in place
 * of ImageScope's own, else the default one. A region marked as negative is a hole in the regions of its layer that it
 * touches. Type 0 is an outline, 1 a rectangle and 2 an ellipse by their bounds, unless they have more vertices than a box
 * has corners; arrows and rulers are left out.
 */
final class ImageScopeXml {
    static final String ROOT = "Annotations";

    /** What ImageScope calls the attribute of a layer until somebody renames it. */
    private static final String UNNAMED = "Description";

    private static final String FREEHAND = "0";

    /** Rectangle and ellipse, given by corners of their box. */
    private static final List<String> BOXES = List.of("1", "2");

    /** Four, and the first one again. */
    private static final int MOST_CORNERS = 5;

    private final XmlFile xml;

    private final RegionCollector collector;

    private final Vertices vertices;

    private final List<Region> drawn = new ArrayList<>();

    private final List<Ring> negative = new ArrayList<>();

    private String layer = "";

    private String attribute = "";

    /** Name of the layer's attribute, if it is not ImageScope's own. */
    private String renamed = "";

    private String type = "";

    private String text = "";

    private boolean hole;

    private Place place;

    private int regions;

    private ImageScopeXml(final XmlFile xml, final RegionCollector collector) {
        this.xml = xml;
        this.collector = collector;
        this.vertices = new Vertices(collector);
    }

    /** Reads what follows the root's start. */
    static void read(final XmlFile xml, final RegionCollector collector)
            throws XMLStreamException, RunFailed, RunCancelled {
        final ImageScopeXml reader = new ImageScopeXml(xml, collector);
        while (xml.next()) {
            if (xml.starts("Annotation")) {
                reader.layer = xml.attribute("Name");
                reader.attribute = "";
                reader.renamed = "";
            } else if (xml.starts("Attribute")) {
                reader.readAttribute();
            } else if (xml.starts("Region")) {
                reader.beginRegion();
            } else if (xml.starts("Vertex")) {
                reader.readVertex();
            } else if (xml.ends("Region")) {
                reader.finishRegion();
            } else if (xml.ends("Annotation")) {
                reader.finishLayer();
            }
        }
    }

    private void readAttribute() {
        if (place != null) {
            return;
        }
        if (attribute.isBlank()) {
            attribute = xml.attribute("Value");
        }
        if (renamed.isBlank() && !xml.attribute("Name").equals(UNNAMED)) {
            renamed = xml.attribute("Name");
        }
    }

    private void beginRegion() {
        regions++;
        place = new Place(collector.file(), "region", regions, 0);
        type = xml.attribute("Type");
        text = xml.attribute("Text");
        hole = xml.attribute("NegativeROA").equals("1");
    }

    private void readVertex() throws XMLStreamException, RunFailed {
        if (place == null) {
            throw new XMLStreamException("a vertex stands outside of any region");
        }
        final String where = place.vertex(vertices.count() + 1);
        final double x = xml.number("X", where);
        vertices.add(x, xml.number("Y", where), place);
    }

    private void finishRegion() throws RunFailed, RunCancelled {
        final double[] xy = vertices.take();
        final Ring ring = outline(xy);
        if (ring == null) {
            collector.uncount(xy.length / 2);
        } else if (hole) {
            negative.add(ring);
        } else {
            drawn.add(new Region(collector.classOr(layerClass()), text, List.of(Polygon.of(ring))));
        }
        place = null;
    }

    /** The outline of a region. Scanned slides come with regions of type 1 that are drawn by hand: more than corners. */
    private Ring outline(final double[] xy) throws RunFailed, RunCancelled {
        final boolean corners = xy.length <= 2 * MOST_CORNERS;
        return switch (corners || !BOXES.contains(type) ? type : FREEHAND) {
            case "", FREEHAND -> collector.ring(xy, false, place);
            case "1" -> collector.ring(rectangle(xy), false, place);
            case "2" -> collector.ring(ellipse(xy), false, place);
            default -> {
                collector.ignore("region of type " + type + " (arrow, ruler)");
                yield null;
            }
        };
    }

    private static double[] rectangle(final double[] xy) {
        if (xy.length < 4) {
            return xy;
        }
        final Bounds b = Bounds.of(xy);
        return new double[] {b.minX(), b.minY(), b.maxX(), b.minY(), b.maxX(), b.maxY(), b.minX(), b.maxY()};
    }

    private double[] ellipse(final double[] xy) throws RunFailed {
        if (xy.length < 4) {
            return xy;
        }
        final double[] round = Outline.ellipse(Bounds.of(xy));
        collector.count(round.length / 2);
        return round;
    }

    private String layerClass() {
        if (!layer.isBlank()) {
            return layer;
        }
        return attribute.isBlank() ? renamed : attribute;
    }

    private void finishLayer() throws RunFailed {
        final List<List<Ring>> holes = new ArrayList<>();
        drawn.forEach(region -> holes.add(new ArrayList<>(0)));
        final RegionIndex index = new RegionIndex(drawn);
        for (final Ring ring : negative) {
            final int[] near = index.near(ring.bounds());
            if (near.length == 0) {
                collector.ignore("negative region that touches no other of its layer");
            }
            collector.count(near.length); // a file of holes in holes would need memory for every pair
            for (final int i : near) {
                holes.get(i).add(ring);
            }
        }
        for (int i = 0; i < drawn.size(); i++) {
            final Region region = drawn.get(i);
            final Ring outer = region.polygons().get(0).outer();
            collector.add(new Region(region.className(), region.name(), List.of(new Polygon(outer, holes.get(i)))));
        }
        drawn.clear();
        negative.clear();
    }
}
