package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import java.util.Optional;
import java.util.TreeMap;

/** Programs that tail calls go to, by index. */
final class ProgramArray extends BpfMap {
  private final TreeMap<Long, BpfProgram> programs = new TreeMap<>();

  ProgramArray(MapDefinition definition, AddressSpace memory) {
    super(definition, memory);
  }

  @Override
  public Optional<BpfProgram> program(long index) {
    return Optional.ofNullable(programs.get(index));
  }

  @Override
  public void putProgram(int index, BpfProgram program) {
    if (Integer.compareUnsigned(index, definition().maxEntries()) >= 0) {
      throw new IllegalArgumentException("map %s: index %s is out of range"
          .formatted(definition().name(), Integer.toUnsignedString(index)));
    }
    programs.put(Integer.toUnsignedLong(index), program);
  }

  @Override
  public long delete(byte[] key) {
    return programs.remove(leadingNumber(key)) == null ? Errno.ENOENT : 0;
  }
}
