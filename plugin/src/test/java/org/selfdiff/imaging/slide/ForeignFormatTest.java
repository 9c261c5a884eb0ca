package org.selfdiff.imaging.slide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.selfdiff.imaging.DecodeLimits;
import org.selfdiff.imaging.Pictures;
import org.selfdiff.imaging.TestFiles;
import org.selfdiff.run.RunFailed;

class ForeignFormatTest {
    @TempDir
    Path folder;

    private RunFailed open(final Path file) {
        return assertThrows(RunFailed.class, () -> Slides.open(file, DecodeLimits.standard()));
    }

    @ParameterizedTest
    @CsvSource({
        "a.mrxs, 3DHISTECH MIRAX, vips tiffsave in.mrxs",
        "a.VSI, Olympus VSI, bfconvert",
        "a.scn, Leica SCN, vips tiffsave in.scn",
        "a.bif, Ventana BIF, vips tiffsave in.bif",
        "a.isyntax, Philips iSyntax, isyntax-to-tiff",
        "a.szi, Deep Zoom, Choose the slide",
        "a.sdpc, TEKSQRAY SDPC, Export it",
    })
    void aNameStandsForAFormat(final String name, final String title, final String remedy) throws Exception {
        // the content is that of a picture, as in MRXS and VSI files
        final Path file = TestFiles.write(
                TestFiles.image(TestFiles.noise(1, 8, 8), java.awt.image.BufferedImage.TYPE_INT_RGB),
                "jpg",
                folder.resolve(name));
        final RunFailed failed = open(file);
        assertEquals("The slide format " + title + " is not read", failed.what());
        assertTrue(failed.remedy().contains(remedy), failed.remedy());
        assertTrue(failed.where().endsWith(name), failed.where());
    }

    @ParameterizedTest
    @CsvSource({
        "0, ZISRAWFILE, Zeiss CZI",
        "128, DICM, DICOM",
        "0, SQLite format 3, Sakura SVSLIDE",
        "0, [Virtual Microscope Specimen], Hamamatsu VMS",
        "0, <DataObject ObjectType=\"DPUfsImport\">, Philips iSyntax",
        "0, <Image xmlns=\"http://schemas.microsoft.com/deepzoom/2008\"/>, Deep Zoom"
    })
    void contentStandsForAFormatWhateverTheName(final int at, final String text, final String title) throws Exception {
        final byte[] bytes = new byte[at + text.length() + 100];
        System.arraycopy(text.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, text.length());
        final RunFailed failed = open(TestFiles.write(bytes, folder.resolve("slide.tif")));
        assertEquals("The slide format " + title + " is not read", failed.what());
    }

    @Test
    void theRemedyNamesTheFilesOwnExtension() throws Exception {
        final byte[] dicom = Arrays.copyOf(new byte[0], 200);
        System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, dicom, 128, 4);
        final RunFailed failed = open(TestFiles.write(dicom, folder.resolve("a.dicom")));
        assertTrue(failed.remedy().contains("in.dicom"), failed.remedy());
    }

    @Test
    void aZarrFolderIsNamed() throws Exception {
        final Path zarr = Files.createDirectory(folder.resolve("a.ome.zarr"));
        Files.writeString(zarr.resolve(".zattrs"), "{}");
        assertEquals("The slide format OME-Zarr is not read", open(zarr).what());
        assertEquals(
                "This is not a file",
                open(Files.createDirectory(folder.resolve("plain"))).what());
    }

    @Test
    void namesOfSlidesAndPicturesAreKnown() {
        for (final String name : new String[] {"a.svs", "a.NDPI", "a.ome.tif", "a.tiff", "a.png", "a.jpeg", "a.mrxs"}) {
            assertTrue(Pictures.hasPictureName(Path.of("folder", name)), name);
        }
        // formats that are not read: a folder of them must say so, not that it is empty
        for (final String name : new String[] {"a.dcm", "a.VMS", "a.svslide", "a.nd2", "a.lif", "a.tmap", "a.mdsx"}) {
            assertTrue(Pictures.hasPictureName(Path.of("folder", name)), name);
        }
        for (final String name : new String[] {"a.geojson", "svs", "a.svs.txt", "a."}) {
            assertFalse(Pictures.hasPictureName(Path.of("folder", name)), name);
        }
    }

    @Test
    void aMissingFileIsMissingWhateverItsName() {
        assertEquals(
                "The file does not exist", open(folder.resolve("none.mrxs")).what());
        assertEquals("The file does not exist", open(folder.resolve("none.svs")).what());
    }

    @Test
    void anythingElseIsNoPicture() throws Exception {
        final Path text = TestFiles.write("hello".getBytes(StandardCharsets.US_ASCII), folder.resolve("a.svs"));
        assertEquals("The file is not a picture of a known format", open(text).what());
        assertEquals(
                "The file is empty",
                open(TestFiles.write(new byte[0], folder.resolve("b.svs"))).what());
    }
}
