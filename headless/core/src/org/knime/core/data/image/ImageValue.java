package org.knime.core.data.image;

import org.knime.core.data.DataValue;

/** A cell that holds a picture. */
public interface ImageValue extends DataValue {

    ImageContent getImageContent();

    /** The usual file extension, without a dot. */
    String getImageExtension();
}
