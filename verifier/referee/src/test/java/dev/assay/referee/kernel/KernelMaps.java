package dev.assay.referee.kernel;

import dev.assay.object.MapDefinition;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** The maps of a subject in the kernel, and their types. */
final class KernelMaps implements AutoCloseable {
  private static final int BPF_MAP_CREATE = 0;
  private static final int LPM_TRIE = 11;
  private static final int BPF_F_NO_PREALLOC = 1;

  private final List<MapDefinition> maps;
  private final ProgramTypes types;
  private final List<Integer> descriptors = new ArrayList<>();
  private final int typesDescriptor;

  private KernelMaps(List<MapDefinition> maps) throws RefusedException {
    this.maps = maps;
    this.types = new ProgramTypes(maps);
    this.typesDescriptor = descriptor("the types", types.load());
  }

  /** What the kernel does not let this process have. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Makes the maps. */
  static KernelMaps create(List<MapDefinition> maps) throws RefusedException {
    KernelMaps made = new KernelMaps(maps);
    try {
      for (int i = 0; i < maps.size(); i++) {
        made.descriptors.add(made.create(i));
      }
    } catch (RefusedException e) {
      made.close();
      throw e;
    }
    return made;
  }

  /** An inner map stands before the map that it is the shape of, so that it is there already. */
  private int create(int index) throws RefusedException {
    MapDefinition map = maps.get(index);
    try (Arena arena = Arena.ofConfined()) {
      Attribute attribute = new Attribute(arena)
          .number(0, map.type())
          .number(4, map.keySize())
          .number(8, map.valueSize())
          .number(12, map.maxEntries())
          .number(16, map.type() == LPM_TRIE ? map.flags() | BPF_F_NO_PREALLOC : map.flags());
      map.innerMap().ifPresent(inner -> attribute.number(20, descriptors.get(inner)));
      if (types.value(index) != 0) {
        attribute
            .number(48, typesDescriptor)
            .number(52, types.key())
            .number(56, types.value(index));
      }
      return descriptor("map " + map.name(), attribute.call(BPF_MAP_CREATE));
    }
  }

  private static int descriptor(String what, SystemCall.Result result) throws RefusedException {
    if (result.failed()) {
      throw new RefusedException("the kernel refuses " + what + ", error " + result.error());
    }
    return result.value();
  }

  int descriptor(int map) {
    return descriptors.get(map);
  }

  int typesDescriptor() {
    return typesDescriptor;
  }

  /** The type of every function. */
  int functionType() {
    return types.function();
  }

  @Override
  public void close() {
    descriptors.forEach(SystemCall::close);
    SystemCall.close(typesDescriptor);
  }
}
