package dev.assay.graph;

import dev.assay.isa.WideImmediate;
import java.util.List;
import java.util.OptionalInt;

/** Where the value of a register comes from, as far as a forward pass over one function tells. */
public sealed interface Origin {

  /** Anything but a pointer into the frame of this function's running call, or a code address. */
  record Elsewhere() implements Origin {}

  /** A number, the same on every path. */
  record Number(long value) implements Origin {}

  /** A 64-bit immediate other than a plain number: a map, a map's value, a variable's or a code address. */
  record Immediate(WideImmediate value) implements Origin {}

  /**
   * One of several 64-bit immediates that are neither plain numbers nor code addresses: on some paths one, on others
   * another.
   *
   * @param values at least two
   */
  record AnyImmediate(List<WideImmediate> values) implements Origin {
    public AnyImmediate {
      values = List.copyOf(values);
    }
  }

  /**
   * Perhaps a pointer into this function's frame; certainly one if the offset is known.
   *
   * @param offset the offset in bytes from r10, negative within the frame; empty if not known
   */
  record Frame(OptionalInt offset) implements Origin {}
}
