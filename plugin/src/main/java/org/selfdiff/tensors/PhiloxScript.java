package org.selfdiff.tensors;

import java.util.List;
import java.util.Locale;

/**
 * {@link Philox}'s Gaussians as script, for devices: the words in 64-bit integers, whose products keep the bits that count,
 * and {@link BoxMuller}'s polynomials operator by operator in double, so that every operation is rounded as Java rounds it
 * and the numbers are the same bits.
 *
 * @param module compiled of {@link #methods}
 */
record PhiloxScript(ScriptModule module) {
    private static final int ROUNDS = 10;

    private static final long WORD = 0xFFFFFFFFL;

    private static final String NAME = "gaussians";

    private static final String LOG =
            """
            def natural_log(self: __torch__.Net,
                u: Tensor) -> Tensor:
              share, power = torch.frexp(u)
              low = torch.lt(share, %s)
              m = torch.where(low, torch.mul(share, 2), share)
              exponent = torch.sub(torch.to(power, 7), torch.to(low, 7))
              s = torch.div(torch.sub(m, 1), torch.add(m, 1))
              s2 = torch.mul(s, s)
            %s  return torch.add(torch.mul(exponent, 0.693147180559945309417), torch.mul(torch.mul(s, 2), p))
            """;

    /** One pair of each pair of words, as a list. */
    private static final String PAIR =
            """
            def pair(self: __torch__.Net,
                radius: Tensor,
                angle: Tensor) -> List[Tensor]:
              u = torch.mul(torch.add(torch.to(radius, 7), 0.5), %s)
              r = torch.sqrt(torch.mul(self.natural_log(u), -2))
              turned = torch.bitwise_and(torch.add(angle, 536870912), 4294967295)
              quarter = torch.__rshift__(turned, 30)
              x = torch.mul(torch.to(torch.sub(torch.bitwise_and(turned, 1073741823), 536870912), 7), %s)
              x2 = torch.mul(x, x)
            %s  sin = torch.mul(x, p)
            %s  cos = p
              odd = torch.eq(torch.bitwise_and(quarter, 1), 1)
              first = torch.where(torch.eq(torch.bitwise_and(torch.add(quarter, 1), 2), 2), torch.neg(r), r)
              second = torch.where(torch.eq(torch.bitwise_and(quarter, 2), 2), torch.neg(r), r)
              a = torch.mul(first, torch.where(odd, sin, cos))
              b = torch.mul(second, torch.where(odd, cos, sin))
              return [torch.to(a, 6), torch.to(b, 6)]
            """;

    /** The methods for a seed. */
    static List<ScriptMethod> methods(final long seed) {
        return List.of(
                new ScriptMethod(
                        "natural_log",
                        String.format(
                                Locale.ROOT,
                                LOG,
                                number(Double.longBitsToDouble(BoxMuller.SQRT_HALF)),
                                polynomial("s2", 13, 1.0 / 11, 1.0 / 9, 1.0 / 7, 1.0 / 5, 1.0 / 3, 1))),
                new ScriptMethod(
                        "pair",
                        String.format(
                                Locale.ROOT,
                                PAIR,
                                number(0x1p-32),
                                number(0x1p-30 * 1.57079632679489661923),
                                polynomial("x2", -39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6, 1),
                                polynomial(
                                        "x2", 479001600, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720, 1.0 / 24, -0.5, 1))),
                new ScriptMethod(NAME, gaussians(seed)));
    }

    /**
     * Horner's scheme as lines that end with p.
     *
     * @param divisor what the highest power is divided by
     * @param coefficients of the lower powers, the highest first
     */
    private static String polynomial(final String variable, final long divisor, final double... coefficients) {
        final StringBuilder lines = new StringBuilder();
        String p = "torch.div(" + variable + ", " + divisor + ")";
        for (final double coefficient : coefficients) {
            lines.append("  p = torch.add(")
                    .append(p)
                    .append(", ")
                    .append(number(coefficient))
                    .append(")\n");
            p = "torch.mul(" + variable + ", p)";
        }
        return lines.toString();
    }

    /** Ten rounds on four columns of words; keys are written out, as the seed is known. */
    private static String gaussians(final long seed) {
        final StringBuilder text = new StringBuilder(
                """
                def gaussians(self: __torch__.Net,
                    like: Tensor,
                    stream: Tensor) -> Tensor:
                  n = torch.numel(like)
                  block = torch.arange(torch.floordiv(torch.add(n, 3), 4), dtype=4, device=like.device)
                  a = block
                  b = torch.zeros_like(block)
                  c = torch.add(b, torch.select(stream, 0, 0))
                  d = torch.add(b, torch.select(stream, 0, 1))
                """);
        long key0 = seed & WORD;
        long key1 = seed >>> 32;
        for (int round = 0; round < ROUNDS; round++) {
            text.append(String.format(
                    Locale.ROOT,
                    """
                      p0 = torch.mul(a, %d)
                      p1 = torch.mul(c, %d)
                      h1 = torch.bitwise_and(torch.__rshift__(p1, 32), 4294967295)
                      h0 = torch.bitwise_and(torch.__rshift__(p0, 32), 4294967295)
                      a = torch.bitwise_xor(torch.bitwise_xor(h1, b), %d)
                      b = torch.bitwise_and(p1, 4294967295)
                      c = torch.bitwise_xor(torch.bitwise_xor(h0, d), %d)
                      d = torch.bitwise_and(p0, 4294967295)
                    """,
                    0xD2511F53L,
                    0xCD9E8D57L,
                    key0,
                    key1));
            key0 = key0 + 0x9E3779B9L & WORD;
            key1 = key1 + 0xBB67AE85L & WORD;
        }
        return text.append(
                        """
                          one = self.pair(a, b)
                          two = self.pair(c, d)
                          four = torch.stack([one[0], one[1], two[0], two[1]], 1)
                          return torch.reshape(torch.narrow(torch.reshape(four, [-1]), 0, 0, n), torch.size(like))
                        """)
                .toString();
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, "%.17e", value);
    }

    /** Draws the numbers of a stream. */
    Tensor draw(final long stream, final TensorScope scope, final long... shape) {
        try (TensorScope passing = scope.child()) {
            final Tensor words = passing.longs(new long[] {stream & WORD, stream >>> 32}, 2);
            return module.call(scope, false, NAME, passing.zeros(shape), words).get(0);
        }
    }
}
