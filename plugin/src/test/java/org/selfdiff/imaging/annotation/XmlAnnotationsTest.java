package org.selfdiff.imaging.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfdiff.run.RunControl;
import org.selfdiff.run.RunFailed;

class XmlAnnotationsTest {
    private static final String ASAP =
            """
            <?xml version="1.0"?>
            <ASAP_Annotations>
            \t<Annotations>
            \t\t<Annotation Name="Annotation 0" Type="Spline" PartOfGroup="Tumor" Color="#F4FA58">
            \t\t\t<Coordinates>
            \t\t\t\t<Coordinate Order="0" X="10.5" Y="10" />
            \t\t\t\t<Coordinate Order="1" X="20" Y="10" />
            \t\t\t\t<Coordinate Order="2" X="20" Y="30.25" />
            \t\t\t</Coordinates>
            \t\t</Annotation>
            \t\t<Annotation Name="Annotation 1" Type="Polygon" PartOfGroup="None" Color="#F4FA58">
            \t\t\t<Coordinates>
            \t\t\t\t<Coordinate Order="2" X="4" Y="4" />
            \t\t\t\t<Coordinate Order="0" X="0" Y="0" />
            \t\t\t\t<Coordinate Order="1" X="4" Y="0" />
            \t\t\t</Coordinates>
            \t\t</Annotation>
            \t\t<Annotation Name="p" Type="Dot" PartOfGroup="Tumor" Color="#F4FA58">
            \t\t\t<Coordinates><Coordinate Order="0" X="1" Y="1" /></Coordinates>
            \t\t</Annotation>
            \t\t<Annotation Name="r" Type="Rectangle" PartOfGroup="Metastases" Color="#F4FA58">
            \t\t\t<Coordinates>
            \t\t\t\t<Coordinate Order="0" X="0" Y="0" /><Coordinate Order="1" X="4" Y="0" />
            \t\t\t\t<Coordinate Order="2" X="4" Y="4" /><Coordinate Order="3" X="0" Y="4" />
            \t\t\t</Coordinates>
            \t\t</Annotation>
            \t</Annotations>
            \t<AnnotationGroups>
            \t\t<Group Name="Tumor" PartOfGroup="None" Color="#00ff00"><Attributes /></Group>
            \t\t<Group Name="Metastases" PartOfGroup="Tumor" Color="#00ff00"><Attributes /></Group>
            \t</AnnotationGroups>
            </ASAP_Annotations>
            """;

    private static final String IMAGE_SCOPE =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <Annotations MicronsPerPixel="0.252000">
             <Annotation Id="1" Name="Tumor" ReadOnly="0" Type="4" LineColor="65280" Visible="1" MarkupImagePath="">
              <Attributes><Attribute Name="Description" Id="0" Value="ignored"/></Attributes>
              <Regions><RegionAttributeHeaders><AttributeHeader Id="9999" Name="Region" ColumnWidth="-1"/>
               </RegionAttributeHeaders>
               <Region Id="1" Type="0" Zoom="0.05" Text="big" NegativeROA="0" Analyze="1">
                <Attributes><Attribute Name="x" Value="not the class"/></Attributes>
                <Vertices><Vertex X="0" Y="0" Z="0"/><Vertex X="100" Y="0" Z="0"/><Vertex X="100" Y="80" Z="0"/>
                 <Vertex X="0" Y="80" Z="0"/></Vertices></Region>
               <Region Id="2" Type="1" Text="" NegativeROA="1"><Attributes/>
                <Vertices><Vertex X="10" Y="10"/><Vertex X="30" Y="20"/></Vertices></Region>
               <Region Id="3" Type="1" Text="" NegativeROA="0"><Attributes/>
                <Vertices><Vertex X="205" Y="0"/><Vertex X="210" Y="0"/><Vertex X="210" Y="5"/><Vertex X="205" Y="5"/>
                </Vertices></Region>
               <Region Id="4" Type="4" Text=""><Vertices><Vertex X="1" Y="1"/><Vertex X="2" Y="2"/></Vertices></Region>
              </Regions><Plots/></Annotation>
             <Annotation Id="2" Name=""><Attributes><Attribute Name="Description" Id="0" Value="Necrosis"/></Attributes>
              <Regions><Region Id="1" Type="2"><Vertices><Vertex X="300" Y="0"/><Vertex X="500" Y="0"/>
               <Vertex X="500" Y="100"/><Vertex X="300" Y="100"/></Vertices></Region></Regions></Annotation>
            </Annotations>
            """;

    private static final String MONUSEG =
            """
            <Annotations MicronsPerPixel="0.252000">
            <Annotation Id="1" Name="" ReadOnly="0" LineColorReadOnly="0" Incremental="0" Type="4" LineColor="65280">
            <Attributes><Attribute Name="Description" Id="0" Value=""/></Attributes><Regions>
            <Region Id="1" Type="0" Text="" NegativeROA="0"><Attributes/><Vertices>
            <Vertex X="4.5" Y="1"/><Vertex X="7" Y="1"/><Vertex X="7" Y="6"/></Vertices></Region>
            <Region Id="2" Type="0" Text="" NegativeROA="0"><Attributes/><Vertices>
            <Vertex X="14.5" Y="1"/><Vertex X="17" Y="1"/><Vertex X="17" Y="6"/></Vertices></Region>
            </Regions></Annotation></Annotations>
            """;

    private Reading reading;

    private Path folder;

    @BeforeEach
    void open(@TempDir final Path temporary) {
        folder = temporary;
        reading = new Reading(temporary);
    }

    @Test
    void aFileOfAsap() throws Exception {
        final Annotations read = reading.read(ASAP);
        assertEquals(
                List.of(
                        new Region("Tumor", "Annotation 0", List.of(Polygon.of(Ring.of(10.5, 10, 20, 10, 20, 30.25)))),
                        new Region("Unclassified", "Annotation 1", List.of(Polygon.of(Ring.of(0, 0, 4, 0, 4, 4)))),
                        new Region("Metastases", "r", List.of(Polygon.of(Shapes.rectangle(0, 0, 4, 4))))),
                read.regions());
        assertEquals(1, read.warnings().size());
        assertTrue(read.warnings().get(0).startsWith("1 x Dot left out"));
    }

    @Test
    void aFileOfImageScope() throws Exception {
        final Annotations read = reading.read(IMAGE_SCOPE);
        assertEquals(List.of("Tumor", "Necrosis"), read.classNames());
        assertEquals(
                new Region(
                        "Tumor",
                        "big",
                        List.of(new Polygon(
                                Shapes.rectangle(0, 0, 100, 80), List.of(Shapes.rectangle(10, 10, 30, 20))))),
                read.regions().get(0));
        assertEquals(
                Shapes.region("Tumor", Shapes.rectangle(205, 0, 210, 5)),
                read.regions().get(1));
        assertEquals(Math.PI * 100 * 50, read.regions().get(2).area(), 4);
        assertEquals(new Bounds(300, 0, 500, 100), read.regions().get(2).bounds());
        assertEquals(1, read.warnings().size());
    }

    /** Some rename the layer's attribute and leave its value empty. */
    @Test
    void aRenamedAttributeIsTheClass() throws Exception {
        final String renamed = MONUSEG.replace("Attribute Name=\"Description\"", "Attribute Name=\"CaP\"");
        assertEquals(List.of("CaP"), reading.read(renamed).classNames());
        assertEquals(List.of("Unclassified"), reading.read(MONUSEG).classNames());
    }

    /** Regions of type 1 and 2 may be drawn by hand, with the area of their outline beside them, not that of its box. */
    @Test
    void boxesOfManyVerticesAreOutlines() throws Exception {
        final String vertices = "<Vertices><Vertex X=\"0\" Y=\"0\"/><Vertex X=\"4\" Y=\"0\"/><Vertex X=\"4\" Y=\"2\"/>"
                + "<Vertex X=\"2\" Y=\"2\"/><Vertex X=\"2\" Y=\"6\"/><Vertex X=\"0\" Y=\"6\"/></Vertices></Region>";
        final String file =
                "<Annotations MicronsPerPixel=\"0.252000\"><Annotation Name=\"a\"><Regions><Region Type=\"1\" "
                        + "Area=\"16.0\">" + vertices + "<Region Type=\"2\" Area=\"16.0\">" + vertices
                        + "</Regions></Annotation></Annotations>";
        final Ring outline = Ring.of(0, 0, 4, 0, 4, 2, 2, 2, 2, 6, 0, 6);
        assertEquals(
                List.of(Shapes.region("a", outline), Shapes.region("a", outline)),
                reading.read(file, Reading.STRICT).regions());
    }

    @Test
    void aFileOfMoNuSeg() throws Exception {
        final Annotations read = reading.read(MONUSEG, Reading.STRICT.withDefaultClass("Nucleus"));
        assertEquals(
                List.of(
                        Shapes.region("Nucleus", Ring.of(4.5, 1, 7, 1, 7, 6)),
                        Shapes.region("Nucleus", Ring.of(14.5, 1, 17, 1, 17, 6))),
                read.regions());
        assertEquals(
                2,
                read.instances(new PixelGrid(0, 0, 1, 20, 8), List.of("Nucleus"))
                        .max());
    }

    @Test
    void faultsAreNamed() throws Exception {
        reading.fails(
                ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"20,5\" Y=\"3\""), "annotation 1, vertex 3", "20,5", "line 8");
        reading.fails(ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"NaN\" Y=\"3\""), "NaN", "not a number");
        reading.fails(ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"Infinity\" Y=\"3\""), "not a number");
        reading.fails(ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"1.2.3\" Y=\"3\""), "not a number");
        reading.fails(ASAP.replace("X=\"20\" Y=\"30.25\"", "Y=\"3\""), "X", "not a number");
        reading.fails(
                ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"1e200\" Y=\"3\""), "on no slide", "annotation 1, vertex 3");
        reading.fails(ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"15\" Y=\"10\""), "on one line", "annotation 1");
        reading.fails(
                ASAP.replace("Order=\"1\" X=\"4\" Y=\"0\"", "Order=\"0\" X=\"4\" Y=\"0\""), "Order 0", "annotation 2");
        assertEquals(
                1,
                reading
                        .read(ASAP.replace("X=\"20\" Y=\"30.25\"", "X=\"15\" Y=\"10\""), Reading.REPAIR)
                        .warnings()
                        .stream()
                        .filter(w -> w.contains("left out") && w.contains("annotation 1"))
                        .count());
        reading.fails(
                IMAGE_SCOPE.replace("<Vertex X=\"100\" Y=\"80\" Z=\"0\"/>", "<Vertex X=\"50\" Y=\"-80\"/>"),
                "crosses itself",
                "region 1");
        reading.fails("<Annotations><Vertex X=\"1\" Y=\"1\"/></Annotations>", "outside of any region");
        reading.fails("<ASAP_Annotations><Coordinate/></ASAP_Annotations>", "outside of any annotation");
        reading.fails("<svg/>", "<svg>");
        reading.fails("<Annotations><a></Annotations>", "a.txt");
        reading.fails("<Annotations Name=\"1\" Name=\"2\"/>", "Name");
    }

    @Test
    void theTextIsInTheEncodingThatItsFirstLineNames() throws Exception {
        final String text =
                "<?xml version='1.0' encoding='ISO-8859-1'?>" + MONUSEG.replace("Name=\"\"", "Name=\"N\u00e4vus\"");
        final Path file = Files.write(folder.resolve("a.txt"), text.getBytes(StandardCharsets.ISO_8859_1));
        final Annotations read = AnnotationFiles.read(file, "", Reading.STRICT, RunControl.silent());
        assertEquals(List.of("N\u00e4vus"), read.classNames());
        assertEquals(1, reading.read("\ufeff" + IMAGE_SCOPE).warnings().size());
        reading.fails(text.replace("ISO-8859-1", "no-such"), "no-such is unknown");
        Files.write(file, text.replace("ISO-8859-1", "UTF-8").getBytes(StandardCharsets.ISO_8859_1));
        final RunFailed failed = assertThrows(
                RunFailed.class, () -> AnnotationFiles.read(file, "", Reading.STRICT, RunControl.silent()));
        assertTrue(failed.what().contains("not text in the encoding"), failed.what());
    }

    @Test
    void documentTypesAndEntitiesAreRefused() throws Exception {
        final Path secret = Files.writeString(folder.resolve("secret.txt"), "<Region/>");
        final StringBuilder laughs = new StringBuilder("<!DOCTYPE Annotations [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        reading.fails(laughs + "]><Annotations>&l29;</Annotations>", "document type", "Remove the DOCTYPE");
        reading.fails(
                "<!DOCTYPE Annotations [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]><Annotations>&x;</Annotations>",
                "document type");
        reading.fails("<!DOCTYPE Annotations SYSTEM \"http://localhost:9/a.dtd\"><Annotations/>", "document type");
        reading.fails("<Annotations>&x;</Annotations>", "a.txt");
        reading.fails("<Annotations Name=\"&x;\"/>", "a.txt");
    }

    @Test
    void limitsAreKept() {
        reading.fails("<Annotations>" + "<a>".repeat(1000), "64");
        reading.fails(ASAP, Reading.STRICT.withLimits(5, 10), "more than 5 vertices");
        reading.fails(IMAGE_SCOPE, Reading.STRICT.withLimits(10_000, 1), "more than 1 regions");
        reading.fails("<Annotations><!--" + "x".repeat(20 << 20), "more than 16777216 bytes");
    }

    @Test
    void everyHoleInEveryRegionOfALayerNeedsNoMemoryWithoutEnd() {
        final String vertices = "<Vertices><Vertex X=\"0\" Y=\"0\"/><Vertex X=\"9\" Y=\"9\"/></Vertices></Region>";
        final String file = "<Annotations><Annotation Name=\"a\"><Regions>"
                + ("<Region Type=\"1\">" + vertices).repeat(700)
                + ("<Region Type=\"1\" NegativeROA=\"1\">" + vertices).repeat(700)
                + "</Regions></Annotation></Annotations>";
        reading.fails(file, Reading.STRICT.withLimits(100_000, 10_000), "more than 100000 vertices");
    }
}
