package org.selfdiff.headless.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.filestore.FileStoreKey;
import org.knime.core.data.filestore.FileStorePortObject;
import org.knime.core.data.filestore.FileStoreUtil;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.ModelContentRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObject.PortObjectSerializer;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortObjectSpec.PortObjectSpecSerializer;
import org.knime.core.node.port.PortObjectSpecZipInputStream;
import org.knime.core.node.port.PortObjectSpecZipOutputStream;
import org.knime.core.node.port.PortObjectZipInputStream;
import org.knime.core.node.port.PortObjectZipOutputStream;
import org.knime.core.node.port.PortTypeRegistry;
import org.knime.core.node.port.PortUtil;
import org.selfdiff.headless.bridge.Bridges;

/**
 * Saves port objects to folders and loads them again, through their own serializers and file stores. The folder holds
 * {@code classes.xml}, {@code spec.zip}, {@code object.zip} and the folder {@code filestores}; it is not KNIME's layout.
 */
public final class PortObjects {

    private static final String CLASSES = "classes.xml";
    private static final String SPEC = "spec.zip";
    private static final String OBJECT = "object.zip";
    private static final String STORES = "filestores";

    private PortObjects() {}

    /** Writes the object, its spec and a copy of its file stores into the folder (which is created). */
    public static void save(PortObject object, Path dir) throws IOException {
        Files.createDirectories(dir);
        ModelContent classes = new ModelContent("port_object");
        classes.addString("object", object.getClass().getName());
        classes.addString("spec", object.getSpec().getClass().getName());
        if (object instanceof BufferedDataTable table) {
            TableFile.write(table, dir.resolve(OBJECT));
        } else {
            saveObject(object, dir.resolve(OBJECT));
        }
        saveSpec(object.getSpec(), dir.resolve(SPEC));
        if (object instanceof FileStorePortObject stored) {
            saveStores(stored, dir, classes);
        }
        try (OutputStream out = Files.newOutputStream(dir.resolve(CLASSES))) {
            classes.saveToXML(out);
        }
    }

    private static void saveObject(PortObject object, Path file) throws IOException {
        PortObjectSerializer<PortObject> serializer = PortTypeRegistry.getInstance()
                .getObjectSerializer(object.getClass())
                .orElseThrow(() -> unregistered(object.getClass()));
        try (PortObjectZipOutputStream out = PortUtil.getPortObjectZipOutputStream(Files.newOutputStream(file))) {
            serializer.savePortObject(object, out, new ExecutionMonitor());
        } catch (CanceledExecutionException e) {
            throw new IOException("Saving was cancelled.", e);
        }
    }

    private static void saveSpec(PortObjectSpec spec, Path file) throws IOException {
        try (PortObjectSpecZipOutputStream out =
                PortUtil.getPortObjectSpecZipOutputStream(Files.newOutputStream(file))) {
            specSerializer(spec.getClass()).savePortObjectSpec(spec, out);
        }
    }

    private static PortObjectSpecSerializer<PortObjectSpec> specSerializer(Class<? extends PortObjectSpec> type) {
        return PortTypeRegistry.getInstance().getSpecSerializer(type).orElseThrow(() -> unregistered(type));
    }

    private static IllegalStateException unregistered(Class<?> type) {
        return new IllegalStateException("No serializer of " + type.getName()
                + " is registered at the extension point org.knime.core.PortType.");
    }

    private static void saveStores(FileStorePortObject object, Path dir, ModelContent classes) throws IOException {
        Bridges.fileStores().flush(object);
        List<FileStore> stores = FileStoreUtil.getFileStores(object);
        for (int i = 0; i < stores.size(); i++) {
            FileStoreUtil.getFileStoreKey(stores.get(i)).save(classes.addModelContent("file_store_" + i));
            Path source = stores.get(i).getFile().toPath();
            Path target = dir.resolve(STORES).resolve(Integer.toString(i));
            Files.createDirectories(target);
            copy(source, target.resolve(source.getFileName()));
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path copy = target.resolve(source.relativize(path).toString());
                if (!Files.isDirectory(copy)) {
                    Files.copy(path, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Reads what {@link #save} wrote, with the classes that the caller's plug-in sees. */
    public static PortObject load(Path dir) throws IOException {
        return load(dir, PortObjects.class.getClassLoader());
    }

    /**
     * Reads what {@link #save} wrote; file stores are used where they lie.
     *
     * @param dir the folder
     * @param classes sees the classes of the object and its spec
     */
    public static PortObject load(Path dir, ClassLoader classes) throws IOException {
        try (InputStream in = Files.newInputStream(dir.resolve(CLASSES))) {
            ModelContentRO names = ModelContent.loadFromXML(in);
            Class<? extends PortObjectSpec> specClass =
                    Class.forName(names.getString("spec"), true, classes).asSubclass(PortObjectSpec.class);
            Class<? extends PortObject> objectClass =
                    Class.forName(names.getString("object"), true, classes).asSubclass(PortObject.class);
            PortObjectSpec spec = loadSpec(specClass, dir.resolve(SPEC));
            if (objectClass == BufferedDataTable.class) {
                return TableFile.read(spec, dir.resolve(OBJECT));
            }
            PortObject object = loadObject(objectClass, spec, dir.resolve(OBJECT));
            if (object instanceof FileStorePortObject stored) {
                Bridges.fileStores().attach(stored, stores(names, dir));
            }
            return object;
        } catch (InvalidSettingsException | ClassNotFoundException | ClassCastException e) {
            throw new IOException("The saved port object in " + dir + " is damaged: " + e.getMessage(), e);
        }
    }

    private static PortObjectSpec loadSpec(Class<? extends PortObjectSpec> type, Path file) throws IOException {
        try (PortObjectSpecZipInputStream in = PortUtil.getPortObjectSpecZipInputStream(Files.newInputStream(file))) {
            return specSerializer(type).loadPortObjectSpec(in);
        }
    }

    private static PortObject loadObject(Class<? extends PortObject> type, PortObjectSpec spec, Path file)
            throws IOException {
        PortObjectSerializer<PortObject> serializer =
                PortTypeRegistry.getInstance().getObjectSerializer(type).orElseThrow(() -> unregistered(type));
        try (PortObjectZipInputStream in = PortUtil.getPortObjectZipInputStream(Files.newInputStream(file))) {
            return serializer.loadPortObject(in, spec, new ExecutionMonitor());
        } catch (CanceledExecutionException e) {
            throw new IOException("Loading was cancelled.", e);
        }
    }

    private static List<FileStore> stores(ModelContentRO names, Path dir) throws InvalidSettingsException, IOException {
        List<FileStore> stores = new ArrayList<>();
        for (int i = 0; names.containsKey("file_store_" + i); i++) {
            FileStoreKey key = FileStoreKey.load(names.getModelContent("file_store_" + i));
            File file = dir.resolve(STORES)
                    .resolve(Integer.toString(i))
                    .resolve(key.getName())
                    .toFile();
            if (!file.exists()) {
                throw new IOException("The file store " + file + " is missing.");
            }
            stores.add(Bridges.fileStores().create(file, key));
        }
        return stores;
    }
}
