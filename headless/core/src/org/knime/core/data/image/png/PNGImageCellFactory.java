package org.knime.core.data.image.png;

import java.io.IOException;
import java.io.InputStream;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataType;

/** Makes picture cells. */
public class PNGImageCellFactory {

    public static final DataType TYPE = PNGImageContent.TYPE;

    public static DataCell create(byte[] bytes) {
        return new PNGImageContent(bytes).toImageCell();
    }

    public static DataCell create(InputStream in) throws IOException {
        return new PNGImageContent(in).toImageCell();
    }
}
