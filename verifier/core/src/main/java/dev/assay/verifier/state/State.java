package dev.assay.verifier.state;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.UnaryOperator;

/**
 * What is known at one point on one family of paths. Mutable while a block is run; states that are stored are not changed
 * any more. {@link #copy} is cheap: frames are immutable and numbers are shared until written.
 *
 * <p>A state describes the set of concrete machine states in which each location holds what its value says, for some choice of the
 * symbols' words that agrees with all that {@link #numbers} knows.
 */
public final class State {
  /** Registers r0 to r10. */
  public static final int REGISTERS = 11;

  private final Value[] registers;
  private Frame[] frames;
  private Value packetSize;
  private Value packetMeta;
  private int[] references;
  private Value lock;
  private CriticalSections sections;
  private final Numbers numbers;

  /**
   * A state with one frame, of which nothing is known.
   *
   * @param stackSize bytes a frame
   * @param relations the empty element of the relational domain
   */
  public State(int stackSize, Relations relations) {
    registers = new Value[REGISTERS];
    Arrays.fill(registers, Value.UNINITIALISED);
    frames = new Frame[] {Frame.entered(stackSize)};
    registers[10] = Value.pointer(new Kind.FramePointer(0), 0);
    numbers = new Numbers(relations);
    packetSize = Value.constant(0);
    packetMeta = Value.constant(0);
    references = new int[0];
    lock = Value.UNINITIALISED;
    sections = CriticalSections.NONE;
  }

  private State(State other, Numbers numbers) {
    registers = other.registers.clone();
    frames = other.frames.clone();
    packetSize = other.packetSize;
    packetMeta = other.packetMeta;
    references = other.references;
    lock = other.lock;
    sections = other.sections;
    this.numbers = numbers;
  }

  /** An independent copy. */
  public State copy() {
    return new State(this, numbers.copy());
  }

  /** A state of the same shape over other numbers; the values are to be replaced. */
  State over(Numbers other) {
    return new State(this, other);
  }

  /** What is known of the symbols. */
  public Numbers numbers() {
    return numbers;
  }

  /** What register {@code r} (0 to 10) holds. */
  public Value register(int r) {
    return registers[r];
  }

  /** Sets register {@code r}. */
  public void setRegister(int r, Value value) {
    registers[r] = value;
  }

  /** What is known of a value's number. */
  public Scalar scalar(Value value) {
    return numbers.of(value);
  }

  /** The number of activations. */
  public int depth() {
    return frames.length;
  }

  /** The activation {@code i}; 0 is the outermost. */
  public Frame frame(int i) {
    return frames[i];
  }

  /** Replaces an activation. */
  public void setFrame(int i, Frame frame) {
    frames[i] = frame;
  }

  /** The innermost activation. */
  public Frame innermost() {
    return frames[frames.length - 1];
  }

  /** Replaces the innermost activation. */
  public void setInnermost(Frame frame) {
    frames[frames.length - 1] = frame;
  }

  /** Enters a function: r6 to r9 are kept for the caller, and are uninitialised in the callee, as r0 is. */
  public void enter(int stackSize) {
    int caller = frames.length - 1;
    frames[caller] = frames[caller].withSaved(Arrays.copyOfRange(registers, 6, 10));
    frames = Arrays.copyOf(frames, frames.length + 1);
    frames[caller + 1] = Frame.entered(stackSize);
    registers[0] = Value.UNINITIALISED;
    Arrays.fill(registers, 6, 10, Value.UNINITIALISED);
    registers[10] = Value.pointer(new Kind.FramePointer(caller + 1), 0);
  }

  /** Leaves the innermost function: r0 stays, r1 to r5 are lost, and pointers into its dead frame become unusable everywhere. */
  public void leave() {
    int dead = frames.length - 1;
    frames = Arrays.copyOf(frames, dead);
    Frame caller = frames[dead - 1];
    Arrays.fill(registers, 1, 6, Value.UNINITIALISED);
    System.arraycopy(caller.saved(), 0, registers, 6, 4);
    registers[10] = Value.pointer(new Kind.FramePointer(dead - 1), 0);
    frames[dead - 1] = caller.withoutSaved();
    replaceAll(value ->
        value.kind() instanceof Kind.FramePointer p && p.frame() == dead ? Value.UNUSABLE : value);
  }

  /** The packet's size: {@code data_end − data}, in bytes. */
  public Value packetSize() {
    return packetSize;
  }

  /** The offset of {@code data_meta} from {@code data}: not positive. */
  public Value packetMeta() {
    return packetMeta;
  }

  /** Sets size and metadata offset of the packet. */
  public void setPacket(Value size, Value meta) {
    packetSize = size;
    packetMeta = meta;
  }

  /** The numbers of the references that are held, ascending. */
  public int[] references() {
    return references.clone();
  }

  /** Whether a reference is held. */
  public boolean holds(int reference) {
    return Arrays.binarySearch(references, reference) >= 0;
  }

  /** Takes a reference under the smallest number from 1 that is free. */
  public int acquire() {
    int number = 1;
    while (holds(number)) {
      number++;
    }
    references = Arrays.copyOf(references, references.length + 1);
    references[references.length - 1] = number;
    Arrays.sort(references);
    return number;
  }

  /** Gives a reference back; every copy of the pointer becomes unusable. */
  public void release(int reference) {
    forgetReference(reference);
    replaceAll(value -> value.kind().reference() == reference ? Value.UNUSABLE : value);
  }

  /** A reference turns out not to have been given: the pointer is null. */
  public void forgetReference(int reference) {
    references = Arrays.stream(references).filter(held -> held != reference).toArray();
  }

  /** The smallest number from 1 that no pointer to a map value has as its {@link Kind.MapValue#lookup}. */
  public int freeLookup() {
    BitSet used = new BitSet();
    replaceAll(value -> {
      used.set(value.kind() instanceof Kind.MapValue v ? v.lookup() : 0);
      return value;
    });
    return used.nextClearBit(1);
  }

  /** The pointer to the lock that is held, or {@link Value#UNINITIALISED}. */
  public Value lock() {
    return lock;
  }

  /** Sets which lock is held. */
  public void setLock(Value value) {
    lock = value;
  }

  /** The critical sections that the program is in. */
  public CriticalSections sections() {
    return sections;
  }

  /** Sets the critical sections that the program is in. */
  public void setSections(CriticalSections value) {
    sections = value;
  }

  /**
   * Gives the number of {@code value} a symbol of its own, if it is an extension of another's low half: all locations that hold the same
   * extension then hold the new symbol. What links it to the other symbol is lost, but for what a
   * fact can say.
   */
  public Value materialised(Value value) {
    if (value.form() == Form.FULL) {
      return value;
    }
    Value fresh = value.form() == Form.ZERO_EXTENDED && value.shift() == 0
        ? numbers.lowHalfAsSymbol(value.asNumber())
        : numbers.freshNumber(numbers.of(value));
    replaceAll(held -> held.form() == value.form()
            && held.symbol() == value.symbol()
            && held.shift() == value.shift()
        ? fresh.withKind(held.kind())
        : held);
    return fresh.withKind(value.kind());
  }

  /** The value moved by a constant; its form is {@link Form#FULL}. */
  public Value plus(Value value, long constant) {
    Value full = materialised(value);
    return constant == 0
        ? full
        : new Value(full.kind(), Form.FULL, full.symbol(), full.shift() + constant);
  }

  /** Replaces the value of every location that holds something. */
  public void replaceAll(UnaryOperator<Value> change) {
    for (int r = 0; r < 10; r++) {
      registers[r] = change.apply(registers[r]);
    }
    for (int f = 0; f < frames.length; f++) {
      Frame frame = frames[f];
      StackFrame stack = frame.stack();
      for (int i = 0; i < stack.cells(); i++) {
        Value old = stack.value(i);
        Value changed = change.apply(old);
        if (changed != old) {
          stack = stack.withValue(i, changed);
        }
      }
      Value[] saved = frame.saved();
      Value[] changedSaved = map(saved, change);
      if (stack != frame.stack() || changedSaved != saved) {
        frames[f] = new Frame(stack, changedSaved, frame.loops(), frame.rising(), frame.falling());
      }
    }
  }

  private static Value[] map(Value[] values, UnaryOperator<Value> change) {
    Value[] result = values;
    for (int i = 0; i < values.length; i++) {
      Value changed = change.apply(values[i]);
      if (changed != values[i]) {
        if (result == values) {
          result = values.clone();
        }
        result[i] = changed;
      }
    }
    return result;
  }
}
