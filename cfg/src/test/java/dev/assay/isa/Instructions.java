package dev.assay.isa;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Arbitrary encoded instructions: a row of the registry, and any operands that it takes. */
public final class Instructions {
  private Instructions() {}

  /** The rows that are an instruction in the form which the encoder writes. */
  static final List<RegistryRow> WRITTEN_ROWS = InstructionRegistry.standard().rows().stream()
      .filter(row -> !(row.operation() instanceof Operation.SecondSlot))
      .filter(row -> !row.operation().equals(new Operation.CallRegister(true)))
      .toList();

  /** Any instruction that does not write to r10. */
  static Arbitrary<EncodedInstruction> encodings() {
    return Arbitraries.randomValue(Instructions::encoding);
  }

  /** Up to {@code size} instructions. */
  static Arbitrary<List<EncodedInstruction>> programs(int size) {
    return Arbitraries.randomValue(random ->
        Stream.generate(() -> encoding(random)).limit(random.nextInt(size + 1)).toList());
  }

  private static EncodedInstruction encoding(Random random) {
    RegistryRow row = WRITTEN_ROWS.get(random.nextInt(WRITTEN_ROWS.size()));
    return encoding(
        row,
        random.nextInt(10),
        random.nextInt(10),
        (short) number(random),
        number(random),
        number(random));
  }

  /** The encoding of a row with these operands where it takes any. */
  static EncodedInstruction encoding(
      RegistryRow row, int destination, int source, int offset, int immediate, int nextImmediate) {
    return new EncodedInstruction(
        row.opcode(),
        row.destination().fill(destination),
        row.source().fill(source),
        row.offset().fill(offset),
        row.immediate().fill(immediate),
        row.nextImmediate().map(pattern -> pattern.fill(nextImmediate)).orElse(0));
  }

  /** Any number, but often one so small that a jump with it stays in a short program. */
  private static int number(Random random) {
    return random.nextBoolean() ? random.nextInt() : random.nextInt(17) - 8;
  }

  /** The little-endian bytes of an instruction of a row with these operands where it takes any. */
  public static byte[] sample(
      RegistryRow row, int destination, int source, int offset, int immediate, int nextImmediate) {
    EncodedInstruction encoded =
        encoding(row, destination, source, offset, immediate, nextImmediate);
    return bytes(encoded, ByteOrder.LITTLE_ENDIAN);
  }

  /** The 8 bytes of an instruction, or 16 with a second slot. */
  static byte[] bytes(EncodedInstruction encoded, ByteOrder order) {
    boolean wide = encoded.opcode() == 0x18;
    byte[] bytes = new byte[wide ? 16 : 8];
    encoded.write(bytes, 0, order);
    if (wide) {
      encoded.writeNext(bytes, 8, order);
    }
    return bytes;
  }
}
