package dev.assay.interpreter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.memory.Access.Mode;
import dev.assay.interpreter.memory.Region.Role;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
  private static final long LIMIT = 1 << 20;

  private static AddressSpace space(Placement placement, long seed) {
    return new AddressSpace(ByteOrder.LITTLE_ENDIAN, placement, seed, LIMIT);
  }

  private static List<Region> regions(AddressSpace space, Random random, int count) {
    List<Region> regions = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int size = random.nextInt(5) == 0 ? random.nextInt(3) : random.nextInt(2000);
      regions.add(
          switch (random.nextInt(4)) {
            case 0 -> space.reserve(Role.CODE, "reserved", size);
            case 1 -> space.allocatePacket(new byte[size], true);
            default ->
              space.allocate(Role.MAP_VALUE, "memory", new byte[size], random.nextBoolean());
          });
      if (random.nextInt(4) == 0) {
        space.release(regions.remove(random.nextInt(regions.size())));
      }
    }
    return regions;
  }

  @Property
  void regionsNeverOverlapNorWrap(
      @ForAll Placement placement,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int count) {
    List<Region> regions = regions(space(placement, seed), new Random(seed), count);
    regions.sort((left, right) -> Long.compareUnsigned(left.base(), right.base()));
    long free = 4096;
    for (Region region : regions) {
      assertTrue(
          Long.compareUnsigned(region.base(), free) >= 0,
          () -> region + " begins too early: " + regions);
      free = region.base() + region.size();
      assertTrue(Long.compareUnsigned(region.base(), free) <= 0, () -> region + " wraps");
      assertEquals(0, region.base() % 8);
    }
  }

  @Property
  void anAccessIsLegalExactlyWithinOneRegionThatPermitsIt(
      @ForAll Placement placement,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 20) int count,
      @ForAll Mode mode) {
    AddressSpace space = space(placement, seed);
    Random random = new Random(seed);
    List<Region> regions = regions(space, random, count);
    for (int attempt = 0; attempt < 50 && !regions.isEmpty(); attempt++) {
      Region near = regions.get(random.nextInt(regions.size()));
      long address = near.base() + random.nextInt(near.size() + 40) - 20;
      long size = random.nextLong(1, 21);
      boolean legal = regions.stream()
          .anyMatch(region ->
              contains(region, address, size) && region.permits(mode) && region.size() > 0);
      assertEquals(
          legal,
          isLegal(space, mode, address, size),
          () -> new Access(mode, address, size) + " " + regions);
    }
  }

  private static boolean contains(Region region, long address, long size) {
    long offset = address - region.base();
    return offset >= 0 && offset <= region.size() - size;
  }

  private static boolean isLegal(AddressSpace space, Mode mode, long address, long size) {
    try {
      space.require(mode, address, size);
      return true;
    } catch (MemoryException e) {
      assertEquals(new Access(mode, address, size), e.access().orElseThrow());
      return false;
    }
  }

  @Property
  void plainIndicesAgreeWithRequire(@ForAll long seed, @ForAll Mode mode) {
    Random random = new Random(seed);
    AddressSpace space = space(Placement.HOSTILE, seed);
    Region region = space.allocate(
        Role.MAP_VALUE, "memory", new byte[random.nextInt(64)], random.nextBoolean());
    for (int width : new int[] {1, 2, 4, 8}) {
      for (int offset = -10; offset < 80; offset++) {
        long address = region.base() + offset;
        int index = mode == Mode.READ
            ? region.readIndex(address, width)
            : region.writeIndex(address, width);
        assertEquals(isLegal(space, mode, address, width) ? offset : -1, index);
      }
    }
  }

  @Test
  void hostilePlacementReachesNeighboursEndsAndTheMiddle() {
    boolean adjacent = false;
    boolean lowest = false;
    boolean highest = false;
    boolean middle = false;
    for (long seed = 0; seed < 200; seed++) {
      AddressSpace space = space(Placement.HOSTILE, seed);
      Region first = space.allocate(Role.MAP_VALUE, "first", new byte[64], true);
      Region second = space.allocate(Role.MAP_VALUE, "second", new byte[64], true);
      adjacent |= first.base() + 64 == second.base();
      lowest |= first.base() == 4096;
      highest |= first.base() == -4096 - 64;
      middle |= first.base() < 0 != first.base() + 64 < 0;
    }
    assertTrue(adjacent && lowest && highest && middle);
  }

  @Test
  void anAccessAcrossTwoNeighboursIsRefused() {
    for (long seed = 0; ; seed++) {
      AddressSpace space = space(Placement.HOSTILE, seed);
      Region first = space.allocate(Role.MAP_VALUE, "first", new byte[64], true);
      Region second = space.allocate(Role.MAP_VALUE, "second", new byte[64], true);
      if (first.base() + 64 == second.base()) {
        MemoryException refused =
            assertThrows(MemoryException.class, () -> space.load(first.base() + 60, 8));
        assertTrue(
            refused.reason().contains("runs 4 bytes past the end of first"), refused.reason());
        return;
      }
    }
  }

  @Test
  void aReleasedRegionIsGoneAndItsMemoryIsGivenBack() {
    AddressSpace space = space(Placement.SPREAD, 0);
    for (int round = 0; round < 100; round++) {
      Region region = space.allocate(Role.MAP_VALUE, "memory", new byte[(int) LIMIT / 2], true);
      space.store(region.base(), 8, 1);
      space.release(region);
      assertEquals(-1, region.readIndex(region.base(), 1));
      assertFalse(space.find(region.base()).isPresent());
      assertThrows(IllegalArgumentException.class, () -> space.release(region));
    }
  }

  @Test
  void memoryIsLimited() {
    AddressSpace space = space(Placement.SPREAD, 0);
    MemoryException refused = assertThrows(
        MemoryException.class,
        () -> space.allocate(Role.MAP_VALUE, "memory", new byte[(int) LIMIT], true));
    assertTrue(refused.access().isEmpty());
    assertThrows(MemoryException.class, () -> space.requireRoom("memory", -1));
    assertThrows(MemoryException.class, () -> {
      while (true) {
        space.reserve(Role.CODE, "nothing", 0);
      }
    });
  }
}
