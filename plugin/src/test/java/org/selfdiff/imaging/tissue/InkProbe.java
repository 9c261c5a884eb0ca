package org.selfdiff.imaging.tissue;

import java.nio.file.*;
import java.util.*;
import org.selfdiff.imaging.*;
import org.selfdiff.imaging.phantom.PenColour;

public final class InkProbe {
    static InkedOverview cached(final String name, final Picture clean, final PenColour c, final int k) throws Exception {
        final Path f = Path.of("/tmp/inkcache", name.replace(' ', '_') + "-" + c + k);
        final int w = clean.width(), h = clean.height();
        if (Files.exists(f)) {
            final byte[] b = Files.readAllBytes(f);
            return new InkedOverview(new Picture(w, h, Arrays.copyOf(b, 3 * w * h)), 8, InkedOverview.find(clean, 8), Arrays.copyOfRange(b, 3 * w * h, 4 * w * h));
        }
        final InkedOverview o = InkedOverview.of(clean, 8, 2, c, 100 + k + name.hashCode());
        final byte[] b = Arrays.copyOf(o.marked().rgb(), 4 * w * h);
        System.arraycopy(o.ink(), 0, b, 3 * w * h, w * h);
        Files.write(f, b);
        return o;
    }
    static Map<String, Picture> clean() throws Exception {
        final Path f = Path.of("/tmp/inkcache/clean");
        final Map<String, Picture> m = new LinkedHashMap<>();
        if (Files.exists(f)) {
            try (java.io.DataInputStream in = new java.io.DataInputStream(new java.io.BufferedInputStream(Files.newInputStream(f)))) {
                for (int n = in.readInt(); n > 0; n--) { final String k = in.readUTF(); final int w = in.readInt(), h = in.readInt(); m.put(k, new Picture(w, h, in.readNBytes(3 * w * h))); }
            }
            return m;
        }
        m.putAll(CleanOverviews.phantoms(6)); m.putAll(CleanOverviews.real());
        try (java.io.DataOutputStream out = new java.io.DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(f)))) {
            out.writeInt(m.size());
            for (final var e : m.entrySet()) { out.writeUTF(e.getKey()); out.writeInt(e.getValue().width()); out.writeInt(e.getValue().height()); out.write(e.getValue().rgb()); }
        }
        return m;
    }
    public static void main(final String[] a) throws Exception {
        final boolean pics = a.length > 0 && !a[0].equals("-");
        final int from = Integer.getInteger("from", 0), seeds = from + Integer.getInteger("n", 2);
        final Map<String, Picture> all = clean();
        final Map<PenColour, InkedOverview.Score> ph = new EnumMap<>(PenColour.class), re = new EnumMap<>(PenColour.class);
        long time = 0; int n = 0;
        for (final var e : all.entrySet()) {
            if (a.length > 1 && !e.getKey().matches(a[1])) continue;
            final TissueMask clean = InkedOverview.find(e.getValue(), 8);
            final StringBuilder s = new StringBuilder(String.format("%-18s tissue %.2f pen on clean %.5f |", e.getKey(), clean.share(), clean.share(TissueClass.PEN)));
            for (final PenColour c : PenColour.values()) { if (a.length > 2 && !a[2].equals(c.name())) continue;
                InkedOverview.Score sum = InkedOverview.Score.NONE;
                for (int k = from; k < seeds; k++) {
                    final InkedOverview o = cached(e.getKey(), e.getValue(), c, k);
                    final long t = System.nanoTime();
                    final TissueMask m = o.found();
                    time += System.nanoTime() - t; n++;
                    sum = sum.plus(o.score(m));
                    if (pics && k == from) Files.write(Path.of(a[0], e.getKey().replace(' ', '_') + "-" + c + ".png"), PngEncoder.picture(TissueOverview.draw(o.marked(), m, 1, 0.35)));
                }
                s.append(String.format(" %s %.3f/%.4f %d>%d", c, sum.foundShare(), sum.lostShare(), sum.tiles(), sum.kept()));
                (e.getKey().startsWith("phantom") ? ph : re).merge(c, sum, InkedOverview.Score::plus);
            }
            System.out.println(s);
        }
        for (final var m : List.of(ph, re)) m.forEach((c, s) -> System.out.printf("%s %s found %.4f lost %.5f tiles %d kept %d%n", m == ph ? "phantom" : "real", c, s.foundShare(), s.lostShare(), s.tiles(), s.kept()));
        System.out.printf("%.0f ms each%n", time / 1e6 / n);
    }
}
