package dev.assay.graph;

import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate.CodeAddress;
import java.util.Objects;

/** Finds out what the calls of one function do to its registers and its frame, given what their arguments hold. */
final class CallResolver {
  private final CalleeArguments callees;
  private final CallEffects effects;
  private final ImmediateSets immediates;
  private final int frameSize;
  private final boolean takesCodeAddress;
  private final long[] noBytes;
  private final long[] allBytes;

  /** Which of r1 to r5 the local function that starts at a slot reads: bit n for register n. */
  interface CalleeArguments {
    int readBy(int entrySlot);
  }

  CallResolver(
      FunctionGraph function,
      CalleeArguments callees,
      CallEffects effects,
      ImmediateSets immediates,
      int frameSize) {
    this.callees = callees;
    this.effects = effects;
    this.immediates = immediates;
    this.frameSize = frameSize;
    takesCodeAddress = takesCodeAddress(function);
    noBytes = new long[FrameBytes.words(frameSize)];
    allBytes = FrameBytes.all(frameSize);
  }

  private static boolean takesCodeAddress(FunctionGraph function) {
    for (int slot = function.entrySlot(); slot < function.endSlot(); slot++) {
      if (function.blockAt(slot) >= 0
          && function.code().at(slot) instanceof LoadImmediate load
          && load.immediate() instanceof CodeAddress) {
        return true;
      }
    }
    return false;
  }

  /** What the call at {@code slot} does, made in {@code state}. */
  ResolvedCall resolve(int slot, Instruction call, FrameState state) {
    return switch (call) {
      case CallLocal(int offset) -> runningCode(state, callees.readBy(slot + 1 + offset));
      case CallRegister(Register target) ->
        runningCode(state, RegisterEffects.ARGUMENTS | RegisterEffects.bit(target));
      default -> platformCall(new Site(slot, call, state), state);
    };
  }

  /** A call that runs code of the program, which may do anything to a frame that it can reach. */
  private ResolvedCall runningCode(FrameState state, int registersRead) {
    boolean reaches = state.escaped();
    for (int number = 1; number <= 5; number++) {
      reaches |= (registersRead >>> number & 1) != 0
          && FrameValue.mayBeFrame(state.register(Register.of(number)));
    }
    long[] touched = reaches ? allBytes : noBytes;
    return new ResolvedCall(registersRead, touched, touched, noBytes, reaches);
  }

  private ResolvedCall platformCall(Site site, FrameState state) {
    int registersRead = effects.argumentsRead(site) & RegisterEffects.ARGUMENTS;
    boolean passesFrame = false;
    boolean passesCode = false;
    for (int number = 1; number <= 5; number++) {
      if ((registersRead >>> number & 1) != 0) {
        passesFrame |= FrameValue.mayBeFrame(state.register(Register.of(number)));
        passesCode |= FrameValue.mayBeCode(state.register(Register.of(number)));
      }
    }
    if (takesCodeAddress && passesCode && (passesFrame || state.escaped())) {
      return runningCode(state, registersRead);
    }
    boolean returnsFrame = (passesFrame || state.escaped()) && effects.mayReturnArgument(site);
    if (!passesFrame) {
      return new ResolvedCall(registersRead, noBytes, noBytes, noBytes, returnsFrame);
    }
    long[] reads = noBytes.clone();
    long[] maybeWrites = noBytes.clone();
    long[] alwaysWrites = noBytes.clone();
    for (CallEffects.Access access : effects.accesses(site)) {
      long pointer = state.register(access.pointer());
      if (!FrameValue.mayBeFrame(pointer)) {
        continue;
      }
      int offset = FrameValue.lowest(pointer);
      int spread = FrameValue.highest(pointer) - offset;
      int size = spread + Math.min(access.size().orElse(frameSize), frameSize);
      if (access.reads()) {
        FrameBytes.add(reads, frameSize, offset, size);
      }
      if (access.writes() != CallEffects.Writing.NEVER) {
        FrameBytes.add(maybeWrites, frameSize, offset, size);
      }
      boolean always =
          access.writes() == CallEffects.Writing.ALWAYS && access.size().isPresent();
      if (always && FrameValue.isExactFrame(pointer)) {
        FrameBytes.add(alwaysWrites, frameSize, offset, size);
      }
    }
    if (state.mayHoldPointer(reads)) {
      reads = allBytes;
    }
    return new ResolvedCall(registersRead, reads, maybeWrites, alwaysWrites, returnsFrame);
  }

  private final class Site implements CallSite {
    private final int slot;
    private final Instruction call;
    private final long[] values = new long[6];

    Site(int slot, Instruction call, FrameState state) {
      this.slot = slot;
      this.call = call;
      for (int number = 1; number <= 5; number++) {
        values[number] = state.register(Register.of(number));
      }
    }

    @Override
    public int slot() {
      return slot;
    }

    @Override
    public Instruction call() {
      return call;
    }

    @Override
    public Origin argument(Register register) {
      Objects.checkIndex(register.number() - 1, 5);
      return immediates.origin(values[register.number()]);
    }
  }
}
