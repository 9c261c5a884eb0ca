package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.selfdiff.run.RunFailed;

/** What scanners write into ImageDescription, in the variants that are met. */
class DescriptionTest {
    private static final String CMU =
            "Aperio Image Library v10.0.51\r\n46920x33014 [0,100 46000x32914] (256x256) JPEG/RGB Q=30|AppMag = 20"
                    + "|StripeWidth = 2040|ScanScope ID = CPAPERIOCS|Filename = CMU-1|Date = 12/29/09|MPP = 0.4990|Left = 25.7";

    @Test
    void anAperioTextGivesResolutionAndMagnification() {
        final AperioText text = AperioText.parse(CMU);
        assertEquals(0.499, text.mpp());
        assertEquals(20, text.magnification());
        assertEquals("CMU-1", text.values().get("Filename"));
        assertTrue(AperioText.isAperio(CMU));
        assertFalse(AperioText.isAperio("Leica Image Library"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Aperio Leica Biosystems GT450 v1.0.1|AppMag = 40|MPP = 0.263312; 0.263312; 40",
                "Aperio Image|MPP=0,4990|AppMag=20; 0.499; 20",
                "Aperio Image|AppMag = 20|MPP = 0.25|AppMag = 40; 0.25; 40",
                "Aperio Image Library v11.0.37 4443x3567 J2K/KDU Q=70|ICC Profile = sRGB; NaN; NaN",
                "Aperio|MPP = 0|AppMag = -20; NaN; NaN",
                "Aperio|MPP = 1e400|AppMag = twenty; NaN; NaN",
                "Aperio|MPP|AppMag = ; NaN; NaN",
                "Aperio|; NaN; NaN"
            })
    void variantsOfAperioAreRead(final String description, final double mpp, final double magnification) {
        final AperioText text = AperioText.parse(description);
        assertEquals(mpp, text.mpp());
        assertEquals(magnification, text.magnification());
    }

    @Test
    void labelAndMacroAreToldByTheSecondLine() {
        assertTrue(AperioText.isAssociated("Aperio Image Library v11.2.1 \r\nlabel 387x463"));
        assertTrue(AperioText.isAssociated("Aperio Image Library v11.2.1 \nmacro 1280x431"));
        assertFalse(AperioText.isAssociated("Aperio Image Library v11.2.1 \r\n2220x2967 -> 574x768 - |AppMag = 20"));
        assertFalse(AperioText.isAssociated(CMU));
        assertFalse(AperioText.isAssociated(""));
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, , 0.25",
        "0.25, \u00b5m, 0.25",
        "0.25, \u03bcm, 0.25",
        "0.25, \ufffdm, 0.25",
        "0.25, um, 0.25",
        "250, nm, 0.25",
        "0.00025, mm, 0.25",
        "2500, \u00c5, 0.25",
        "1, in, 25400",
        "1, pixel, NaN",
        "1, reference frame, NaN",
        "0, \u00b5m, NaN",
        "x, \u00b5m, NaN"
    })
    void lengthsOfOmeComeInManyUnits(final String value, final String unit, final double micrometres) {
        assertEquals(micrometres, OmeLength.micrometres(value, unit), 1e-9);
    }

    @Test
    void omeXmlOfBioFormatsIsRead() throws RunFailed {
        final OmeXml ome = OmeXml.parse(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?><!-- Warning: this comment is an OME-XML "
                        + "metadata block --><OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\" Creator=\"OME "
                        + "Bio-Formats 6.7.0\" UUID=\"urn:uuid:1\"><Instrument ID=\"Instrument:0\"><Objective "
                        + "ID=\"Objective:0:0\" NominalMagnification=\"20.0\"/></Instrument><Image ID=\"Image:0\" "
                        + "Name=\"label image\"><Pixels SizeX=\"90000\" SizeY=\"90000\" SizeC=\"3\" SizeZ=\"1\" SizeT=\"1\" "
                        + "DimensionOrder=\"XYCZT\" Type=\"uint8\"><Channel ID=\"Channel:0:0\" SamplesPerPixel=\"3\"/>"
                        + "<TiffData IFD=\"0\" PlaneCount=\"1\"/></Pixels></Image><Image ID=\"Image:1\" Name=\"Scan 1\">"
                        + "<ObjectiveSettings ID=\"Objective:0:0\"/><Pixels BigEndian=\"false\" DimensionOrder=\"XYCZT\" "
                        + "PhysicalSizeX=\"0.4990\" PhysicalSizeXUnit=\"\u00b5m\" PhysicalSizeY=\"0.4992\" SizeX=\"46000\" "
                        + "SizeY=\"32914\" SizeC=\"3\" SizeZ=\"1\" SizeT=\"1\" Type=\"uint8\"><Channel ID=\"Channel:1:0\" "
                        + "SamplesPerPixel=\"3\"><LightPath/></Channel><TiffData FirstC=\"0\" FirstT=\"0\" FirstZ=\"0\" "
                        + "IFD=\"1\" PlaneCount=\"1\"/></Pixels></Image></OME>\n",
                "a.ome.tif");
        final OmeXml.Image slide = ome.slide("a.ome.tif");
        assertEquals("Scan 1", slide.name());
        assertEquals(List.of(1), slide.directories());
        assertEquals(0.499, slide.mppX());
        assertEquals(0.4992, slide.mppY());
        assertEquals(20, slide.magnification());
        assertEquals(1, slide.channels());
    }

    @Test
    void channelsMayHaveDirectoriesOfTheirOwn() throws RunFailed {
        final String image = "<ome:OME xmlns:ome=\"o\"><ome:Image><ome:Pixels SizeX=\"9\" SizeY=\"8\" SizeC=\"3\" "
                + "SizeZ=\"2\" SizeT=\"1\" DimensionOrder=\"%s\"><ome:Channel/><ome:Channel/><ome:Channel/>%s"
                + "</ome:Pixels></ome:Image></ome:OME>";
        assertTrue(OmeXml.isOme(String.format(image, "XYCZT", "")));
        // planes in order: C runs first, then Z
        assertEquals(List.of(0, 1, 2), directories(String.format(image, "XYCZT", "<ome:TiffData/>")));
        // Z runs first: each channel is two planes after the one before
        assertEquals(List.of(0, 2, 4), directories(String.format(image, "XYZCT", "")));
        final String parts = "<ome:TiffData FirstC=\"2\" IFD=\"7\"/><ome:TiffData FirstC=\"0\" IFD=\"5\" "
                + "PlaneCount=\"1\"/><ome:TiffData FirstC=\"1\" IFD=\"9\"/>";
        assertEquals(List.of(5, 9, 7), directories(String.format(image, "XYCZT", parts)));
        final String counted =
                "<ome:TiffData IFD=\"3\" PlaneCount=\"6\"><ome:UUID FileName=\"b.tif\">u</ome:UUID></ome:TiffData>";
        assertEquals(List.of(3, 4, 5), directories(String.format(image, "XYCZT", counted)));
        assertEquals(
                "b.tif",
                OmeXml.parse(String.format(image, "XYCZT", counted), "a")
                        .slide("a")
                        .namedFile());
    }

    /** Sets of files, as Bio-Formats writes them: each file has the same text, with its own identifier at the root. */
    @Test
    void planesOfOtherFilesAreTold() throws RunFailed {
        final String set =
                "<OME UUID=\"%s\"><Image><Pixels SizeX=\"9\" SizeY=\"8\" SizeC=\"3\" DimensionOrder=\"XYCZT\">"
                        + "<TiffData FirstC=\"0\" IFD=\"0\"><UUID FileName=\"red.ome.tif\">urn:uuid:r</UUID></TiffData>"
                        + "<TiffData FirstC=\"1\" IFD=\"0\"><UUID FileName=\"%s\">urn:uuid:%s</UUID></TiffData>"
                        + "<TiffData FirstC=\"2\" IFD=\"0\"><UUID FileName=\"%2$s\">urn:uuid:%3$s</UUID></TiffData>"
                        + "</Pixels></Image></OME>";
        assertFalse(elsewhere(String.format(set, "urn:uuid:r", "red.ome.tif", "r")));
        assertFalse(elsewhere(String.format(set, "", "red.ome.tif", "r")), "a root without identifier");
        assertTrue(elsewhere(String.format(set, "urn:uuid:r", "blue.ome.tif", "b")), "two of three channels");
        assertTrue(elsewhere(String.format(set, "", "blue.ome.tif", "b")), "channels in different files");
        assertTrue(elsewhere(String.format(set, "urn:uuid:b", "red.ome.tif", "r")), "all in another file");
        final String first = String.format(set, "urn:uuid:r", "blue.ome.tif", "b");
        assertEquals("blue.ome.tif", OmeXml.parse(first, "a").slide("a").namedFile(), "not this file's own name");
        assertFalse(
                elsewhere("<OME UUID=\"a\"><Image><Pixels SizeX=\"9\" SizeY=\"8\"><TiffData/></Pixels></Image></OME>"));
    }

    private static boolean elsewhere(final String xml) throws RunFailed {
        return OmeXml.parse(xml, "a").slide("a").elsewhere();
    }

    private static List<Integer> directories(final String xml) throws RunFailed {
        return OmeXml.parse(xml, "a").slide("a").directories();
    }

    @Test
    void sizesBeyondAllMeasureDoNotOverflow() throws RunFailed {
        final String huge = "<Image><Pixels SizeX=\"1\" SizeY=\"1\" SizeC=\"2147483647\" SizeZ=\"2147483647\" "
                + "SizeT=\"99999999999\" DimensionOrder=\"XYTZC\"/></Image>";
        final OmeXml ome =
                OmeXml.parse("<OME>" + huge.repeat(30) + "<Image><Pixels SizeX=\"9\" SizeY=\"9\"/></Image></OME>", "a");
        for (final OmeXml.Image image : ome.images()) {
            assertTrue(image.directories().stream().allMatch(directory -> directory >= 0), image.toString());
        }
        assertEquals(List.of(Integer.MAX_VALUE), ome.slide("a").directories());
    }

    @Test
    void omeXmlWithoutAnImageIsRefused() {
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> OmeXml.parse("<OME><BinaryOnly MetadataFile=\"x\"/></OME>", "a")
                        .slide("a"));
        assertTrue(failed.what().contains("no image"), failed.what());
    }

    static String philips(final String levels) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" ?><DataObject ObjectType=\"DPUfsImport\"><Attribute "
                + "Name=\"DICOM_MANUFACTURER\" Group=\"0x0008\" Element=\"0x0070\" PMSVR=\"IString\">PHILIPS</Attribute>"
                + "<Attribute Name=\"PIM_DP_SCANNED_IMAGES\" Group=\"0x301D\" Element=\"0x1003\" PMSVR=\"IDataObjectArray\">"
                + "<Array><DataObject ObjectType=\"DPScannedImage\"><Attribute Name=\"PIM_DP_IMAGE_TYPE\" "
                + "PMSVR=\"IString\">MACROIMAGE</Attribute><Attribute Name=\"DICOM_PIXEL_SPACING\" PMSVR=\"IDoubleArray\">"
                + "&quot;0.0315&quot; &quot;0.0315&quot;</Attribute></DataObject><DataObject ObjectType=\"DPScannedImage\">"
                + "<Attribute Name=\"PIM_DP_IMAGE_TYPE\" PMSVR=\"IString\">WSI</Attribute><Attribute "
                + "Name=\"PIIM_PIXEL_DATA_REPRESENTATION_SEQUENCE\" PMSVR=\"IDataObjectArray\"><Array>" + levels
                + "</Array></Attribute></DataObject></Array></Attribute></DataObject>";
    }

    static String spacing(final String pair) {
        return "<DataObject ObjectType=\"PixelDataRepresentation\"><Attribute Name=\"DICOM_PIXEL_SPACING\" Group=\"0x0028\""
                + " Element=\"0x0030\" PMSVR=\"IDoubleArray\">" + pair + "</Attribute></DataObject>";
    }

    @Test
    void philipsXmlGivesTheSpacingOfEachLevel() throws RunFailed {
        final String xml = philips(
                spacing("&quot;0.000226891&quot; &quot;0.000226907&quot;") + spacing("\"0.00045\" \"0.00046\""));
        assertTrue(PhilipsXml.isPhilips(xml));
        assertEquals(
                List.of(new PhilipsXml.Spacing(0.000226907, 0.000226891), new PhilipsXml.Spacing(0.00046, 0.00045)),
                PhilipsXml.parse(xml, "a").levels());
        assertEquals(
                new PhilipsXml.Spacing(0.000226907, 0.000226891),
                PhilipsXml.parse(xml, "a").spacing());
        final PhilipsXml none = PhilipsXml.parse(philips(""), "a");
        assertEquals(List.of(), none.levels());
        assertFalse(none.spacing().isKnown());
        assertTrue(Double.isNaN(none.magnification()));
    }

    /** The numbers are those of a slide of the CAMELYON16 challenge: measured, and those of the levels 1/4400 mm. */
    @Test
    void philipsXmlHasAMeasuredSpacingBesideThoseOfTheLevels() throws RunFailed {
        final String levels = spacing("\"0.000227273\" \"0.000227273\"") + spacing("\"0.000454545\" \"0.000454545\"");
        final String measured = philips(levels)
                .replace(
                        "WSI</Attribute>",
                        "WSI</Attribute><Attribute Name=\"DICOM_PIXEL_SPACING\">\"0.000226891\" \"0.000226907\"</Attribute>"
                                + "<Attribute Name=\"DICOM_DERIVATION_DESCRIPTION\">tiff-useBigTIFF=0-useRgb=0-levels=40,"
                                + "10002,10000,10001-processing=0-q80-sourceFilename=&quot;a.isyntax&quot;;PHILIPS UFS "
                                + "V1.6.6495 | Quality=2</Attribute>");
        final PhilipsXml xml = PhilipsXml.parse(measured, "a");
        assertEquals(new PhilipsXml.Spacing(0.000226907, 0.000226891), xml.spacing());
        assertEquals(0.000227273, xml.levels().get(0).x());
        assertEquals(40, xml.magnification());
        final PhilipsXml keys = PhilipsXml.parse(measured.replace("levels=40,", "levels="), "a");
        assertTrue(Double.isNaN(keys.magnification()));
        final PhilipsXml zero = PhilipsXml.parse(measured.replace("levels=40,", "levels=0,"), "a");
        assertTrue(Double.isNaN(zero.magnification()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
                "<?xml version=\"1.0\"?><!DOCTYPE a><a/>",
                "<a>&b;</a>",
                "<a><b></a>",
                "<a",
                "<a b=\"1\" b=\"2\"/>",
                "no xml",
                "> <",
                "<a/><b/>"
            })
    void hostileXmlIsRefused(final String xml) {
        final RunFailed failed = assertThrows(RunFailed.class, () -> OmeXml.parse(xml, "a.tif, directory 0"));
        assertTrue(failed.where().contains("directory 0"));
    }

    @Test
    void xmlThatIsNestedWithoutEndIsRefused() {
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> OmeXml.parse("<a>".repeat(100_000) + "</a>", "a.tif"));
        assertTrue(failed.what().contains("100 deep"), failed.what());
    }

    @Test
    void xmlOfEndlessElementsIsRefused() {
        final RunFailed failed =
                assertThrows(RunFailed.class, () -> OmeXml.parse("<a>" + "<b/>".repeat(600_000) + "</a>", "a.tif"));
        assertTrue(failed.what().contains("500000 elements"), failed.what());
    }

    @ParameterizedTest
    @CsvSource({
        "2220, 2967, 1110, 1483, 2",
        "2220, 2967, 138, 185, 16",
        "46000, 32914, 2875, 2057, 16",
        "4443, 3567, 2221, 1783, 2",
        "1000, 1000, 333, 333, 3",
        "1000, 1000, 334, 334, 3",
        "1000, 500, 400, 200, 2.5",
        "7, 7, 1, 1, 8"
    })
    void downsamplesAreWhatThePixelsAreApart(
            final long width0, final long height0, final long width, final long height, final double expected) {
        assertEquals(expected, Downsample.of(width0, height0, width, height));
    }

    @ParameterizedTest
    @CsvSource({
        "2220, 2967, 138, 185, true",
        "2220, 2967, 2220, 2967, false",
        "2220, 2967, 574, 768, true",
        "2220, 2967, 1280, 431, false",
        "46000, 32914, 719, 514, true",
        "46000, 32914, 719, 520, false",
        "100, 100, 50, 0, false"
    })
    void levelsKeepTheAspect(
            final long width0, final long height0, final long width, final long height, final boolean level) {
        assertEquals(level, Downsample.isLevel(width0, height0, width, height));
    }
}
