package org.selfdiff.imaging.annotation;

/**
 * Where in a file an outline stands, for messages. Everything is counted from 1.
 *
 * @param file path of the file
 * @param unit what the format calls a region, such as {@code feature}
 * @param number of the region in the file
 * @param ring of the region, 0 if it has but one
 */
record Place(String file, String unit, int number, int ring) {

    /** Another ring of the same region. */
    Place ring(final int other) {
        return new Place(file, unit, number, other);
    }

    /** A vertex of the ring. */
    String vertex(final int vertex) {
        return this + ", vertex " + vertex;
    }

    @Override
    public String toString() {
        return file + ", " + unit + " " + number + (ring == 0 ? "" : ", ring " + ring);
    }
}
