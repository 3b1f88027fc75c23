package dev.assay.object;

import dev.assay.btf.CoreAnswer;
import dev.assay.btf.CoreAnswer.Value;
import java.util.Optional;

/**
 * Puts the answer of a CO-RE relocation into an instruction, as libbpf does: into the immediate of
 * arithmetic, the offset of loads and stores (whose size follows the field's), and 64-bit
 * immediates.
 *
 * <p>The low three bits of an opcode are its class; for loads and stores the two above bits 3 and 4
 * are the size: 4, 2, 1, 8 bytes.
 */
final class CorePatch {
  private static final int CLASS = 0x07;
  private static final int SIZE = 0x18;
  private static final int REGISTER_SOURCE = 0x08;

  private final SlotBytes code;
  private final int slot;

  CorePatch(SlotBytes code, int slot) {
    this.code = code;
    this.slot = slot;
  }

  /** Changes the instruction. If it must not be reached, it becomes a poison; returns the reason. */
  Optional<String> apply(CoreAnswer answer) throws LinkException {
    Optional<String> reason =
        switch (answer) {
          case CoreAnswer.Missing missing -> Optional.of(missing.reason());
          case Value value
          when mustNotResize(value) ->
            Optional.of(("the field has %d bytes in the target instead of %d, and is neither a"
                    + " pointer nor an unsigned integer")
                .formatted(value.bytes(), value.bytesBefore()));
          case Value value -> {
            put(value);
            yield Optional.empty();
          }
        };
    if (reason.isPresent()) {
      poison();
    }
    return reason;
  }

  private void put(Value answer) throws LinkException {
    int opcode = code.opcode(slot);
    switch (opcode & CLASS) {
      case 0x04, 0x07 -> {
        if ((opcode & REGISTER_SOURCE) != 0) {
          throw new LinkException(
              "the CO-RE relocation at slot " + slot + " is for arithmetic without an immediate");
        }
        check(answer, (int) answer.before(), code.immediate(slot));
        code.setImmediate(slot, (int) answer.value());
      }
      case 0x01, 0x02, 0x03 -> {
        check(answer, answer.before(), code.offset(slot));
        resize(answer, opcode);
        if (answer.value() > Short.MAX_VALUE) {
          throw new LinkException("the CO-RE relocation at slot " + slot + " needs offset "
              + answer.value() + ", more than 32767");
        }
        code.setOffset(slot, (short) answer.value());
      }
      case 0x00 -> {
        if (!code.loadsImmediate(slot) || code.source(slot) != 0) {
          throw notPatchable(opcode);
        }
        long before =
            Integer.toUnsignedLong(code.immediate(slot)) | (long) code.immediate(slot + 1) << 32;
        check(answer, answer.before(), before);
        code.setImmediate(slot, (int) answer.value());
        code.setImmediate(slot + 1, (int) (answer.value() >>> 32));
      }
      default -> throw notPatchable(opcode);
    }
  }

  /**
   * Whether the answer is for an access whose size it may not change: libbpf then treats it as
   * missing.
   */
  private boolean mustNotResize(Value answer) {
    int kind = code.opcode(slot) & CLASS;
    return kind >= 0x01
        && kind <= 0x03
        && answer.bytes() != answer.bytesBefore()
        && !answer.resizable();
  }

  /** Makes the instruction one that must not be reached; of a 64-bit immediate both slots. */
  private void poison() {
    if (code.loadsImmediate(slot)) {
      code.setHelperCall(slot + 1, ObjectReader.POISON);
    }
    code.setHelperCall(slot, ObjectReader.POISON);
  }

  private void resize(Value answer, int opcode) throws LinkException {
    if (answer.bytes() == answer.bytesBefore()) {
      return;
    }
    if (answer.bytesBefore() != sizeOf(opcode)) {
      throw new LinkException(
          "the CO-RE relocation at slot %d is for a field of %d bytes, the instruction moves %d"
              .formatted(slot, answer.bytesBefore(), sizeOf(opcode)));
    }
    int bits =
        switch (answer.bytes()) {
          case 1 -> 0x10;
          case 2 -> 0x08;
          case 4 -> 0x00;
          case 8 -> 0x18;
          default ->
            throw new LinkException("the CO-RE relocation at slot " + slot + " needs an access of "
                + answer.bytes() + " bytes");
        };
    code.setOpcode(slot, (opcode & ~SIZE) | bits);
  }

  private static int sizeOf(int opcode) {
    return switch (opcode & SIZE) {
      case 0x10 -> 1;
      case 0x08 -> 2;
      case 0x00 -> 4;
      default -> 8;
    };
  }

  private void check(CoreAnswer.Value answer, long expected, long found) throws LinkException {
    if (answer.checked() && expected != found) {
      throw new LinkException(
          "the CO-RE relocation at slot %d expects %d in the instruction, which has %d"
              .formatted(slot, expected, found));
    }
  }

  private LinkException notPatchable(int opcode) {
    return new LinkException(
        "the CO-RE relocation at slot %d is for opcode 0x%02x, which has no place for it"
            .formatted(slot, opcode));
  }
}
