package dev.assay.verifier.semantics;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.check.Bounds;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.StackMemory;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;

/** Loads and stores on the stack, whose contents are known byte by byte: within the frame, of what was written, and of pointers as a whole. */
final class StackAccess {
  private final Setting setting;
  private final Reporter reporter;
  private final StackMemory stack;

  StackAccess(Setting setting, Reporter reporter) {
    this.setting = setting;
    this.reporter = reporter;
    this.stack = new StackMemory(setting.object().byteOrder());
  }

  Value load(State state, Access access, Kind.FramePointer pointer) {
    if (!check(state, access, pointer)) {
      return Access.unknown(state, access.size());
    }
    int size = state.frame(pointer.frame()).stack().size();
    Scalar offset = state.scalar(access.at());
    int low = (int) (size + offset.signedMin());
    int length = (int) (offset.signedMax() - offset.signedMin()) + access.size();
    if (offset.isConstant()) {
      return loaded(state, access, pointer.frame(), low);
    }
    int missing = state.frame(pointer.frame()).stack().firstUninitialised(low, low + length);
    if (missing >= 0) {
      reportUninitialised(state, access, missing - size);
    } else if (stack.holdsPointer(state, pointer.frame(), low, length)) {
      reportPartOfPointer(state, access.slot(), access.registers());
    }
    return Access.unknown(state, access.size());
  }

  private Value loaded(State state, Access access, int frame, int index) {
    return switch (stack.load(state, frame, index, access.size())) {
      case StackMemory.Loaded.Known known -> known.value();
      case StackMemory.Loaded.Uninitialised missing -> {
        reportUninitialised(
            state, access, missing.index() - state.frame(frame).stack().size());
        yield Access.unknown(state, access.size());
      }
      case StackMemory.Loaded.PartOfPointer part -> {
        reportPartOfPointer(state, access.slot(), access.registers());
        yield Access.unknown(state, access.size());
      }
    };
  }

  private void reportUninitialised(State state, Access access, int offset) {
    if (setting.uninitialisedStack()) {
      return;
    }
    reporter.report(
        access.slot(),
        state,
        Check.STACK_INITIALISED,
        "the byte at r10" + offset + " is read, but not written on every path to here",
        "all bytes that are read were written before"
            + (setting.strict() ? "" : ", or --uninitialised-stack lets others be read"),
        access.registers());
  }

  void reportPartOfPointer(State state, int slot, int registers) {
    if (setting.strict()) {
      reporter.report(
          slot,
          state,
          Check.POINTER_LEAK,
          "part of a stored pointer is read as a number",
          "pointers are read as a whole",
          registers);
    }
  }

  boolean check(State state, Access access, Kind.FramePointer pointer) {
    int size = state.frame(pointer.frame()).stack().size();
    if (Bounds.within(state, access.at(), access.size(), -size, 0)) {
      return true;
    }
    reporter.report(
        access.slot(),
        state,
        Check.STACK_BOUNDS,
        access.what() + " at stack offset" + Describe.range(state.scalar(access.at()), " ")
            + " may lie outside the frame",
        "the offset from r10 is at least " + -size + " and at most " + -access.size(),
        access.registers());
    return false;
  }

  void store(State state, Access access, Kind.FramePointer pointer, Value value) {
    if (!check(state, access, pointer)) {
      return;
    }
    int size = state.frame(pointer.frame()).stack().size();
    Scalar offset = state.scalar(access.at());
    int low = (int) (size + offset.signedMin());
    if (offset.isConstant()) {
      checkOverwrittenPointer(state, access, pointer.frame(), low);
      stack.store(state, pointer.frame(), low, access.size(), stored(state, value, access.size()));
      return;
    }
    int length = (int) (offset.signedMax() - offset.signedMin()) + access.size();
    stack.storeWeakly(state, pointer.frame(), low, length, !value.isNumber());
  }

  /** What memory holds after a store of some low bytes of a value. */
  private static Value stored(State state, Value value, int bytes) {
    if (bytes == 8) {
      return value;
    }
    return value.isNumber()
        ? NumberArithmetic.truncated(state, value, 8 * bytes)
        : Access.unknown(state, bytes);
  }

  /** Under the strict policy a pointer on the stack is overwritten as a whole, or what remains could be read. */
  private void checkOverwrittenPointer(State state, Access access, int frame, int index) {
    if (!setting.strict()) {
      return;
    }
    var cells = state.frame(frame).stack();
    for (int i = cells.firstCellAt(index);
        i < cells.cells() && cells.start(i) < index + access.size();
        i++) {
      boolean covered =
          cells.start(i) >= index && cells.start(i) + cells.length(i) <= index + access.size();
      if (!cells.value(i).isNumber() && !covered) {
        reporter.report(
            access.slot(),
            state,
            Check.POINTER_LEAK,
            "a stored pointer is overwritten in part",
            "pointers are overwritten as a whole",
            access.registers());
        return;
      }
    }
  }
}
