package dev.assay.interpreter;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.interpreter.context.Context;
import dev.assay.interpreter.helper.Call;
import dev.assay.interpreter.helper.Control;
import dev.assay.interpreter.helper.Environment;
import dev.assay.interpreter.helper.FunctionTable;
import dev.assay.interpreter.helper.HelperException;
import dev.assay.interpreter.helper.HelperFunction;
import dev.assay.interpreter.memory.Access;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.AddressSpaceCast;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Exit;
import dev.assay.isa.Instruction.Jump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.LoadPacketAbsolute;
import dev.assay.isa.Instruction.LoadPacketIndirect;
import dev.assay.isa.Instruction.MayGoto;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Register;
import dev.assay.object.BpfProgram;
import dev.assay.platform.FunctionContract;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One run: registers, frames, and all that {@link Loop} does not do itself. */
final class Execution implements Control {
  /** How many operations run between two looks at the limit and at interrupts. */
  private static final int CHUNK = 4096;

  private static final int FIRST_ARGUMENT = Register.R1.number();
  private static final int ARGUMENTS = 5;
  private static final int FRAME_POINTER = Register.R10.number();

  /** What calls leave in r1 to r5: a number that is no address and easy to recognise. */
  private static final long CLOBBERED = 0x0bad_c0de_0bad_c0deL;

  private final Settings settings;
  private final Environment environment;
  private final AddressSpace memory;
  private final CallStack stack;
  private final Loop loop;
  private final Map<BpfProgram, Translation> translations = new IdentityHashMap<>();

  private Translation current;
  private long[] registers;
  private long left;

  // Why the loop was left, and where to go on.
  private boolean returned;
  private int resumption;

  private Optional<BpfProgram> tailCall = Optional.empty();
  private int tailCalls;

  Execution(Settings settings, Environment environment, BpfProgram program) {
    this.settings = settings;
    this.environment = environment;
    this.memory = environment.memory();
    this.stack = new CallStack(memory, settings);
    this.loop = new Loop(this, memory);
    this.left = settings.instructionLimit();
    this.current = translation(program);
    this.registers = current.registers();
  }

  /** Runs the program; once. */
  Outcome run() {
    try {
      for (int register = 0; register < Register.COUNT; register++) {
        registers[register] = stack.unwritten();
      }
      enter(0, Frame.OUT);
      startArguments();
      return new Outcome.Returned(drive(0), settings.instructionLimit() - left);
    } catch (FaultException e) {
      return new Outcome.Faulted(e.fault(), settings.instructionLimit() - left);
    } catch (MemoryException e) {
      return new Outcome.Faulted(fault(0, e).fault(), settings.instructionLimit() - left);
    }
  }

  /** The context in r1; where no kind says what it is, its size in r2, and null for an empty one. */
  private void startArguments() {
    Context context = environment.context();
    boolean plain = settings.kind().isEmpty();
    registers[FIRST_ARGUMENT] = plain && context.size() == 0 ? 0 : context.address();
    if (plain) {
      registers[FIRST_ARGUMENT + 1] = context.size();
    }
  }

  /** Runs from an operation of the current program until the frame that is active now returns. */
  private long drive(int start) {
    int next = start;
    while (true) {
      if (left == 0) {
        throw fault(
            next,
            Cause.INSTRUCTION_LIMIT,
            "the limit of %d instructions is reached".formatted(settings.instructionLimit()));
      }
      checkInterrupt(next);
      next = settings.observer().isPresent() ? step(settings.observer().get(), next) : chunk(next);
      if (next == Loop.LEFT) {
        if (returned) {
          returned = false;
          return registers[0];
        }
        next = resumption;
      }
    }
  }

  private void checkInterrupt(int index) {
    if (Thread.currentThread().isInterrupted()) {
      throw fault(index, Cause.INTERRUPTED, "the run was interrupted");
    }
  }

  private int chunk(int next) {
    return loop.run(current.operations(), registers, next, Math.max(0, left - CHUNK));
  }

  private int step(Observer observer, int next) {
    if (!(isRare(next) && rareAt(next) instanceof Rare.Trap)) {
      observer.before(
          current.program().function(),
          current.slots()[next],
          stack.depth(),
          register -> registers[register.number()]);
    }
    return loop.run(current.operations(), registers, next, left - 1);
  }

  private boolean isRare(int index) {
    return Translation.opcode(current.operations()[index]) == Opcode.RARE;
  }

  private Rare rareAt(int index) {
    return current.rare()[Translation.value(current.operations()[index])];
  }

  private Translation translation(BpfProgram program) {
    return translations.computeIfAbsent(
        program,
        any -> Translator.translate(
            new Linker(settings.platform(), environment.maps(), memory, program), memory, program));
  }

  // What the loop asks for.

  long left() {
    return left;
  }

  void setLeft(long instructions) {
    left = instructions;
  }

  /** Calls the function that starts at an operation; returns that operation. */
  int enter(int index, int returnIndex) {
    if (!stack.hasRoom()) {
      throw fault(
          Math.max(0, returnIndex - 1),
          Cause.CALL_DEPTH,
          "calls would nest deeper than the %d frames that are allowed"
              .formatted(settings.callDepth()));
    }
    long framePointer = stack.push();
    stack
        .top()
        .enter(current, returnIndex, registers, settings.platform().limits().loopRounds());
    registers[FRAME_POINTER] = framePointer;
    return index;
  }

  /** Returns from the active function: the operation to go on with, or {@link Loop#LEFT}. */
  int leave() {
    Frame frame = stack.pop();
    Translation caller = frame.caller().orElse(current);
    boolean moves = caller != current;
    if (moves) {
      switchTo(caller);
    }
    frame.leave(registers);
    returned = frame.returnIndex() == Frame.OUT;
    resumption = frame.returnIndex();
    return moves || returned ? Loop.LEFT : resumption;
  }

  private void switchTo(Translation program) {
    System.arraycopy(registers, 0, program.registers(), 0, Register.COUNT);
    current = program;
    registers = program.registers();
  }

  /** Does what the loop does not: the operation to go on with, or {@link Loop#LEFT}. */
  int rare(int which, int next) {
    int index = next - 1;
    return switch (current.rare()[which]) {
      case Rare.Plain(Instruction instruction, int target) -> plain(instruction, target, next);
      case Rare.Function(String name, Optional<HelperFunction> function) ->
        call(name, function, next);
      case Rare.Constant(int destination, long value) -> {
        registers[destination] = value;
        yield next;
      }
      case Rare.Refused(Cause cause, String message) -> throw fault(index, cause, message);
      case Rare.Trap(String message) -> {
        left++;
        throw fault(index, Cause.CONTROL, message);
      }
    };
  }

  private int call(String name, Optional<HelperFunction> function, int next) {
    // A call may take long, so that a loop of calls would notice an interrupt late.
    checkInterrupt(next - 1);
    if (function.isEmpty()) {
      throw fault(next - 1, Cause.HELPER, name + " is not modelled by the interpreter");
    }
    long[] r = registers;
    long result;
    try {
      result = function.get().call(new Call(environment, this, r[1], r[2], r[3], r[4], r[5]));
    } catch (MemoryException e) {
      throw fault(next - 1, cause(e), e.access(), "call of " + name + ": " + e.reason());
    } catch (HelperException e) {
      throw fault(next - 1, Cause.HELPER, "call of " + name + ": " + e.reason());
    }
    registers[0] = result;
    clobberArguments();
    return tailCall.isPresent() ? goTo(tailCall.get()) : next;
  }

  /** What a call leaves in r1 to r5 is nothing to rely on. */
  private void clobberArguments() {
    Arrays.fill(registers, FIRST_ARGUMENT, FIRST_ARGUMENT + ARGUMENTS, CLOBBERED);
  }

  private int goTo(BpfProgram program) {
    tailCall = Optional.empty();
    switchTo(translation(program));
    registers[FIRST_ARGUMENT] = environment.context().address();
    resumption = 0;
    return Loop.LEFT;
  }

  private int plain(Instruction instruction, int target, int next) {
    switch (instruction) {
      case Atomic atomic -> RareOperations.atomic(atomic, registers, memory);
      case Binary binary -> RareOperations.binary(binary, registers);
      case Negate negate -> RareOperations.negate(negate, registers);
      case ByteSwap swap -> RareOperations.byteSwap(swap, registers, memory);
      case AddressSpaceCast cast -> RareOperations.cast(cast, registers);
      case Load load -> RareOperations.load(load, registers, memory);
      case Store store -> RareOperations.store(store, registers, memory);
      case ConditionalJump jump -> {
        return RareOperations.holds(jump, registers) ? target : next;
      }
      case MayGoto _ -> {
        return stack.top().spendLoop() ? next : target;
      }
      case LoadPacketAbsolute load -> {
        return loadPacket(RareOperations.packet(load, environment.packet()), next);
      }
      case LoadPacketIndirect load -> {
        return loadPacket(RareOperations.packet(load, registers, environment.packet()), next);
      }
      case CallRegister call -> {
        return callRegister(call.target(), next);
      }
      case LoadImmediate _, Jump _, CallLocal _, CallHelper _, CallBtf _, Exit _ ->
        throw new IllegalStateException("translated otherwise: " + instruction);
    }
    return next;
  }

  /** Outside the packet, the function returns 0. */
  private int loadPacket(OptionalLong loaded, int next) {
    registers[0] = loaded.orElse(0);
    clobberArguments();
    return loaded.isPresent() ? next : leave();
  }

  /** The register holds a function's address, or as some compilers have it the number of a helper. */
  private int callRegister(Register target, int next) {
    long value = registers[target.number()];
    int index = current.indexAt(value);
    if (index >= 0) {
      return enter(index, next);
    }
    Optional<FunctionContract> helper =
        value == (int) value ? settings.platform().helper((int) value) : Optional.empty();
    if (helper.isEmpty()) {
      throw fault(
          next - 1,
          Cause.CONTROL,
          "%s holds 0x%s, which is neither a function's address nor a helper's number"
              .formatted(target, Long.toHexString(value)));
    }
    return call(helper.get().name(), FunctionTable.find(helper.get().name()), next);
  }

  /** A fault of the operation at an index of the current program. */
  private FaultException fault(int index, Cause cause, String message) {
    return fault(index, cause, Optional.empty(), message);
  }

  /** What a refused access, or memory that ran out, means for the operation at an index of the current program. */
  FaultException fault(int index, MemoryException e) {
    return fault(index, cause(e), e.access(), e.reason());
  }

  private FaultException fault(int index, Cause cause, Optional<Access> access, String message) {
    return new FaultException(
        new Fault(current.slots()[index], current.program().function(), cause, access, message));
  }

  private static Cause cause(MemoryException e) {
    return e.access().isPresent() ? Cause.MEMORY : Cause.UNSUPPORTED;
  }

  // What the functions that the program calls ask for.

  @Override
  public long callBack(long function, long... arguments) {
    int index = current.indexAt(function);
    if (index < 0) {
      throw new HelperException(
          "0x%s is not the address of a function".formatted(Long.toHexString(function)));
    }
    int start = enter(index, Frame.OUT);
    clobberArguments();
    System.arraycopy(arguments, 0, registers, FIRST_ARGUMENT, arguments.length);
    return drive(start);
  }

  @Override
  public boolean tailCall(BpfProgram program) {
    if (tailCalls == settings.platform().limits().tailCalls()) {
      return false;
    }
    tailCalls++;
    tailCall = Optional.of(program);
    return true;
  }
}
