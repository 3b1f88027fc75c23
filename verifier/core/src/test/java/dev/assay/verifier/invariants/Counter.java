package dev.assay.verifier.invariants;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.List;
import java.util.Optional;

/**
 * PREVAIL's loop counter {@code pc[n]}, how often line n is reached, made part of the program: code that counts in what the program does not use.
 */
sealed interface Counter {
  /** The instructions before line n. */
  List<Instruction> code();

  /** Sets the counter to 0. */
  void start(State state, Places places);

  /** What it is at the end. */
  Optional<Value> value(State state, Places places);

  /**
   * In a register. One without a limit stops at {@link #MOST}, which is more than every bound in the tests, rather than starting again at 0.
   */
  record InRegister(int register, boolean limited) implements Counter {
    private static final int MOST = 1 << 30;

    @Override
    public List<Instruction> code() {
      Register counter = Register.of(register);
      Instruction count =
          new Instruction.Binary(ArithmeticOperator.ADD, Width.W64, counter, Operand.of(1));
      return limited
          ? List.of(count)
          : List.of(
              new Instruction.ConditionalJump(
                  Comparison.SGE, Width.W64, counter, Operand.of(MOST), (short) 1),
              count);
    }

    @Override
    public void start(State state, Places places) {
      state.setRegister(register, Value.constant(0));
    }

    @Override
    public Optional<Value> value(State state, Places places) {
      return Optional.of(state.register(register));
    }
  }

  /** In the last word of the caller's frame, for a loop in a function, which has no register that outlives it. */
  record InCaller() implements Counter {
    private static final int WORD = 8;

    @Override
    public List<Instruction> code() {
      return List.of(new Instruction.Atomic(
          AtomicOperator.ADD, false, Width.W64, Register.of(5), (short) 0, Register.of(4)));
    }

    @Override
    public void start(State state, Places places) {
      state.setRegister(4, Value.constant(1));
      state.setRegister(5, Value.pointer(new Kind.FramePointer(0), -WORD));
      int end = state.frame(0).stack().size();
      places.memory().store(state, 0, end - WORD, WORD, Value.constant(0));
    }

    @Override
    public Optional<Value> value(State state, Places places) {
      int end = places.stackTop();
      return places.value(state, new Constraint.Location.OnStack(end - WORD, end - 1));
    }
  }
}
