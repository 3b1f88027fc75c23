package dev.assay.isa;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary instructions: a row of the registry, and any operands that it takes. */
final class Instructions {
  private Instructions() {}

  /** The rows that are an instruction which the encoder writes. */
  static List<RegistryRow> writtenRows() {
    return InstructionRegistry.standard().rows().stream()
        .filter(row -> !(row.operation() instanceof Operation.SecondSlot))
        .filter(row -> !row.operation().equals(new Operation.CallRegister(true)))
        .toList();
  }

  /** Encodings of a row: any operands, but no write to r10. */
  static Arbitrary<EncodedInstruction> encodings(RegistryRow row) {
    return Combinators.combine(
            field(row.destination(), Arbitraries.integers().between(0, 9)),
            field(row.source(), Arbitraries.integers().between(0, 9)),
            field(row.offset(), Arbitraries.integers().between(Short.MIN_VALUE, Short.MAX_VALUE)),
            field(row.immediate(), Arbitraries.integers()),
            row.nextImmediate()
                .map(pattern -> field(pattern, Arbitraries.integers()))
                .orElse(Arbitraries.just(0)))
        .as((destination, source, offset, immediate, next) ->
            new EncodedInstruction(row.opcode(), destination, source, offset, immediate, next));
  }

  /** Any encoding that the encoder writes. */
  static Arbitrary<EncodedInstruction> encodings() {
    return Arbitraries.of(writtenRows()).flatMap(Instructions::encodings);
  }

  private static Arbitrary<Integer> field(FieldPattern pattern, Arbitrary<Integer> any) {
    return switch (pattern) {
      case FieldPattern.Any _ -> any;
      case FieldPattern.Fixed(int value) -> Arbitraries.just(value);
    };
  }
}
