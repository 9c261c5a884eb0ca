package org.selfdiff.imaging.annotation;

import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.selfdiff.run.RunCancelled;
import org.selfdiff.run.RunFailed;

/**
 * Reads the objects of one picture from a COCO file: first the pictures and categories, then the annotations, as they
 * may stand in any order. The class is the category.
 */
final class Coco {
    private static final int MAX_CATEGORIES = 1_000_000;

    private static final int SHOWN = 3;

    private final String slide;

    private final Path file;

    private final RegionCollector collector;

    private final Map<Long, String> categories = new HashMap<>();

    private final List<String> others = new ArrayList<>();

    private int pictures;

    /** How well the best picture's name fits: 3 the same, 2 the same without folders, 1 without extension too. */
    private int fit;

    private int fitting;

    private long picture;

    /** Size of the picture that fits, 0 where the file does not say. */
    private long width;

    private long height;

    private Coco(final Path file, final String slide, final RegionCollector collector) {
        this.file = file;
        this.slide = normal(slide);
        this.collector = collector;
    }

    /** Reads the file twice. */
    static void read(final Path file, final String slide, final RegionCollector collector)
            throws RunFailed, RunCancelled {
        final Coco coco = new Coco(file, slide, collector);
        JsonFile.read(file, collector.control(), json -> {
            json.object(List.of("images", "categories"), key -> {
                if (key.equals("images")) {
                    json.array(() -> coco.readPicture(json));
                } else {
                    json.array(() -> coco.readCategory(json));
                }
            });
            json.end();
        });
        coco.checkPicture();
        if (coco.width > 0 && coco.height > 0) {
            collector.size(coco.width, coco.height);
        }
        final CocoObjects objects = new CocoObjects(coco.picture, coco.categories, collector);
        JsonFile.read(
                file,
                collector.control(),
                json -> json.object(List.of("annotations"), key -> json.array(() -> objects.read(json))));
    }

    private void readPicture(final JsonFile json) throws IOException, RunFailed, RunCancelled {
        final long[] id = {-1};
        final String[] name = {null};
        final long[] size = {0, 0};
        json.object(List.of("id", "file_name", "width", "height"), key -> {
            switch (key) {
                case "id" -> id[0] = json.whole();
                case "file_name" -> name[0] = json.text();
                default -> {
                    if (json.is(JsonToken.NULL)) {
                        json.skip();
                    } else {
                        size[key.equals("width") ? 0 : 1] = json.whole();
                    }
                }
            }
        });
        pictures++;
        if (name[0] == null || id[0] < 0) {
            throw new IOException("a picture has no id or no file_name");
        }
        if (others.size() < SHOWN) {
            others.add(name[0].substring(0, Math.min(name[0].length(), 80)));
        }
        final int how = fit(normal(name[0]));
        if (how > fit) {
            fit = how;
            fitting = 0;
            picture = id[0];
            width = size[0];
            height = size[1];
        }
        if (how > 0 && how == fit) {
            fitting++;
        }
    }

    /** A letter with an accent is one sign, whoever wrote it. */
    private static String normal(final String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private int fit(final String name) {
        if (name.equals(slide)) {
            return 3;
        }
        final String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        if (last.equals(slide)) {
            return 2;
        }
        return stem(last).equals(stem(slide)) || stem(last).equals(slide) ? 1 : 0;
    }

    private static String stem(final String name) {
        final int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private void readCategory(final JsonFile json) throws IOException, RunFailed, RunCancelled {
        final long[] id = {-1};
        final String[] name = {null};
        json.object(List.of("id", "name"), key -> {
            if (key.equals("id")) {
                id[0] = json.whole();
            } else if (json.is(JsonToken.NULL)) {
                json.skip();
            } else {
                name[0] = json.text();
            }
        });
        if (categories.put(id[0], collector.classOr(name[0])) != null) {
            throw new IOException("the category " + id[0] + " is there twice");
        }
        if (categories.size() > MAX_CATEGORIES) {
            throw new IOException("more than " + MAX_CATEGORIES + " categories");
        }
    }

    private void checkPicture() throws RunFailed {
        if (fitting == 1) {
            return;
        }
        throw new RunFailed(
                fitting == 0
                        ? "None of the " + pictures + " pictures of the file is \"" + slide + "\", which has "
                                + String.join(", ", others)
                        : fitting + " pictures of the file have the name \"" + slide + "\"",
                file.toString(),
                "The file_name of one picture must be the name of the slide, with or without its extension.");
    }
}
