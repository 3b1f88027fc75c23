package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
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
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the instructions of a loop (a component of a function's weak topological order) change and compare. Immutable.
 */
public final class LoopFacts {
  /** How many constants a component takes over from each one in it, so that deep nests do not take quadratic space. */
  private static final int INHERITED = 64;

  private final FunctionGraph function;
  private final FrameFlow flow;
  private final int frameSize;
  private final int words;

  /** These by component. */
  private final int[] modifiedRegisters;

  private final int[] comparedRegisters;

  private final List<List<Threshold>> thresholds;

  /** {@code words} words a component. */
  private final long[] modifiedStack;

  /**
   * A constant that a conditional jump of the loop compares with.
   *
   * @param value the constant as the jump reads it, sign-extended to 64 bits from {@code width}
   * @param signed whether the comparison is
   */
  public record Threshold(long value, Width width, boolean signed) {}

  private LoopFacts(FunctionGraph function, WeakTopologicalOrder order, Liveness liveness) {
    this.function = function;
    flow = liveness.of(function).flow();
    frameSize = liveness.frameSize();
    words = liveness.stackWords();
    int components = order.componentCount();
    modifiedRegisters = new int[components];
    comparedRegisters = new int[components];
    modifiedStack = new long[components * words];
    List<Set<Threshold>> compared = new ArrayList<>(components);
    for (int component = 0; component < components; component++) {
      compared.add(new LinkedHashSet<>());
    }
    long[] bytes = new long[words];
    for (int block = 0; block < function.blockCount(); block++) {
      int component = order.innermost(block);
      if (component >= 0) {
        Arrays.fill(bytes, 0);
        addBlock(block, component, bytes, compared.get(component));
        addStack(component, bytes, 0);
      }
    }
    for (int component = components - 1; component > 0; component--) {
      int inner = component;
      order.component(inner).parent().ifPresent(outer -> {
        modifiedRegisters[outer.index()] |= modifiedRegisters[inner];
        comparedRegisters[outer.index()] |= comparedRegisters[inner];
        addStack(outer.index(), modifiedStack, inner * words);
        inherit(compared.get(outer.index()), compared.get(inner));
      });
    }
    thresholds = compared.stream().map(LoopFacts::sorted).toList();
  }

  /**
   * The facts of all components of {@code order}.
   *
   * @param function a function of the graph that {@code liveness} is about
   * @param order the weak topological order of that function's blocks
   */
  public static LoopFacts of(
      FunctionGraph function, WeakTopologicalOrder order, Liveness liveness) {
    return new LoopFacts(function, order, liveness);
  }

  private void addBlock(int block, int component, long[] bytes, Set<Threshold> own) {
    Code code = function.code();
    for (int slot = function.firstSlot(block); slot <= function.lastSlot(block); slot++) {
      if (!code.startsAt(slot)) {
        continue;
      }
      Instruction instruction = code.at(slot);
      modifiedRegisters[component] |= RegisterEffects.writes(instruction);
      switch (instruction) {
        case Store store ->
          FrameBytes.addTouched(
              bytes, frameSize, flow.base(slot), store.offset(), store.size().bytes());
        case Atomic atomic ->
          FrameBytes.addTouched(
              bytes, frameSize, flow.base(slot), atomic.offset(), atomic.width().bytes());
        case CallHelper _, CallBtf _, CallLocal _, CallRegister _ ->
          FrameBytes.addAll(bytes, flow.call(slot).maybeWrites());
        case ConditionalJump jump -> {
          comparedRegisters[component] |= RegisterEffects.reads(jump);
          flow.constantAt(slot).ifPresent(constant -> own.add(threshold(jump, constant)));
        }
        case Binary _, Negate _, ByteSwap _, LoadImmediate _, AddressSpaceCast _, Load _ -> {}
        case LoadPacketAbsolute _, LoadPacketIndirect _, Jump _, MayGoto _, Exit _ -> {}
      }
    }
  }

  private void addStack(int component, long[] bytes, int start) {
    for (int word = 0; word < words; word++) {
      modifiedStack[component * words + word] |= bytes[start + word];
    }
  }

  /** The registers that the component may write, bit n for register n; inner components included. */
  public int modifiedRegisters(int component) {
    return modifiedRegisters[component];
  }

  /** Whether the component may write any of {@code size} bytes from {@code offset} (from r10, negative) upward. */
  public boolean mayModifyStack(int component, int offset, int size) {
    return FrameBytes.containsAny(modifiedStack, component * words, frameSize, offset, size);
  }

  /** Copies the set of the frame's bytes that the component may write to {@code into}, as in {@link Liveness}. */
  public void modifiedStack(int component, long[] into) {
    System.arraycopy(modifiedStack, component * words, into, 0, words);
  }

  /** The registers that conditional jumps of the component compare, bit n for register n; inner components included. */
  public int comparedRegisters(int component) {
    return comparedRegisters[component];
  }

  /**
   * The constants that conditional jumps of the component compare with, as immediates or as registers that hold the
   * same number on every path; each once, in order of value. Of those that only an inner component compares with,
   * {@value #INHERITED} at most for each inner component.
   */
  public List<Threshold> thresholds(int component) {
    return thresholds.get(component);
  }

  private static List<Threshold> sorted(Set<Threshold> thresholds) {
    return thresholds.stream()
        .sorted(Comparator.comparingLong(Threshold::value)
            .thenComparing(Threshold::width)
            .thenComparing(Threshold::signed))
        .toList();
  }

  private static void inherit(Set<Threshold> outer, Set<Threshold> inner) {
    Iterator<Threshold> rest = inner.iterator();
    for (int count = 0; count < INHERITED && rest.hasNext(); count++) {
      outer.add(rest.next());
    }
  }

  private static Threshold threshold(ConditionalJump jump, long constant) {
    return new Threshold(
        jump.width() == Width.W32 ? (int) constant : constant,
        jump.width(),
        isSigned(jump.comparison()));
  }

  private static boolean isSigned(Comparison comparison) {
    return switch (comparison) {
      case SGT, SGE, SLT, SLE -> true;
      case EQ, NE, SET, NOT_SET, GT, GE, LT, LE -> false;
    };
  }
}
