package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * A way from a type to what a relocation is about, through members with names and elements of
 * arrays; anonymous members are passed through.
 *
 * @param root the type that the way starts from, without typedefs and qualifiers for fields
 * @param steps the first is the index of the root itself, as if it stood in an array
 * @param bitOffset where the way ends, from the root's start
 */
record CorePath(int root, List<Step> steps, long bitOffset) {
  private static final int LONGEST = 64;

  CorePath {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param type the struct whose member it is, or the element's type
   * @param index of the member or element; for enumerations of the enumerator
   * @param name of the member or enumerator; empty for an element
   */
  record Step(int type, int index, String name) {
    boolean isElement() {
      return name.isEmpty();
    }
  }

  /** The last step. */
  Step last() {
    return steps.getLast();
  }

  /**
   * The way that a relocation's access string describes.
   *
   * @throws MalformedBtfException if the types have no such way
   */
  static CorePath parse(BtfTypes types, CoreRelocation relocation, StepBudget budget)
      throws MalformedBtfException {
    return switch (relocation.kind()) {
      case TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, TYPE_MATCHES ->
        new CorePath(relocation.type(), List.of(), 0);
      case ENUMERATOR_EXISTS, ENUMERATOR_VALUE -> enumerator(types, relocation, budget);
      case FIELD_BYTE_OFFSET,
          FIELD_BYTE_SIZE,
          FIELD_EXISTS,
          FIELD_SIGNED,
          FIELD_LEFT_SHIFT,
          FIELD_RIGHT_SHIFT -> field(types, relocation, budget);
    };
  }

  private static CorePath enumerator(BtfTypes types, CoreRelocation relocation, StepBudget budget)
      throws MalformedBtfException {
    int[] indices = indices(relocation);
    int id = types.resolve(relocation.type());
    if (indices.length == 1
        && budget.look(types, id) instanceof Enumeration enumeration
        && indices[0] < enumeration.enumerators().size()) {
      String name = enumeration.enumerators().get(indices[0]).name();
      return new CorePath(relocation.type(), List.of(new Step(id, indices[0], name)), 0);
    }
    throw malformed(types, relocation);
  }

  private static CorePath field(BtfTypes types, CoreRelocation relocation, StepBudget budget)
      throws MalformedBtfException {
    int[] indices = indices(relocation);
    int root = types.resolve(relocation.type());
    int at = root;
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(at, indices[0], ""));
    long bitOffset =
        8L * indices[0] * types.size(at).orElseThrow(() -> malformed(types, relocation));
    for (int i = 1; i < indices.length; i++) {
      at = types.resolve(at);
      int index = indices[i];
      switch (budget.look(types, at)) {
        case Composite struct
        when index < struct.members().size() -> {
          Member member = struct.members().get(index);
          bitOffset += Integer.toUnsignedLong(member.bitOffset());
          if (!member.name().isEmpty()) {
            steps.add(new Step(at, index, member.name()));
          }
          at = member.type();
        }
        case Array array
        when Integer.compareUnsigned(index, array.length()) < 0
            || flexible(types, steps.getLast(), array) -> {
          at = types.resolve(array.element());
          steps.add(new Step(at, index, ""));
          bitOffset += 8L * index * types.size(at).orElseThrow(() -> malformed(types, relocation));
        }
        default -> throw malformed(types, relocation);
      }
    }
    return new CorePath(root, steps, bitOffset);
  }

  /**
   * Whether an array that a step leads to may have any number of elements: it is the last member of
   * its struct and has none itself.
   */
  static boolean flexible(BtfTypes types, Step step, Array array) {
    return array.length() == 0
        && !step.isElement()
        && types.type(step.type) instanceof Composite struct
        && step.index == struct.members().size() - 1;
  }

  private static int[] indices(CoreRelocation relocation) throws MalformedBtfException {
    String[] parts = relocation.access().split(":", LONGEST + 1);
    int[] indices = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (parts.length > LONGEST || !parts[i].matches("[0-9]{1,9}")) {
        throw new MalformedBtfException("the access string \"" + relocation.access()
            + "\" of a CO-RE relocation is not up to 64 numbers and colons");
      }
      indices[i] = Integer.parseInt(parts[i]);
    }
    return indices;
  }

  private static MalformedBtfException malformed(BtfTypes types, CoreRelocation relocation) {
    return new MalformedBtfException(
        "the CO-RE relocation for %s, access %s, does not fit that type"
            .formatted(types.describe(relocation.type()), relocation.access()));
  }
}
