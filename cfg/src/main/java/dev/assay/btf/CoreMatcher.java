package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds in the target what a relocation is about, by the rules of libbpf ({@code relo_core.c}):
 * types by their name without flavour, members and enumerators by name.
 */
final class CoreMatcher {
  private final BtfTypes local;
  private final BtfTypes target;
  private final StepBudget budget;
  private final CoreComparison comparison;

  CoreMatcher(BtfTypes local, BtfTypes target, StepBudget budget) {
    this.local = local;
    this.target = target;
    this.budget = budget;
    comparison = new CoreComparison(local, target, budget);
  }

  /** The target's types that may stand for a type of the object: same name and same kind. */
  List<Integer> candidates(int localId) throws MalformedBtfException {
    List<Integer> candidates = new ArrayList<>();
    for (int id : target.namedEssentially(CoreNames.essential(local.name(localId)))) {
      budget.spend(1);
      if (CoreComparison.sameKind(budget.look(local, localId), budget.look(target, id))) {
        candidates.add(id);
      }
    }
    return candidates;
  }

  /** The way in the target, from one of its types, that a way in the object corresponds to. */
  Optional<CorePath> follow(CorePath path, int targetRoot) throws MalformedBtfException {
    int at = target.resolve(targetRoot);
    List<CorePath.Step> steps = new ArrayList<>();
    long bitOffset = 0;
    for (CorePath.Step step : path.steps()) {
      if (step.isElement()) {
        if (!steps.isEmpty()) {
          if (!(target.resolved(at) instanceof Array array)
              || (Integer.compareUnsigned(step.index(), array.length()) >= 0
                  && !CorePath.flexible(target, steps.getLast(), array))) {
            return Optional.empty();
          }
          at = target.resolve(array.element());
        }
        steps.add(new CorePath.Step(at, step.index(), ""));
        bitOffset += 8L * step.index() * target.size(at).orElse(0);
      } else {
        Composite struct = (Composite) budget.look(local, step.type());
        Optional<Place> place = find(struct.members().get(step.index()), at, 0);
        if (place.isEmpty()) {
          return Optional.empty();
        }
        steps.add(new CorePath.Step(place.get().struct, place.get().index, step.name()));
        bitOffset += place.get().bitOffset;
        at = place.get().type;
      }
    }
    return Optional.of(new CorePath(target.resolve(targetRoot), steps, bitOffset));
  }

  /**
   * A member of the target: the struct that holds it, its index there, its type, and its offset
   * from where the search began.
   */
  private record Place(int struct, int index, int type, long bitOffset) {}

  /**
   * The first member with the name of {@code wanted}, looked for in anonymous ones in passing;
   * empty also if its type differs.
   */
  private Optional<Place> find(Member wanted, int structId, int depth)
      throws MalformedBtfException {
    int id = target.resolve(structId);
    if (depth > BtfTypes.DEPTH || !(budget.look(target, id) instanceof Composite struct)) {
      return Optional.empty();
    }
    for (int i = 0; i < struct.members().size(); i++) {
      Member member = struct.members().get(i);
      long offset = Integer.toUnsignedLong(member.bitOffset());
      if (member.name().isEmpty()) {
        Optional<Place> inside = find(wanted, member.type(), depth + 1);
        if (inside.isPresent()) {
          Place place = inside.get();
          return Optional.of(
              new Place(place.struct, place.index, place.type, offset + place.bitOffset));
        }
      } else if (member.name().equals(wanted.name())) {
        return comparison.fieldsAreCompatible(wanted.type(), member.type())
            ? Optional.of(new Place(id, i, member.type(), offset))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** The enumerator of the target's type that has the name of one of the object's. */
  Optional<CorePath> followEnumerator(CorePath path, int targetRoot) throws MalformedBtfException {
    int id = target.resolve(targetRoot);
    if (budget.look(target, id) instanceof Enumeration enumeration) {
      String wanted = CoreNames.essential(path.last().name());
      for (int i = 0; i < enumeration.enumerators().size(); i++) {
        String name = enumeration.enumerators().get(i).name();
        if (CoreNames.essential(name).equals(wanted)) {
          return Optional.of(new CorePath(targetRoot, List.of(new CorePath.Step(id, i, name)), 0));
        }
      }
    }
    return Optional.empty();
  }
}
