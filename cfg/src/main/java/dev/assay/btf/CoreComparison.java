package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Enumerator;
import dev.assay.btf.BtfType.Forward;
import dev.assay.btf.BtfType.Int;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Parameter;
import dev.assay.btf.BtfType.Pointer;
import dev.assay.btf.BtfType.Prototype;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When a type of the object and one of the target are the same for CO-RE: the rules of libbpf
 * ({@code relo_core.c}), on which programs rely. Names are compared without flavours throughout.
 */
final class CoreComparison {
  private final BtfTypes local;
  private final BtfTypes target;
  private final StepBudget budget;
  private final Map<Pair, Boolean> matches = new HashMap<>();

  /**
   * Two types that are compared; {@code behindPointer} if only what they are matters, not what they
   * hold.
   */
  private record Pair(int local, int target, boolean behindPointer) {}

  CoreComparison(BtfTypes local, BtfTypes target, StepBudget budget) {
    this.local = local;
    this.target = target;
    this.budget = budget;
  }

  /**
   * Whether reading a field of one type as the other makes sense: structs always, integers of any
   * size, pointers of any kind.
   */
  boolean fieldsAreCompatible(int localId, int targetId) throws MalformedBtfException {
    int one = localId;
    int other = targetId;
    for (int step = 0; step < BtfTypes.DEPTH; step++) {
      budget.spend(1);
      BtfType left = budget.look(local, local.resolve(one));
      BtfType right = budget.look(target, target.resolve(other));
      if (left instanceof Composite && right instanceof Composite) {
        return true;
      }
      if (!sameKind(left, right)) {
        return false;
      }
      if (!(left instanceof Array elements) || !(right instanceof Array others)) {
        return switch (left) {
          case Pointer _, BtfType.Floating _ -> true;
          case Int number -> number.bitOffset() == 0 && ((Int) right).bitOffset() == 0;
          case Forward _, Enumeration _ ->
            left.name().isEmpty() || right.name().isEmpty() || sameName(left.name(), right.name());
          case BtfType.Void _, Array _, Composite _, BtfType.Typedef _, BtfType.Qualified _ ->
            false;
          case BtfType.Function _, Prototype _, BtfType.Variable _, BtfType.Section _ -> false;
          case BtfType.DeclarationTag _, BtfType.TypeTag _ -> false;
        };
      }
      one = elements.element();
      other = others.element();
    }
    return false;
  }

  /** Whether a type exists in the target, whatever it holds. */
  boolean typesAreCompatible(int localId, int targetId) throws MalformedBtfException {
    return typesAreCompatible(localId, targetId, BtfTypes.DEPTH);
  }

  private boolean typesAreCompatible(int localId, int targetId, int depth)
      throws MalformedBtfException {
    int one = localId;
    int other = targetId;
    for (int step = 0; step < depth; step++) {
      budget.spend(1);
      BtfType left = budget.look(local, local.resolve(one));
      BtfType right = budget.look(target, target.resolve(other));
      if (!sameKind(left, right)) {
        return false;
      }
      switch (left) {
        case BtfType.Void _, Composite _, Enumeration _, Forward _ -> {
          return true;
        }
        case Int number -> {
          return number.bitOffset() == 0 && ((Int) right).bitOffset() == 0;
        }
        case Pointer pointer -> {
          one = pointer.target();
          other = ((Pointer) right).target();
        }
        case Array array -> {
          one = array.element();
          other = ((Array) right).element();
        }
        case Prototype prototype -> {
          List<Parameter> parameters = ((Prototype) right).parameters();
          if (parameters.size() != prototype.parameters().size()) {
            return false;
          }
          for (int i = 0; i < parameters.size(); i++) {
            if (!typesAreCompatible(
                prototype.parameters().get(i).type(), parameters.get(i).type(), depth - 1)) {
              return false;
            }
          }
          one = prototype.result();
          other = ((Prototype) right).result();
        }
        case BtfType.Floating _, BtfType.Typedef _, BtfType.Qualified _, BtfType.Function _ -> {
          return false;
        }
        case BtfType.Variable _, BtfType.Section _, BtfType.DeclarationTag _, BtfType.TypeTag _ -> {
          return false;
        }
      }
    }
    return false;
  }

  /**
   * Whether the target's type has all that the object's has: each member and enumerator by name,
   * with matching types.
   */
  boolean typesMatch(int localId, int targetId) throws MalformedBtfException {
    return typesMatch(localId, targetId, false, BtfTypes.DEPTH);
  }

  private boolean typesMatch(int localId, int targetId, boolean behindPointer, int depth)
      throws MalformedBtfException {
    budget.spend(1);
    if (depth <= 0) {
      return false;
    }
    Pair pair = new Pair(local.resolve(localId), target.resolve(targetId), behindPointer);
    Boolean known = matches.get(pair);
    if (known == null) {
      known = computeMatch(pair, depth);
      matches.put(pair, known);
    }
    return known;
  }

  private boolean computeMatch(Pair pair, int depth) throws MalformedBtfException {
    BtfType left = budget.look(local, pair.local);
    BtfType right = budget.look(target, pair.target);
    if (!sameName(left.name(), right.name())) {
      return false;
    }
    return switch (left) {
      case BtfType.Void _ -> right instanceof BtfType.Void;
      case Forward forward ->
        right instanceof Forward other
            ? forward.union() == other.union()
            : pair.behindPointer
                && right instanceof Composite struct
                && struct.union() == forward.union();
      case Composite struct
      when pair.behindPointer ->
        right instanceof Composite other
            ? other.union() == struct.union()
            : right instanceof Forward forward && forward.union() == struct.union();
      case Composite struct ->
        right instanceof Composite other
            && other.union() == struct.union()
            && membersMatch(struct, other, depth);
      case Enumeration enumeration ->
        right instanceof Enumeration other && enumeratorsMatch(enumeration, other);
      case Int number ->
        right instanceof Int other
            && number.size() == other.size()
            && number.signed() == other.signed();
      case Pointer pointer ->
        right instanceof Pointer other
            && typesMatch(pointer.target(), other.target(), true, depth - 1);
      case Array array ->
        right instanceof Array other
            && array.length() == other.length()
            && typesMatch(array.element(), other.element(), pair.behindPointer, depth - 1);
      case Prototype prototype ->
        right instanceof Prototype other
            && prototypesMatch(prototype, other, pair.behindPointer, depth);
      case BtfType.Floating _, BtfType.Typedef _, BtfType.Qualified _, BtfType.Function _ -> false;
      case BtfType.Variable _, BtfType.Section _, BtfType.DeclarationTag _, BtfType.TypeTag _ ->
        false;
    };
  }

  private boolean membersMatch(Composite struct, Composite other, int depth)
      throws MalformedBtfException {
    for (Member member : struct.members()) {
      boolean found = false;
      budget.spend(other.members().size());
      for (Member candidate : other.members()) {
        if (sameName(member.name(), candidate.name())
            && typesMatch(member.type(), candidate.type(), false, depth - 1)) {
          found = true;
          break;
        }
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  private boolean enumeratorsMatch(Enumeration enumeration, Enumeration other)
      throws MalformedBtfException {
    for (Enumerator enumerator : enumeration.enumerators()) {
      budget.spend(other.enumerators().size());
      if (other.enumerators().stream().noneMatch(one -> sameName(one.name(), enumerator.name()))) {
        return false;
      }
    }
    return true;
  }

  private boolean prototypesMatch(
      Prototype prototype, Prototype other, boolean behindPointer, int depth)
      throws MalformedBtfException {
    if (prototype.parameters().size() != other.parameters().size()) {
      return false;
    }
    for (int i = 0; i < prototype.parameters().size(); i++) {
      if (!typesMatch(
          prototype.parameters().get(i).type(),
          other.parameters().get(i).type(),
          behindPointer,
          depth - 1)) {
        return false;
      }
    }
    return typesMatch(prototype.result(), other.result(), behindPointer, depth - 1);
  }

  private static boolean sameName(String one, String other) {
    return CoreNames.essential(one).equals(CoreNames.essential(other));
  }

  /** Whether two types are of one kind; 32-bit and 64-bit enumerations are. */
  static boolean sameKind(BtfType one, BtfType other) {
    return one.getClass() == other.getClass()
        && !(one instanceof Composite struct && struct.union() != ((Composite) other).union());
  }
}
