package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.util.List;

/**
 * Memory that is handed to a helper as a pointer and a size. Both are mostly not known; their sum is tested, or the size against what is left behind
 * the offset.
 */
final class Areas {
  private static final Register OFFSET = Register.R4;
  private static final Register LENGTH = Register.R5;
  private static final Register POINTER = Register.R0;
  private static final Register TESTED = Register.R3;

  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final List<Form> legal;

  Areas(Draft draft, Numbers numbers) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.legal =
        FORMS.stream().filter(form -> draft.facts().mayCall(form.helper)).toList();
  }

  /** What one argument is. */
  private enum Role {
    MEMORY,
    SIZE,
    CONTEXT,
    ZERO,
    NUMBER,
    EVENTS,
    RING
  }

  /**
   * A helper that takes memory.
   *
   * @param mayBeEmpty whether the size may be 0
   * @param packet whether the memory may be packet bytes
   * @param moves whether it may move the packet
   */
  private record Form(
      Helper helper, boolean mayBeEmpty, boolean packet, boolean moves, List<Role> roles) {}

  private static final List<Form> FORMS = List.of(
      new Form(
          Helper.CSUM_DIFF,
          true,
          true,
          false,
          List.of(Role.MEMORY, Role.SIZE, Role.ZERO, Role.ZERO, Role.NUMBER)),
      new Form(
          Helper.CSUM_DIFF,
          true,
          true,
          false,
          List.of(Role.ZERO, Role.ZERO, Role.MEMORY, Role.SIZE, Role.ZERO)),
      new Form(
          Helper.SKB_LOAD_BYTES,
          false,
          false,
          false,
          List.of(Role.CONTEXT, Role.NUMBER, Role.MEMORY, Role.SIZE)),
      new Form(
          Helper.XDP_LOAD_BYTES,
          false,
          false,
          false,
          List.of(Role.CONTEXT, Role.NUMBER, Role.MEMORY, Role.SIZE)),
      new Form(
          Helper.XDP_STORE_BYTES,
          false,
          false,
          false,
          List.of(Role.CONTEXT, Role.NUMBER, Role.MEMORY, Role.SIZE)),
      new Form(
          Helper.SKB_STORE_BYTES,
          false,
          false,
          true,
          List.of(Role.CONTEXT, Role.NUMBER, Role.MEMORY, Role.SIZE, Role.ZERO)),
      new Form(
          Helper.PERF_EVENT_OUTPUT,
          true,
          false,
          false,
          List.of(Role.CONTEXT, Role.EVENTS, Role.NUMBER, Role.MEMORY, Role.SIZE)),
      new Form(
          Helper.PROBE_READ_KERNEL,
          true,
          false,
          false,
          List.of(Role.MEMORY, Role.SIZE, Role.NUMBER)),
      new Form(
          Helper.PROBE_READ_KERNEL_STR,
          true,
          false,
          false,
          List.of(Role.MEMORY, Role.SIZE, Role.NUMBER)),
      new Form(
          Helper.RINGBUF_OUTPUT,
          true,
          false,
          false,
          List.of(Role.RING, Role.MEMORY, Role.SIZE, Role.ZERO)),
      new Form(Helper.GET_CURRENT_COMM, false, false, false, List.of(Role.MEMORY, Role.SIZE)));

  void hand() {
    Form form = legal.get(dice.below(legal.size()));
    if (form.roles.contains(Role.CONTEXT) && !draft.hasContext()
        || form.moves && !draft.mayMovePacket()) {
      return;
    }
    Register first = draft.number();
    Register second = draft.number();
    if (first == LENGTH || second == OFFSET) {
      return;
    }
    draft.copy(OFFSET, first);
    draft.copy(LENGTH, second);
    if (!dice.slip(3)) {
      smaller(OFFSET);
    }
    if (!dice.slip(3)) {
      smaller(LENGTH);
    }
    int end = draft.label();
    boolean packet = form.packet && draft.hasPacket() && dice.chance(2);
    boolean frame = !packet && dice.chance(2);
    int size = (frame ? Draft.FRAME : 48) + (dice.slip(8) ? 1 : 0);
    test(packet, size, end);
    if (!form.mayBeEmpty && !dice.slip(8)) {
      draft.jumpIf(Comparison.EQ, Width.W64, LENGTH, 0, end);
    }
    if (dice.chance(3)) {
      numbers.bound(dice.chance(2) ? OFFSET : LENGTH, end);
    }
    draft.unless(end, () -> call(form, packet, frame));
    draft.clobber();
    draft.set(Register.R0, dice.constant());
  }

  /** Goes to a label unless offset and length stay within a size, or within the packet. */
  private void test(boolean packet, int size, int end) {
    Width width = dice.slip(3) ? Width.W32 : Width.W64;
    Comparison greater = dice.slip(3) ? Comparison.SGT : Comparison.GT;
    if (!packet && dice.chance(3)) {
      draft.jumpIf(Comparison.GT, width, OFFSET, size, end);
      draft.set(TESTED, size);
      draft.binary(ArithmeticOperator.SUB, width, TESTED, OFFSET);
      draft.jumpIf(greater, width, LENGTH, TESTED, end);
      return;
    }
    draft.move(TESTED, OFFSET);
    draft.binary(ArithmeticOperator.ADD, width, TESTED, LENGTH);
    if (packet) {
      draft.move(Register.R2, Register.R8);
      draft.binary(ArithmeticOperator.SUB, width, Register.R2, Register.R7);
      draft.undefine(Register.R2);
      draft.jumpIf(dice.slip(8) ? Comparison.GE : greater, width, TESTED, Register.R2, end);
    } else {
      draft.jumpIf(greater, width, TESTED, size, end);
    }
  }

  private void call(Form form, boolean packet, boolean frame) {
    if (packet) {
      draft.move(POINTER, Register.R7);
    } else if (frame) {
      draft.fill(-Draft.FRAME, 0);
      draft.frame(POINTER, -Draft.FRAME);
    } else {
      draft.value(POINTER, SubjectMaps.ARRAY, 0);
    }
    draft.undefine(POINTER);
    draft.binary(ArithmeticOperator.ADD, Width.W64, POINTER, OFFSET);
    draft.move(Register.of(1 + form.roles.indexOf(Role.SIZE)), LENGTH);
    for (int i = 0; i < form.roles.size(); i++) {
      Register argument = Register.of(1 + i);
      switch (form.roles.get(i)) {
        case MEMORY -> draft.move(argument, POINTER);
        case SIZE -> {}
        case CONTEXT -> draft.move(argument, Register.R6);
        case ZERO -> draft.set(argument, 0);
        case NUMBER -> {
          if (draft.knows().isNumber(Register.R9) && dice.chance(2)) {
            draft.move(argument, Register.R9);
          } else {
            draft.set(argument, dice.below(30));
          }
        }
        case EVENTS -> draft.map(argument, SubjectMaps.EVENTS);
        case RING -> draft.map(argument, SubjectMaps.RING);
      }
    }
    draft.helper(form.helper);
    if (form.moves) {
      PacketChanges.moved(draft);
    }
  }

  /** A number becomes one of at most 16 bits, and mostly a multiple of 4. */
  private void smaller(Register register) {
    draft.binary(ArithmeticOperator.AND, dice.width(), register, dice.chance(4) ? 0xffff : 0xfc);
  }
}
