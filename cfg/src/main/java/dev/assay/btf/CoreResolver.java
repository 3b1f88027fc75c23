package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Int;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Pointer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers an object's CO-RE relocations for a target, as libbpf does. Without a target, the
 * object's own types answer: each stands for itself.
 */
public final class CoreResolver {
  private static final int POINTER_BYTES = 8;

  private final BtfTypes local;
  private final Optional<BtfTypes> target;
  private final ByteOrder order;
  private final StepBudget budget = new StepBudget();
  private final CoreMatcher matcher;
  private final CoreComparison comparison;
  private final Map<Question, CoreAnswer> answers = new HashMap<>();

  private record Question(int type, String access, CoreKind kind) {}

  /** A field, seen as the smallest aligned integer that contains it. */
  private record Field(
      long byteOffset, int bytes, long bitOffset, int bits, boolean bitfield, int type) {}

  /**
   * @param order of the target, on which the shifts of bitfields depend
   */
  public CoreResolver(BtfTypes local, Optional<BtfTypes> target, ByteOrder order) {
    this.local = local;
    this.target = target;
    this.order = order;
    this.matcher = new CoreMatcher(local, target.orElse(local), budget);
    comparison = new CoreComparison(local, target.orElse(local), budget);
  }

  /**
   * The answer to one relocation.
   *
   * @throws MalformedBtfException if the relocation does not fit the object's types, or the
   *     target's types give several answers
   */
  public CoreAnswer answer(CoreRelocation relocation) throws MalformedBtfException {
    Question question = new Question(relocation.type(), relocation.access(), relocation.kind());
    CoreAnswer known = answers.get(question);
    if (known == null) {
      known = compute(relocation);
      answers.put(question, known);
    }
    return known;
  }

  private CoreAnswer compute(CoreRelocation relocation) throws MalformedBtfException {
    CorePath path = CorePath.parse(local, relocation, budget);
    if (target.isEmpty() || relocation.kind() == CoreKind.TYPE_ID_LOCAL) {
      return answer(relocation, path, local, path);
    }
    if (local.name(relocation.type()).isEmpty()) {
      throw new MalformedBtfException("a CO-RE relocation is for an anonymous type, number "
          + relocation.type() + ", which cannot be looked for");
    }
    BtfTypes there = target.get();
    Optional<CorePath> first = Optional.empty();
    Optional<CoreAnswer> answer = Optional.empty();
    for (int candidate : matcher.candidates(relocation.type())) {
      Optional<CorePath> found = match(relocation.kind(), path, candidate);
      if (found.isEmpty()) {
        continue;
      }
      CoreAnswer one = answer(relocation, path, there, found.get());
      if (answer.isPresent()
          && (!answer.get().equals(one)
              || first.orElseThrow().bitOffset() != found.get().bitOffset())) {
        throw new MalformedBtfException(
            "the target has several answers to the CO-RE relocation for " + describe(relocation));
      }
      first = first.or(() -> found);
      answer = Optional.of(one);
    }
    return answer.orElseGet(() -> missing(relocation));
  }

  private Optional<CorePath> match(CoreKind kind, CorePath path, int candidate)
      throws MalformedBtfException {
    return switch (kind) {
      case TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE ->
        comparison.typesAreCompatible(path.root(), candidate)
            ? Optional.of(new CorePath(candidate, List.of(), 0))
            : Optional.empty();
      case TYPE_MATCHES ->
        comparison.typesMatch(path.root(), candidate)
            ? Optional.of(new CorePath(candidate, List.of(), 0))
            : Optional.empty();
      case ENUMERATOR_EXISTS, ENUMERATOR_VALUE -> matcher.followEnumerator(path, candidate);
      case FIELD_BYTE_OFFSET,
          FIELD_BYTE_SIZE,
          FIELD_EXISTS,
          FIELD_SIGNED,
          FIELD_LEFT_SHIFT,
          FIELD_RIGHT_SHIFT -> matcher.follow(path, candidate);
    };
  }

  private CoreAnswer answer(
      CoreRelocation relocation, CorePath path, BtfTypes there, CorePath found)
      throws MalformedBtfException {
    return switch (relocation.kind()) {
      case TYPE_ID_LOCAL, TYPE_ID_TARGET -> number(0, found.root(), false);
      case TYPE_EXISTS, TYPE_MATCHES, FIELD_EXISTS, ENUMERATOR_EXISTS -> number(1, 1, false);
      case TYPE_SIZE -> number(size(local, path.root()), size(there, found.root()), true);
      case ENUMERATOR_VALUE -> number(enumerator(local, path), enumerator(there, found), true);
      case FIELD_BYTE_OFFSET, FIELD_BYTE_SIZE, FIELD_SIGNED, FIELD_LEFT_SHIFT, FIELD_RIGHT_SHIFT ->
        fieldAnswer(relocation, path, there, found);
    };
  }

  private static CoreAnswer number(long before, long value, boolean checked) {
    return new CoreAnswer.Value(before, value, checked, 0, 0, true);
  }

  private CoreAnswer fieldAnswer(
      CoreRelocation relocation, CorePath path, BtfTypes there, CorePath found)
      throws MalformedBtfException {
    Field before = field(local, path);
    Field after = field(there, found);
    if (path.last().isElement()
        && relocation.kind() != CoreKind.FIELD_BYTE_OFFSET
        && relocation.kind() != CoreKind.FIELD_BYTE_SIZE) {
      throw new MalformedBtfException(
          "a CO-RE relocation asks for bits of an array's element: " + describe(relocation));
    }
    return switch (relocation.kind()) {
      case FIELD_BYTE_OFFSET -> {
        int bytesBefore = before.bitfield ? 0 : elementSize(local, before.type);
        int bytes = after.bitfield ? 0 : elementSize(there, after.type);
        yield new CoreAnswer.Value(
            before.byteOffset,
            after.byteOffset,
            !before.bitfield,
            bytesBefore,
            bytes,
            bytesBefore == bytes
                || resizable(local.resolved(before.type), there.resolved(after.type)));
      }
      case FIELD_BYTE_SIZE -> number(before.bytes, after.bytes, !before.bitfield);
      case FIELD_SIGNED -> number(signed(local, before), signed(there, after), true);
      case FIELD_LEFT_SHIFT -> number(leftShift(before), leftShift(after), !before.bitfield);
      case FIELD_RIGHT_SHIFT -> number(64 - before.bits, 64 - after.bits, true);
      case FIELD_EXISTS, TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES ->
        throw new IllegalArgumentException(relocation.kind() + " is not about a field");
      case ENUMERATOR_EXISTS, ENUMERATOR_VALUE ->
        throw new IllegalArgumentException(relocation.kind() + " is not about a field");
    };
  }

  private Field field(BtfTypes types, CorePath path) throws MalformedBtfException {
    CorePath.Step last = path.last();
    long bitOffset = path.bitOffset();
    if (last.isElement()) {
      int bytes = size(types, last.type());
      return new Field(bitOffset / 8, bytes, bitOffset, 8 * bytes, false, last.type());
    }
    Member member = ((Composite) budget.look(types, last.type())).members().get(last.index());
    int type = types.resolve(member.type());
    int bytes = size(types, type);
    if (member.bitfieldBits() == 0) {
      return new Field(bitOffset / 8, bytes, bitOffset, 8 * bytes, false, type);
    }
    if (bytes == 0) {
      throw new MalformedBtfException("bitfield " + member.name() + " has a type without size");
    }
    long start = bitOffset / 8 / bytes * bytes;
    while (bitOffset + member.bitfieldBits() > 8 * (start + bytes)) {
      if (bytes >= 8) {
        throw new MalformedBtfException(
            "bitfield " + member.name() + " does not fit into an aligned integer of 8 bytes");
      }
      bytes *= 2;
      start = bitOffset / 8 / bytes * bytes;
    }
    return new Field(start, bytes, bitOffset, member.bitfieldBits(), true, type);
  }

  private long leftShift(Field field) {
    long bitsBefore = field.bitOffset - 8 * field.byteOffset;
    return order == ByteOrder.LITTLE_ENDIAN
        ? 64 - (bitsBefore + field.bits)
        : 8L * (8 - field.bytes) + bitsBefore;
  }

  private static long signed(BtfTypes types, Field field) {
    return switch (types.type(field.type)) {
      case Int number -> number.signed() ? 1 : 0;
      case Enumeration enumeration -> enumeration.signed() ? 1 : 0;
      default -> 0;
    };
  }

  private static boolean resizable(BtfType before, BtfType after) {
    return (before instanceof Pointer && after instanceof Pointer)
        || (before instanceof Int one
            && after instanceof Int other
            && !one.signed()
            && !other.signed());
  }

  /** The size of a field, or of an element of it if it is an array: what one load of it moves. */
  private static int elementSize(BtfTypes types, int type) throws MalformedBtfException {
    int at = type;
    for (int step = 0; step < BtfTypes.DEPTH && types.resolved(at) instanceof Array array; step++) {
      at = array.element();
    }
    return size(types, at);
  }

  private static int size(BtfTypes types, int type) throws MalformedBtfException {
    return types.resolved(type) instanceof Pointer
        ? POINTER_BYTES
        : types
            .size(type)
            .orElseThrow(() -> new MalformedBtfException("a CO-RE relocation needs the size of "
                + types.describe(type) + ", which has none"));
  }

  private long enumerator(BtfTypes types, CorePath path) throws MalformedBtfException {
    CorePath.Step step = path.last();
    return ((Enumeration) budget.look(types, step.type()))
        .enumerators()
        .get(step.index())
        .value();
  }

  /**
   * Nothing in the target corresponds: for questions about existence and types that is an answer,
   * else the instruction is wrong.
   */
  private CoreAnswer missing(CoreRelocation relocation) {
    return switch (relocation.kind()) {
      case FIELD_EXISTS,
          ENUMERATOR_EXISTS,
          TYPE_EXISTS,
          TYPE_MATCHES,
          TYPE_SIZE,
          TYPE_ID_TARGET,
          TYPE_ID_LOCAL -> number(0, 0, false);
      case FIELD_BYTE_OFFSET,
          FIELD_BYTE_SIZE,
          FIELD_SIGNED,
          FIELD_LEFT_SHIFT,
          FIELD_RIGHT_SHIFT,
          ENUMERATOR_VALUE -> new CoreAnswer.Missing("the target has no " + describe(relocation));
    };
  }

  private String describe(CoreRelocation relocation) {
    StringBuilder text = new StringBuilder(local.describe(relocation.type()));
    try {
      for (CorePath.Step step : CorePath.parse(local, relocation, budget).steps()) {
        if (!step.isElement()) {
          text.append('.').append(step.name());
        } else if (step.index() != 0) {
          text.append('[').append(step.index()).append(']');
        }
      }
    } catch (MalformedBtfException e) {
      text.append(", access ").append(relocation.access());
    }
    return text.toString();
  }
}
