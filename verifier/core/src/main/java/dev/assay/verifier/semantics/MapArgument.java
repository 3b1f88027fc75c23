package dev.assay.verifier.semantics;

import dev.assay.object.MapDefinition;
import dev.assay.platform.MapType;
import dev.assay.verifier.state.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map that is an argument: what it is called, its shape, and how pointers to its values are kinds. */
record MapArgument(
    int index, boolean inner, @Nullable MapDefinition shape, Optional<MapType> type) {

  /** The map that a value of this kind points to, if that is known. */
  static Optional<MapArgument> of(Setting setting, Kind kind) {
    return switch (kind) {
      case Kind.MapReference m
      when setting.hasMap(m.map()) -> {
        MapDefinition map = setting.map(m.map());
        yield Optional.of(new MapArgument(m.map(), false, map, setting.mapType(map)));
      }
      case Kind.InnerMap m
      when !m.nullable() ->
        setting
            .inner(m.outer())
            .map(map -> new MapArgument(m.outer(), true, map, setting.mapType(map)));
      case Kind.MapReference m -> Optional.empty();
      case Kind.InnerMap m -> Optional.empty();
      case Kind.Basic b -> Optional.empty();
      case Kind.FramePointer p -> Optional.empty();
      case Kind.MapValue v -> Optional.empty();
      case Kind.Memory m -> Optional.empty();
      case Kind.KernelObject k -> Optional.empty();
      case Kind.Socket s -> Optional.empty();
      case Kind.PerCpuVariable v -> Optional.empty();
      case Kind.CodeReference c -> Optional.empty();
    };
  }
}
