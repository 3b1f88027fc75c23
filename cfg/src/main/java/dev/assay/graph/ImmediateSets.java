package dev.assay.graph;

import dev.assay.isa.WideImmediate;
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.isa.WideImmediate.Constant;
import dev.assay.isa.WideImmediate.MapByFd;
import dev.assay.isa.WideImmediate.MapByIndex;
import dev.assay.isa.WideImmediate.MapValueByFd;
import dev.assay.isa.WideImmediate.MapValueByIndex;
import dev.assay.isa.WideImmediate.VariableAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Small sets of 64-bit immediates, numbered, so that a {@link FrameValue} can name one. */
final class ImmediateSets {
  /** A value that may be one of more is {@code ELSEWHERE}. */
  private static final int LARGEST = 8;

  private final List<Set<WideImmediate>> sets = new ArrayList<>();
  private final Map<Set<WideImmediate>, Integer> numbers = new HashMap<>();

  /** The value that is this immediate. */
  long value(WideImmediate immediate) {
    return switch (immediate) {
      case Constant(long value) -> FrameValue.number(value);
      case CodeAddress _ -> FrameValue.code(number(Set.of(immediate)));
      case MapByFd _, MapValueByFd _, VariableAddress _, MapByIndex _, MapValueByIndex _ ->
        FrameValue.immediate(number(Set.of(immediate)));
    };
  }

  private int number(Set<WideImmediate> set) {
    return numbers.computeIfAbsent(set, key -> {
      sets.add(key);
      return sets.size() - 1;
    });
  }

  /** The least upper bound of two values. */
  long join(long left, long right) {
    if (left == right || !FrameValue.isImmediate(left) || !FrameValue.isImmediate(right)) {
      return FrameValue.join(left, right);
    }
    Set<WideImmediate> union = new LinkedHashSet<>(set(left));
    union.addAll(set(right));
    return union.size() <= LARGEST ? FrameValue.immediate(number(union)) : FrameValue.ELSEWHERE;
  }

  private Set<WideImmediate> set(long value) {
    return sets.get((int) FrameValue.payload(value));
  }

  Origin origin(long value) {
    if (FrameValue.isNumber(value)) {
      return new Origin.Number(FrameValue.payload(value));
    }
    if (FrameValue.isImmediate(value) || FrameValue.isCode(value)) {
      List<WideImmediate> immediates = List.copyOf(set(value));
      return immediates.size() == 1
          ? new Origin.Immediate(immediates.getFirst())
          : new Origin.AnyImmediate(immediates);
    }
    if (FrameValue.mayBeFrame(value)) {
      return new Origin.Frame(
          FrameValue.isExactFrame(value)
              ? OptionalInt.of(FrameValue.lowest(value))
              : OptionalInt.empty());
    }
    return new Origin.Elsewhere();
  }
}
