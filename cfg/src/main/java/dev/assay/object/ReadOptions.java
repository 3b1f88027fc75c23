package dev.assay.object;

import dev.assay.btf.BtfTypes;
import java.util.Optional;

/**
 * What reading an object depends on, besides its bytes.
 *
 * @param target the types of the kernel that CO-RE relocations are resolved against; empty: the
 *     object's own
 * @param openMaps what is behind the file descriptors in its code
 */
public record ReadOptions(Optional<BtfTypes> target, OpenMaps openMaps) {
  /** CO-RE relocations against the object's own types, and no file descriptors. */
  public static final ReadOptions DEFAULT = new ReadOptions(Optional.empty(), OpenMaps.NONE);

  /** These options with CO-RE relocations against {@code types}. */
  public ReadOptions against(BtfTypes types) {
    return new ReadOptions(Optional.of(types), openMaps);
  }

  /** These options with maps behind file descriptors. */
  public ReadOptions withOpenMaps(OpenMaps maps) {
    return new ReadOptions(target, maps);
  }
}
