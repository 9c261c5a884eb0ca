package org.knime.core.data.image.png;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;
import org.knime.core.data.image.ImageContent;

/** A picture as the bytes of a PNG file. */
public class PNGImageContent implements ImageContent {

    public static final DataType TYPE = DataType.getType(PNGImageCell.class);

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final byte[] bytes;

    /** A picture of one grey pixel. */
    public PNGImageContent() {
        this(pixel());
    }

    /** Wraps the bytes of a PNG file; other bytes are refused. */
    public PNGImageContent(byte[] bytes) {
        if (bytes.length < SIGNATURE.length || !Arrays.equals(SIGNATURE, Arrays.copyOf(bytes, SIGNATURE.length))) {
            throw new IllegalArgumentException("The bytes are not those of a PNG picture.");
        }
        this.bytes = bytes.clone();
    }

    public PNGImageContent(InputStream in) throws IOException {
        this(in.readAllBytes());
    }

    private static byte[] pixel() {
        try (java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] getByteArray() {
        return bytes.clone();
    }

    /** The bytes themselves, not to be changed. */
    public byte[] getByteArrayReference() {
        return bytes;
    }

    public Image getImage() {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("The picture cannot be decoded: " + e.getMessage(), e);
        }
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        graphics.drawImage(getImage(), 0, 0, width, height, null);
    }

    @Override
    public Dimension getPreferredSize() {
        BufferedImage image = (BufferedImage) getImage();
        return new Dimension(image.getWidth(), image.getHeight());
    }

    @Override
    public void save(OutputStream out) throws IOException {
        out.write(bytes);
    }

    @Override
    public String getSummary() {
        return "PNG picture of " + bytes.length + " bytes";
    }

    @Override
    public DataCell toImageCell() {
        return new PNGImageCell(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PNGImageContent content && Arrays.equals(bytes, content.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
