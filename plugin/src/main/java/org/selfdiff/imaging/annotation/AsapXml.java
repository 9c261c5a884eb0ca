package org.selfdiff.imaging.annotation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamException;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Reads the XML of ASAP, as of the Camelyon challenges: annotations with their coordinates in pixels of level 0. The
 * class is the group that an annotation is part of, under its own name if groups are nested, as ASAP's masks use it. A
 * spline is the polygon through its points, which is how ASAP fills it.
 */
final class AsapXml {
    static final String ROOT = "ASAP_Annotations";

    private static final String NO_GROUP = "None";

    private final XmlFile xml;

    private final RegionCollector collector;

    private final Vertices vertices;

    private final List<Long> orders = new ArrayList<>();

    private boolean ascending = true;

    private String type = "";

    private String name = "";

    private String group = "";

    private Place place;

    private int annotations;

    private AsapXml(final XmlFile xml, final RegionCollector collector) {
        this.xml = xml;
        this.collector = collector;
        this.vertices = new Vertices(collector);
    }

    /** Reads what follows the root's start. */
    static void read(final XmlFile xml, final RegionCollector collector)
            throws XMLStreamException, RunFailed, RunCancelled {
        final AsapXml reader = new AsapXml(xml, collector);
        while (xml.next()) {
            if (xml.starts("Annotation")) {
                reader.begin();
            } else if (xml.starts("Coordinate")) {
                reader.readVertex();
            } else if (xml.ends("Annotation")) {
                reader.finish();
            }
        }
    }

    private void begin() {
        annotations++;
        place = new Place(collector.file(), "annotation", annotations, 0);
        name = xml.attribute("Name");
        type = xml.attribute("Type");
        group = xml.attribute("PartOfGroup");
        orders.clear();
        ascending = true;
    }

    private void readVertex() throws XMLStreamException, RunFailed {
        if (place == null) {
            throw new XMLStreamException("a coordinate stands outside of any annotation");
        }
        final String where = place.vertex(vertices.count() + 1);
        final double x = xml.number("X", where);
        vertices.add(x, xml.number("Y", where), place);
        if (!xml.attribute("Order").isEmpty()) {
            final long order = (long) xml.number("Order", where);
            ascending = ascending && (orders.isEmpty() || orders.get(orders.size() - 1) < order);
            orders.add(order);
        }
    }

    private void finish() throws RunFailed, RunCancelled {
        final double[] xy = inOrder(vertices.take());
        final String kind = type.toLowerCase(Locale.ROOT);
        if (!List.of("polygon", "spline", "rectangle").contains(kind)) {
            collector.ignore(type.isBlank() ? "annotation without a type" : type);
            collector.uncount(xy.length / 2);
            return;
        }
        final Ring ring = collector.ring(xy, false, place);
        if (ring != null) {
            final String className = collector.classOr(group.equals(NO_GROUP) ? "" : group);
            collector.add(new Region(className, name, List.of(Polygon.of(ring))));
        }
    }

    /** Sorts by the attribute Order, where every vertex has one. */
    private double[] inOrder(final double[] xy) throws RunFailed {
        final int n = xy.length / 2;
        if (ascending || orders.size() != n) {
            return xy;
        }
        final Integer[] places = new Integer[n];
        Arrays.setAll(places, i -> i);
        Arrays.sort(places, Comparator.comparing(orders::get));
        final double[] sorted = new double[xy.length];
        for (int i = 0; i < n; i++) {
            sorted[2 * i] = xy[2 * places[i]];
            sorted[2 * i + 1] = xy[2 * places[i] + 1];
            if (i > 0 && orders.get(places[i]).equals(orders.get(places[i - 1]))) {
                collector.fault(
                        "Two vertices have the Order " + orders.get(places[i]),
                        "they stay as the file has them",
                        place.vertex(places[i] + 1));
            }
        }
        return sorted;
    }
}
