package dev.assay.referee.kernel;

import dev.assay.isa.Code;
import dev.assay.isa.Encoder;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.object.MapDefinition;
import dev.assay.platform.ProgramKind;
import dev.assay.referee.Subject;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Linux's verifier: loads a program alone, attaches it to nothing, and closes it again. */
final class KernelVerifier implements AutoCloseable {
  private static final int BPF_PROG_LOAD = 5;

  /** {@code BPF_LOG_STATS}: what is wrong is logged, but not each instruction on the way there. */
  private static final int BRIEF = 4;

  /** {@code BPF_LOG_LEVEL1}: also the states at each instruction. */
  private static final int FULL = 1;

  private static final int LOG_BYTES = 1 << 24;

  private final List<MapDefinition> definitions;

  /** Maps of their own for each kind of program: a program array is for programs of one kind, that of the first that names it. */
  private final Map<ProgramKind, KernelMaps> maps = new HashMap<>();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment log = arena.allocate(LOG_BYTES);

  private KernelVerifier(List<MapDefinition> definitions) {
    this.definitions = definitions;
  }

  /**
   * The verifier for programs with these maps.
   *
   * @throws KernelMaps.RefusedException if this process may not have them
   */
  static KernelVerifier of(List<MapDefinition> definitions) throws KernelMaps.RefusedException {
    KernelMaps.create(definitions).close();
    return new KernelVerifier(definitions);
  }

  private KernelMaps maps(ProgramKind kind) {
    return maps.computeIfAbsent(kind, key -> {
      try {
        return KernelMaps.create(definitions);
      } catch (KernelMaps.RefusedException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  KernelVerdict verify(Subject subject) {
    return load(subject, BRIEF);
  }

  /** The log with the states at each instruction. */
  String explain(Subject subject) {
    return load(subject, FULL).log();
  }

  private KernelVerdict load(Subject subject, int level) {
    if (!subject.maps().equals(definitions)) {
      throw new IllegalArgumentException("the program has other maps");
    }
    KernelMaps own = maps(subject.kind());
    Code code = linked(subject.code(), own);
    byte[] functions = functions(subject.code(), own.functionType());
    try (Arena call = Arena.ofConfined()) {
      log.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
      SystemCall.Result result = new Attribute(call)
          .number(0, subject.kind().type())
          .number(4, code.size())
          .bytes(8, Encoder.encode(code, ByteOrder.nativeOrder()))
          .text(16, "GPL")
          .number(24, level)
          .number(28, LOG_BYTES)
          .address(32, log)
          .number(68, subject.kind().attachType())
          .number(72, own.typesDescriptor())
          .number(76, 2 * Integer.BYTES)
          .bytes(80, functions)
          .number(88, functions.length / (2 * Integer.BYTES))
          .call(BPF_PROG_LOAD);
      if (!result.failed()) {
        SystemCall.close(result.value());
      }
      return new KernelVerdict(!result.failed(), result.error(), log.getString(0));
    }
  }

  /** With the maps' file descriptors for their indices. */
  private static Code linked(Code code, KernelMaps maps) {
    List<Instruction> instructions = new ArrayList<>();
    for (Instruction instruction : code.instructions()) {
      instructions.add(
          switch (instruction) {
            case Instruction.LoadImmediate(var register, WideImmediate.MapByIndex(int map)) ->
              new Instruction.LoadImmediate(
                  register, new WideImmediate.MapByFd(maps.descriptor(map)));
            case Instruction.LoadImmediate(
                var register,
                WideImmediate.MapValueByIndex(int map, int offset)) ->
              new Instruction.LoadImmediate(
                  register, new WideImmediate.MapValueByFd(maps.descriptor(map), offset));
            default -> instruction;
          });
    }
    return Code.of(instructions);
  }

  /** {@code struct bpf_func_info} for each function in the order of the code: the slot where it starts, then its type. */
  private static byte[] functions(Code code, int type) {
    TreeSet<Integer> starts = new TreeSet<>();
    starts.add(0);
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        switch (code.at(slot)) {
          case Instruction.CallLocal(int offset) -> starts.add(slot + 1 + offset);
          case Instruction.LoadImmediate(var _, WideImmediate.CodeAddress(int offset)) ->
            starts.add(slot + 1 + offset);
          default -> {}
        }
      }
    }
    ByteBuffer records =
        ByteBuffer.allocate(2 * Integer.BYTES * starts.size()).order(ByteOrder.nativeOrder());
    starts.forEach(start -> records.putInt(start).putInt(type));
    return records.array();
  }

  @Override
  public void close() {
    maps.values().forEach(KernelMaps::close);
    arena.close();
  }
}
