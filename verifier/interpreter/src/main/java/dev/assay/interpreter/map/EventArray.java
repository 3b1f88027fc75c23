package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.ArrayList;
import java.util.List;

/** A perf event array with an event for every CPU, whose reader keeps up. */
final class EventArray extends BpfMap {
  private final List<Bytes> records = new ArrayList<>();

  EventArray(MapDefinition definition, AddressSpace memory) {
    super(definition, memory);
  }

  @Override
  public long output(byte[] bytes) {
    memory().charge("record of map " + definition().name(), bytes.length);
    records.add(Bytes.copyOf(bytes));
    return 0;
  }

  @Override
  public List<Bytes> records() {
    return List.copyOf(records);
  }
}
