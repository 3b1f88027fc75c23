package dev.assay.verifier.semantics;

import dev.assay.isa.Register;
import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.Kind;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.List;

/** What is known of registers, in words for people. */
public final class Describe {
  private Describe() {}

  /** One line for each register of the set {@code registers} (bit n for register n). */
  public static List<String> registers(Setting setting, State state, int registers) {
    List<String> lines = new ArrayList<>();
    for (int r = 0; r < State.REGISTERS; r++) {
      if ((registers >>> r & 1) != 0) {
        lines.add(Register.of(r) + ": " + value(setting, state, state.register(r)));
      }
    }
    return lines;
  }

  /** What one value is. */
  public static String value(Setting setting, State state, Value value) {
    String orNull = value.kind().nullable() ? ", or null" : "";
    return switch (value.kind()) {
      case Kind.Basic basic ->
        switch (basic) {
          case UNINITIALISED -> "not initialised on every path";
          case UNUSABLE -> "different things on different paths, or invalidated since";
          case NUMBER -> "number" + range(state.scalar(value), " ");
          case CONTEXT -> "context pointer" + offset(state, value);
          case PACKET -> packet(state, value);
        };
      case Kind.FramePointer p ->
        (p.frame() == state.depth() - 1 ? "stack pointer" : "pointer into the stack of a caller")
            + offset(state, value);
      case Kind.MapReference m -> "map " + setting.mapName(m.map());
      case Kind.InnerMap m -> "map found in " + setting.mapName(m.outer()) + orNull;
      case Kind.MapValue v ->
        "pointer to a value of "
            + setting.mapName(v.map())
            + setting.shape(v).map(map -> " (" + map.valueSize() + " bytes)").orElse("")
            + offset(state, value)
            + orNull;
      case Kind.Memory m ->
        "pointer to " + m.type() + " (" + m.size() + " bytes)" + offset(state, value) + orNull;
      case Kind.KernelObject k -> kernelObject(k) + offset(state, value) + orNull;
      case Kind.Socket s -> "pointer to a socket" + offset(state, value) + orNull;
      case Kind.PerCpuVariable v -> "address of the per-CPU variable " + v.name();
      case Kind.CodeReference c -> "address of the function at slot " + c.slot();
    };
  }

  private static String kernelObject(Kind.KernelObject object) {
    if (object.untyped()) {
      return "kernel pointer or number";
    }
    String loaded =
        switch (object.trust()) {
          case CERTAIN, VOUCHED, DERIVED, PASSED -> "";
          case WALKED -> ", loaded from a field";
          case UNTRUSTED -> ", loaded from a field, and not to be relied on";
        };
    return "pointer to the kernel's " + (object.type().isEmpty() ? "objects" : object.type())
        + loaded;
  }

  private static String packet(State state, Value value) {
    Scalar size = state.scalar(state.packetSize());
    String end = value.symbol() == state.packetSize().symbol() && !value.isLiteral()
        ? " (from data_end on: " + value.shift() + ")"
        : "";
    return "packet pointer" + offset(state, value) + end + "; the packet has at least "
        + Math.max(0, size.signedMin()) + " bytes";
  }

  private static String offset(State state, Value value) {
    Scalar offset = state.scalar(value);
    return offset.isConstant() && offset.constantValue() == 0
        ? ""
        : ", offset" + range(offset, " ");
  }

  /** The possible values of a scalar. */
  public static String range(Scalar scalar, String before) {
    if (scalar.isConstant()) {
      return before + scalar.constantValue();
    }
    if (scalar.isTop()) {
      return before + "of any value";
    }
    StringBuilder text = new StringBuilder(before);
    if (scalar.signedMin() != Long.MIN_VALUE || scalar.signedMax() != Long.MAX_VALUE) {
      text.append("in [")
          .append(bound(scalar.signedMin()))
          .append(", ")
          .append(bound(scalar.signedMax()))
          .append(']');
    } else {
      text.append("of unsigned value in [")
          .append(Long.toUnsignedString(scalar.unsignedMin()))
          .append(", ")
          .append(Long.toUnsignedString(scalar.unsignedMax()))
          .append(']');
    }
    int zeros = Long.numberOfTrailingZeros(scalar.bitsMask() | scalar.bitsValue());
    if (zeros > 0 && zeros < 32) {
      text.append(", a multiple of ").append(1L << zeros);
    }
    return text.toString();
  }

  private static String bound(long value) {
    if (value == Long.MIN_VALUE) {
      return "-2^63";
    }
    return value == Long.MAX_VALUE ? "2^63-1" : Long.toString(value);
  }
}
