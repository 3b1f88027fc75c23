package dev.assay.object;

import static java.util.Objects.requireNonNull;

import dev.assay.isa.Code;
import dev.assay.isa.CodeStructure;
import dev.assay.isa.Decoder;
import dev.assay.isa.Instruction;
import dev.assay.isa.MalformedCodeException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Puts a program together: its entry function, then each function that it reaches, once. */
final class Linker {
  /** As many slots as Linux lets a privileged user load (BPF_COMPLEXITY_LIMIT_INSNS). */
  private static final int LONGEST_PROGRAM = 1_000_000;

  /**
   * Subprograms are copied into each program, so that few bytes of a file could fill the memory.
   */
  private static final int MOST_SLOTS = 2_000_000;

  private final ElfFile elf;
  private final FunctionLinker functions;
  private int slotsLeft = MOST_SLOTS;

  Linker(ElfFile elf, FunctionLinker functions) {
    this.elf = elf;
    this.functions = functions;
  }

  /** The program that starts with a function. */
  BpfProgram link(CodeFunction entry) throws LinkException {
    Map<CodeFunction, Integer> firstSlots = new LinkedHashMap<>();
    Deque<CodeFunction> reached = new ArrayDeque<>();
    List<LinkedFunction> linked = new ArrayList<>();
    reached.add(entry);
    firstSlots.put(entry, 0);
    int end = entry.slots();
    while (!reached.isEmpty()) {
      CodeFunction function = reached.remove();
      if (function.slots() > slotsLeft) {
        throw new LinkException(
            "the object's programs together have more than " + MOST_SLOTS + " slots");
      }
      slotsLeft -= function.slots();
      LinkedFunction part = functions.link(function);
      linked.add(part);
      for (CodeFunction callee : part.references().values()) {
        if (firstSlots.putIfAbsent(callee, end) == null) {
          end += callee.slots();
          reached.add(callee);
        }
        if (end > LONGEST_PROGRAM) {
          throw new LinkException("the program has more than " + LONGEST_PROGRAM + " slots");
        }
      }
    }
    return assemble(entry, firstSlots, linked, end);
  }

  private BpfProgram assemble(
      CodeFunction entry,
      Map<CodeFunction, Integer> firstSlots,
      List<LinkedFunction> parts,
      int end)
      throws LinkException {
    byte[] bytes = new byte[8 * end];
    SlotBytes slots = new SlotBytes(ByteBuffer.wrap(bytes).order(elf.byteOrder()));
    List<Subprogram> subprograms = new ArrayList<>();
    Map<Integer, ExternalSymbol> externals = new HashMap<>();
    Map<Integer, String> poisoned = new HashMap<>();
    NavigableMap<Integer, SourceLine> lines = new TreeMap<>();
    for (LinkedFunction part : parts) {
      int base = requireNonNull(firstSlots.get(part.function()));
      part.code().copyTo(bytes, 8 * base);
      part.references()
          .forEach((slot, callee) -> slots.setImmediate(
              base + slot, requireNonNull(firstSlots.get(callee)) - (base + slot) - 1));
      part.externals().forEach((slot, external) -> externals.put(base + slot, external));
      part.poisoned().forEach((slot, reason) -> poisoned.put(base + slot, reason));
      part.lines().forEach((slot, line) -> lines.put(base + slot, line));
      CodeFunction function = part.function();
      subprograms.add(new Subprogram(
          function.name(),
          base,
          function.slots(),
          function.global() && part.btfFunction() != 0,
          part.btfFunction()));
    }
    Code code = decode(bytes, subprograms);
    for (Subprogram subprogram : subprograms) {
      checkJumps(code, subprogram);
    }
    return new BpfProgram(
        entry.section().name(), entry.name(), code, subprograms, externals, poisoned, lines);
  }

  private Code decode(byte[] bytes, List<Subprogram> subprograms) throws LinkException {
    try {
      return Decoder.decode(bytes, elf.byteOrder());
    } catch (MalformedCodeException e) {
      Subprogram at = subprograms.getFirst();
      for (Subprogram subprogram : subprograms) {
        at = subprogram.firstSlot() <= e.slot() ? subprogram : at;
      }
      throw new LinkException("function %s, slot %d (%s): %s"
          .formatted(at.name(), e.slot() - at.firstSlot(), e.bytes(), e.reason()));
    }
  }

  /** Jumps stay in their function, and so does what falls through its end. */
  private static void checkJumps(Code code, Subprogram subprogram) throws LinkException {
    int first = subprogram.firstSlot();
    int end = first + subprogram.slots();
    int last = code.startsAt(end - 1) ? end - 1 : end - 2;
    // A function may end in the call of one that does not return, such as bpf_throw.
    if (CodeStructure.fallsThrough(code.at(last))
        && !(code.at(last) instanceof Instruction.CallBtf)) {
      throw new LinkException(
          "control runs past the end of function " + subprogram.name() + " at slot " + last);
    }
    for (int slot = first; slot < end; slot++) {
      if (!code.startsAt(slot)) {
        continue;
      }
      Instruction instruction = code.at(slot);
      boolean jump = instruction instanceof Instruction.Jump
          || instruction instanceof Instruction.ConditionalJump
          || instruction instanceof Instruction.MayGoto;
      OptionalInt target = jump ? CodeStructure.target(instruction, slot) : OptionalInt.empty();
      if (target.isPresent() && (target.getAsInt() < first || target.getAsInt() >= end)) {
        throw new LinkException("slot " + slot + " jumps to slot " + target.getAsInt()
            + ", outside its function " + subprogram.name());
      }
    }
  }
}
