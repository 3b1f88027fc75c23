package dev.assay.object;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Pointer;
import dev.assay.btf.BtfType.TypeTag;
import dev.assay.btf.BtfTypes;
import dev.assay.object.MapDefinition.SpecialField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a map's value that only certain helpers may touch, found by the names and tags of
 * their types, as Linux does.
 */
final class SpecialFields {
  private static final Set<String> STRUCTS = Set.of(
      "bpf_spin_lock",
      "bpf_res_spin_lock",
      "bpf_timer",
      "bpf_wq",
      "bpf_task_work",
      "bpf_list_head",
      "bpf_list_node",
      "bpf_rb_root",
      "bpf_rb_node",
      "bpf_refcount");
  private static final Set<String> POINTER_TAGS =
      Set.of("kptr", "kptr_untrusted", "percpu_kptr", "uptr");
  private static final int DEEPEST = 32;

  /** Linux allows 11 fields a value; what is far beyond is a broken object. */
  private static final int MOST_FIELDS = 256;

  private final BtfTypes types;
  private final Map<Integer, List<SpecialField>> known = new HashMap<>();

  SpecialFields(BtfTypes types) {
    this.types = types;
  }

  /** The special fields of a type, by offset. */
  List<SpecialField> of(int type) throws MalformedObjectException {
    List<SpecialField> fields = new ArrayList<>(fields(type, 0));
    fields.sort(Comparator.comparingInt(SpecialField::offset));
    return fields;
  }

  private List<SpecialField> fields(int type, int depth) throws MalformedObjectException {
    int resolved = types.resolve(type);
    List<SpecialField> before = known.get(resolved);
    if (before != null || depth > DEEPEST) {
      return before == null ? List.of() : before;
    }
    // A struct that contains itself is broken: its inner self has no fields.
    known.put(resolved, List.of());
    List<SpecialField> found = new ArrayList<>();
    switch (types.type(resolved)) {
      case Composite struct
      when STRUCTS.contains(struct.name()) ->
        found.add(new SpecialField(struct.name(), 0, struct.size(), 0));
      case Composite struct -> {
        for (Member member : struct.members()) {
          if (member.bitfieldBits() == 0) {
            addShifted(
                found,
                fields(member.type(), depth + 1),
                Integer.toUnsignedLong(member.bitOffset()) / 8);
          }
        }
      }
      case Array array -> {
        List<SpecialField> element = fields(array.element(), depth + 1);
        long size = types.size(array.element()).orElse(0);
        for (long i = 0; !element.isEmpty() && i < Integer.toUnsignedLong(array.length()); i++) {
          addShifted(found, element, i * size);
        }
      }
      case Pointer(int target) -> {
        if (types.type(target) instanceof TypeTag tag && POINTER_TAGS.contains(tag.name())) {
          found.add(new SpecialField(tag.name(), 0, 8, types.resolve(tag.target())));
        }
      }
      case BtfType.Void _,
          BtfType.Int _,
          BtfType.Enumeration _,
          BtfType.Forward _,
          BtfType.Floating _ -> {}
      case BtfType.Typedef _, BtfType.Qualified _, TypeTag _, BtfType.DeclarationTag _ -> {}
      case BtfType.Function _, BtfType.Prototype _, BtfType.Variable _, BtfType.Section _ -> {}
    }
    known.put(resolved, found);
    return found;
  }

  private void addShifted(List<SpecialField> fields, List<SpecialField> more, long shift)
      throws MalformedObjectException {
    for (SpecialField field : more) {
      long offset = field.offset() + shift;
      if (fields.size() == MOST_FIELDS || offset > Integer.MAX_VALUE) {
        throw new MalformedObjectException(
            "a map's value has more than " + MOST_FIELDS + " locks, timers and the like");
      }
      fields.add(new SpecialField(field.typeName(), (int) offset, field.size(), field.pointee()));
    }
  }
}
