package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.MapDefinition;

/** A map of a type or shape that the interpreter does not model: it has an address and refuses everything. */
final class UnmodelledMap extends BpfMap {
  UnmodelledMap(MapDefinition definition, AddressSpace memory) {
    super(definition, memory);
  }
}
