package org.knime.core.data.image.png;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.knime.core.data.DataCell;

/** A cell with a PNG picture. */
public class PNGImageCell extends DataCell implements PNGImageValue {

    private static final long serialVersionUID = 1L;

    private transient PNGImageContent content;

    PNGImageCell(PNGImageContent content) {
        this.content = content;
    }

    @Override
    public PNGImageContent getImageContent() {
        return content;
    }

    @Override
    public String getImageExtension() {
        return "png";
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeObject(content.getByteArrayReference());
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        content = new PNGImageContent((byte[]) in.readObject());
    }

    @Override
    protected boolean equalsDataCell(DataCell cell) {
        return content.equals(((PNGImageCell) cell).content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return content.getSummary();
    }
}
