package org.selfdiff.imaging;

/** A decoded picture as a source of one level and unknown resolution. */
record FlatPicture(String name, About about, Picture picture) implements PictureSource {

    @Override
    public int levels() {
        return 1;
    }

    @Override
    public Level level(final int index) {
        java.util.Objects.checkIndex(index, 1);
        return new Level(picture.width(), picture.height(), 1, Double.NaN);
    }

    @Override
    public Picture region(final int level, final long x, final long y, final int width, final int height) {
        java.util.Objects.checkIndex(level, 1);
        return picture.region(Math.toIntExact(x), Math.toIntExact(y), width, height);
    }

    @Override
    public long bytes() {
        return picture.rgb().length;
    }

    @Override
    public void close() {
        // nothing is held but memory
    }
}
