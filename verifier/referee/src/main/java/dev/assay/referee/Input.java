package dev.assay.referee;

import dev.assay.interpreter.memory.Placement;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * What one run is given; the same input gives the same run.
 *
 * @param seed decides addresses, garbage, and the bytes of the packet and of maps
 * @param packetSize bytes, not negative
 * @param placement where regions come to lie
 */
public record Input(long seed, int packetSize, Placement placement) {

  RandomGenerator random() {
    return random(seed);
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** A clock that no machine has: small numbers, numbers near the corners of 32 and 64 bits, and any others. */
  LongSupplier clock() {
    RandomGenerator random = random(seed + 2);
    return () -> {
      long small = random.nextLong(-30, 50);
      return switch (random.nextInt(6)) {
        case 0 -> random.nextLong();
        case 1 -> Long.MIN_VALUE + small;
        case 2 -> ((long) random.nextInt() << 32) + small;
        case 3 -> (1L << 31) + small;
        default -> small;
      };
    };
  }

  /** A packet of the input's size: half of them with many equal and small bytes, so that tests of its fields are sometimes met. */
  byte[] packet() {
    RandomGenerator random = random();
    byte[] packet = new byte[packetSize];
    random.nextBytes(packet);
    if (random.nextBoolean()) {
      for (int i = 0; i < packet.length; i++) {
        packet[i] = switch (packet[i] & 7) {
          case 0 -> -1;
          case 1 -> (byte) 0x80;
          case 2, 3 -> (byte) (packet[i] >> 3 & 0x1f);
          default -> 0;
        };
      }
    }
    return packet;
  }
}
