package org.selfdiff.headless.runner.knime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.selfdiff.headless.host.PortObjects;
import org.selfdiff.headless.runner.execute.Output;

/**
 * A port object.
 *
 * @param object the object itself
 */
record HostedOutput(PortObject object) implements Output {
    @Override
    public Object spec() {
        return object.getSpec();
    }

    @Override
    public String summary() {
        return object instanceof BufferedDataTable table
                ? table.size() + " rows, " + table.getDataTableSpec().getNumColumns() + " columns"
                : String.valueOf(object.getSummary());
    }

    @Override
    public List<Path> save(final Path folder, final String name) throws IOException {
        if (object instanceof BufferedDataTable table) {
            return new TableFiles(folder, name).write(table);
        }
        if (object instanceof FileStorePortObject) {
            // Its files were made in the node's folder in the first place.
            return List.of();
        }
        if (object instanceof ImagePortObject image && image.toDataCell() instanceof PNGImageValue picture) {
            final Path file = folder.resolve(name + ".png");
            Files.write(file, picture.getImageContent().getByteArray());
            return List.of(file);
        }
        final Path target = folder.resolve(name);
        PortObjects.save(object, target);
        return List.of(target);
    }
}
