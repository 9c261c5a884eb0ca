package org.selfdiff.headless;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnProperties;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataRow;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.MissingCell;
import org.knime.core.data.collection.CollectionCellFactory;
import org.knime.core.data.collection.ListCell;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.data.vector.doublevector.DoubleVectorCellFactory;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;
import org.selfdiff.headless.host.HostContext;
import org.selfdiff.headless.host.NodeHost;
import org.selfdiff.headless.host.PortObjects;
import org.selfdiff.headless.host.Tables;
import org.selfdiff.headless.sample.NotePortObject;
import org.selfdiff.headless.sample.NoteSpec;
import org.selfdiff.headless.sample.Samples;

/** Port objects and tables on disk. */
class PortObjectsTest {

    @TempDir
    Path dir;

    private NotePortObject note() throws Exception {
        NodeHost host = Samples.host(Samples.node(
                p -> p.addOutputPort("Note", "note", NotePortObject.TYPE),
                (i, o) -> o.setOutSpec(0, new NoteSpec("title")),
                (i, o) -> {
                    try {
                        o.setOutData(
                                0,
                                new NotePortObject(
                                        new NoteSpec("title"),
                                        "content",
                                        i.getExecutionContext().createFileStore("note.txt")));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
        return (NotePortObject) host.execute(new PortObject[0], HostContext.quiet(dir, dir.resolve("stores")))[0];
    }

    @Test
    void fileStoresAreWrittenWhenTheObjectLeavesItsNode() throws Exception {
        assertEquals("content", note().text());
    }

    @Test
    void fileStoresAreSavedWithTheirObject() throws Exception {
        NotePortObject note = note();
        PortObjects.save(note, dir.resolve("saved"));
        org.knime.core.util.FileUtil.deleteRecursively(dir.resolve("stores").toFile());
        NotePortObject again = (NotePortObject) PortObjects.load(dir.resolve("saved"));
        assertNotSame(note, again);
        assertEquals("content", again.text());
        assertEquals(new NoteSpec("title"), again.getSpec());
        assertEquals(note, again, "the same stores make the same object");
    }

    @Test
    void aSavedObjectWithoutItsFilesIsRefused() throws Exception {
        PortObjects.save(note(), dir.resolve("saved"));
        Files.delete(dir.resolve("saved/filestores/0/note.txt"));
        assertThrows(IOException.class, () -> PortObjects.load(dir.resolve("saved")));
    }

    private static BufferedDataTable everything() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
        DataTableSpec spec = new DataTableSpec(
                new String[] {"text", "int", "long", "double", "flag", "picture", "numbers", "texts", "vector"},
                new DataType[] {
                    StringCell.TYPE,
                    IntCell.TYPE,
                    LongCell.TYPE,
                    DoubleCell.TYPE,
                    BooleanCell.TYPE,
                    PNGImageContent.TYPE,
                    ListCell.getCollectionType(DoubleCell.TYPE),
                    ListCell.getCollectionType(StringCell.TYPE),
                    DoubleVectorCellFactory.TYPE
                });
        DataCell missing = new MissingCell("unknown");
        return Tables.of(
                spec,
                List.of(
                        new DefaultRow(
                                "a",
                                new StringCell("é, \"x\"\n"),
                                new IntCell(-1),
                                new LongCell(1L << 40),
                                new DoubleCell(0.1),
                                BooleanCell.TRUE,
                                new PNGImageContent(png.toByteArray()).toImageCell(),
                                CollectionCellFactory.createListCell(
                                        List.of(new DoubleCell(0.1), new DoubleCell(Double.NaN))),
                                CollectionCellFactory.createListCell(List.of(new StringCell("x"), missing)),
                                DoubleVectorCellFactory.createCell(new double[] {1, -0.0})),
                        new DefaultRow(
                                "b",
                                missing,
                                missing,
                                missing,
                                missing,
                                BooleanCell.FALSE,
                                missing,
                                CollectionCellFactory.createListCell(List.of()),
                                missing,
                                missing)));
    }

    @Test
    void tablesComeBackCellByCell() throws Exception {
        BufferedDataTable table = everything();
        PortObjects.save(table, dir.resolve("table"));
        BufferedDataTable again = (BufferedDataTable) PortObjects.load(dir.resolve("table"));
        assertEquals(table.getDataTableSpec(), again.getDataTableSpec());
        List<DataRow> before = new ArrayList<>();
        table.forEach(before::add);
        List<DataRow> after = new ArrayList<>();
        again.forEach(after::add);
        assertEquals(before, after);
    }

    @Test
    void propertiesOfColumnsAreStored() throws Exception {
        DataColumnSpecCreator column = new DataColumnSpecCreator("x", DoubleCell.TYPE);
        column.setProperties(new DataColumnProperties(Map.of("of", "an encoder")));
        BufferedDataTable table = Tables.of(new DataTableSpec(column.createSpec()), List.of());
        PortObjects.save(table, dir.resolve("table"));
        DataTableSpec again =
                (DataTableSpec) PortObjects.load(dir.resolve("table")).getSpec();
        assertEquals("an encoder", again.getColumnSpec("x").getProperties().getProperty("of"));
    }

    @Test
    void picturesGoFromNodeToNode() throws Exception {
        PNGImageContent content = new PNGImageContent();
        ImagePortObject picture = new ImagePortObject(content, new ImagePortObjectSpec(PNGImageContent.TYPE));
        PortObjects.save(picture, dir.resolve("picture"));
        ImagePortObject again = (ImagePortObject) PortObjects.load(dir.resolve("picture"));
        assertEquals(content.toImageCell(), again.toDataCell());
        assertEquals(picture.getSpec(), again.getSpec());
    }

    @Test
    void csvQuotesWhatNeedsIt() throws Exception {
        StringWriter out = new StringWriter();
        Tables.toCsv(everything(), out);
        String[] lines = out.toString().split("\r\n");
        assertEquals("text,int,long,double,flag,picture,numbers,texts,vector", lines[0]);
        assertEquals("\"é, \"\"x\"\"\n\",-1,1099511627776,0.1,true,", lines[1].substring(0, lines[1].indexOf("PNG")));
        assertEquals(",,,,false,,[],,", lines[2]);
    }
}
