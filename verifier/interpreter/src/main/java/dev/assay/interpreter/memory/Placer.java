package dev.assay.interpreter.memory;

import java.util.SplittableRandom;

/** Finds addresses for regions. All are multiples of 8. */
final class Placer {
  /** Where {@link Placement#SPREAD} begins. Linux on x86-64 maps physical memory from here. */
  private static final long SPREAD_START = 0xffff_8880_0000_0000L;

  private static final long PAGE = 4096;

  /**
   * How far a packet stays from either end: more than any sum of a packet pointer and a number that a program may
   * form.
   */
  private static final long PACKET_MARGIN = 1L << 34;

  private static final int ATTEMPTS = 64;

  private final Placement placement;
  private final SplittableRandom random;
  private long next = SPREAD_START;

  Placer(Placement placement, long seed) {
    this.placement = placement;
    this.random = new SplittableRandom(seed);
  }

  /** The base of {@code size} free addresses that neither wrap nor touch the page of null or the very last page. */
  long place(AddressSpace space, int size, boolean clearOfEnds) {
    if (placement == Placement.SPREAD) {
      long base = next;
      next = aligned(base + size + PAGE - 1, PAGE) + PAGE;
      return base;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long base = aligned(hostile(space, size), 8);
      if (fits(base, size, clearOfEnds ? PACKET_MARGIN : PAGE) && space.isFree(base, size)) {
        return base;
      }
    }
    // The address space is all but empty, so that random addresses are free soon.
    while (true) {
      long base = aligned(random.nextLong(), 8);
      if (fits(base, size, PACKET_MARGIN) && space.isFree(base, size)) {
        return base;
      }
    }
  }

  private long hostile(AddressSpace space, int size) {
    Region neighbour = space.choose(random.nextInt());
    return switch (random.nextInt(8)) {
      case 0, 1 -> neighbour.base() + aligned(neighbour.size() + 7L, 8);
      case 2 -> neighbour.base() - aligned(size + 7L, 8);
      case 3 -> PAGE;
      case 4 -> -PAGE - aligned(size + 7L, 8);
      case 5 -> Long.MIN_VALUE - 8L * random.nextInt(1 + size / 8);
      case 6 -> (1L << 32) * random.nextInt(1, 8) - 8L * random.nextInt(1 + size / 8);
      default -> random.nextLong();
    };
  }

  /** Whether the region keeps {@code margin} bytes free at either end of the address space. */
  private static boolean fits(long base, int size, long margin) {
    return Long.compareUnsigned(base, margin) >= 0
        && Long.compareUnsigned(base, -margin - size) <= 0;
  }

  private static long aligned(long address, long alignment) {
    return address & -alignment;
  }
}
