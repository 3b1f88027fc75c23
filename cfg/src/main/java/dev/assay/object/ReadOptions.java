package dev.assay.object;

import dev.assay.btf.BtfTypes;
import java.util.Optional;

/**
 * What reading an object depends on, besides its bytes.
 *
 * @param target the types of the kernel that CO-RE relocations are resolved against; empty: the
 *     object's own
 */
public record ReadOptions(Optional<BtfTypes> target) {
  /** CO-RE relocations against the object's own types. */
  public static final ReadOptions DEFAULT = new ReadOptions(Optional.empty());

  /** CO-RE relocations against {@code target}. */
  public static ReadOptions against(BtfTypes target) {
    return new ReadOptions(Optional.of(target));
  }
}
