package dev.assay.numeric;

import java.util.SplittableRandom;

/** Words and elements of 64 bits as programs have them: small numbers, neighbours of powers of two and of poles. */
final class RandomWords {
  /** Overrides the seed of a run: {@code -Dassay.seed=…}. */
  static final long SEED = Long.getLong("assay.seed", 0x9669);

  private final SplittableRandom random;

  RandomWords(long seed) {
    random = new SplittableRandom(seed);
  }

  long word() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(-16, 200);
      case 1 -> (1L << random.nextInt(64)) + random.nextInt(-2, 3);
      case 2 -> (-1L << random.nextInt(64)) + random.nextInt(-2, 3);
      case 3 -> random.nextInt();
      case 4 -> random.nextLong() >> random.nextInt(64);
      default -> random.nextLong() >>> random.nextInt(64);
    };
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** An element that includes {@code v}: the meet of a few random facts that are true of it. */
  Scalar including(long v) {
    Scalar s = Scalar.top();
    for (int facts = random.nextInt(4); facts > 0; facts--) {
      s = switch (random.nextInt(7)) {
        case 0 -> s.meet(Scalar.unsigned(down(v), up(v)));
        case 1 -> s.meet(Scalar.signed(v - Math.min(span(), v - Long.MIN_VALUE), saturated(v)));
        case 2 -> bits(s, v, random.nextLong());
        case 3 -> bits(s, v, fewBits());
        case 4 -> bits(s, v, -1L >>> random.nextInt(64));
        case 5 -> low(low(s, v, Condition.LE, 1), v, Condition.GE, -1);
        default -> low(low(s, v, Condition.SLE, 1), v, Condition.SGE, -1);
      };
    }
    return random.nextInt(12) == 0 ? Scalar.constant(v) : s;
  }

  /** A scalar of a small width that includes {@code v}: facts about the word and its low half. */
  Scalar including(Word word, long v) {
    return Scalar.reduced(rangeIncluding(word, v), rangeIncluding(word.half(), v));
  }

  private Range rangeIncluding(Word word, long v) {
    Range r = Range.top(word);
    long u = word.unsigned(v);
    long s = word.signed(v);
    for (int facts = random.nextInt(4); facts > 0; facts--) {
      long unknown = word.unsigned(random.nextLong());
      long span = random.nextLong(1L << 1 + random.nextInt(word.bits()));
      r = r.meet(
          switch (random.nextInt(3)) {
            case 0 ->
              Range.unsigned(word, Math.max(0, u - span), Math.min(word.mask(), u + span / 2));
            case 1 ->
              Range.signed(
                  word,
                  Math.max(word.signedMin(), s - span / 2),
                  Math.min(word.signedMax(), s + span));
            default -> Range.bits(word, u & ~unknown, unknown);
          });
    }
    return r;
  }

  /** A range that includes {@code v}: intervals and bits alone. */
  Range rangeIncluding(long v) {
    Range r = Range.top(Word.W64);
    for (int facts = random.nextInt(4); facts > 0; facts--) {
      long unknown = random.nextBoolean() ? random.nextLong() : -1L >>> random.nextInt(64);
      r = r.meet(
          switch (random.nextInt(3)) {
            case 0 -> Range.unsigned(Word.W64, down(v), up(v));
            case 1 ->
              Range.signed(Word.W64, v - Math.min(span(), v - Long.MIN_VALUE), saturated(v));
            default -> Range.bits(Word.W64, v & ~unknown, unknown);
          });
    }
    return random.nextInt(12) == 0 ? Range.constant(Word.W64, v) : r;
  }

  /** A word of which about one bit in eight is set. */
  private long fewBits() {
    long bits = -1;
    for (int i = 0; i < 3; i++) {
      bits &= random.nextLong();
    }
    return bits;
  }

  private long span() {
    return random.nextLong() >>> random.nextInt(1, 64);
  }

  private long down(long v) {
    long lo = v - span();
    return Long.compareUnsigned(lo, v) > 0 ? 0 : lo;
  }

  private long up(long v) {
    long hi = v + span();
    return Long.compareUnsigned(hi, v) < 0 ? -1 : hi;
  }

  private long saturated(long v) {
    long hi = v + span();
    return hi < v ? Long.MAX_VALUE : hi;
  }

  private static Scalar bits(Scalar s, long v, long unknown) {
    return s.meet(Scalar.knownBits(v & ~unknown, unknown));
  }

  /** Adds that the low half is at most, or at least, something at a random distance of the low half of v. */
  private Scalar low(Scalar s, long v, Condition condition, int direction) {
    boolean signed = condition == Condition.SLE || condition == Condition.SGE;
    long part = signed ? (int) v : v & 0xffff_ffffL;
    long bound = part + direction * (span() & 0xffff_ffffL);
    long min = signed ? Integer.MIN_VALUE : 0;
    long max = signed ? Integer.MAX_VALUE : 0xffff_ffffL;
    return Scalar.assume(condition, true, s, Scalar.constant(Math.clamp(bound, min, max)))
        .left();
  }
}
