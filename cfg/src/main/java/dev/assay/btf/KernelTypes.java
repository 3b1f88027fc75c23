package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Member;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The types of a kernel, as programs that follow its pointers need them: what lies at an offset of a struct. Safe for use by several
 * threads.
 *
 * <p>Structs are gone through as Linux does it (6.18, {@code kernel/bpf/btf.c}, {@code btf_struct_walk}): of the members of a union
 * the first that covers the offset counts, and arrays of several dimensions count as one array of their elements.
 */
public final class KernelTypes {
  /** The section of variables that each CPU has (Linux, include/asm-generic/vmlinux.lds.h). */
  private static final String PER_CPU = ".data..percpu";

  private final BtfTypes types;
  private final Map<Place, Found> found = new ConcurrentHashMap<>();
  private volatile @Nullable Set<String> perCpu;

  private KernelTypes(BtfTypes types) {
    this.types = types;
  }

  private record Place(int composite, long offset, int size, boolean openEnd) {}

  /** What lies at an offset of a struct. */
  public sealed interface Found {
    /** A number, or a part of one, or of several neighbours in one array. */
    record Number() implements Found {}

    /**
     * A pointer, the whole of it.
     *
     * @param target the type that it points to
     * @param owner the innermost struct or union that has it as a member, also where it lies in a member of that without name and type name
     * @param member its name there
     * @param choice whether it lies in a union of several members, so that the bytes may mean something else
     */
    record Pointer(int target, int owner, String member, boolean choice) implements Found {}

    /** Some bytes of a pointer, or bytes of a pointer and of what is beside it. */
    record PartOfPointer(String member) implements Found {}

    /** No member, or more than one and not all within one array. */
    record Nothing() implements Found {}

    /** Bytes that are not all within the struct. */
    record Outside() implements Found {}
  }

  /** These types, with those of a kernel in it. */
  public static KernelTypes of(BtfTypes types) {
    return new KernelTypes(types);
  }

  /** The types themselves. */
  public BtfTypes types() {
    return types;
  }

  /** The id of the struct or union with this name; of several, the first. */
  public OptionalInt composite(String name) {
    return types.find(name, Composite.class);
  }

  /** The id of the variable with this name, if it is among those whose types the kernel tells. */
  public OptionalInt variable(String name) {
    return types.find(name, BtfType.Variable.class);
  }

  /** Whether each CPU has its own variable of this name. */
  public boolean isPerCpu(String name) {
    Set<String> names = perCpu;
    if (names == null) {
      names = Set.copyOf(types.inSection(PER_CPU).keySet());
      perCpu = names;
    }
    return names.contains(name);
  }

  /**
   * What an access to {@code size} bytes at {@code offset} of a struct or union finds.
   *
   * @param composite its id
   * @param offset bytes from its start; any value
   * @param openEnd whether an array of no length at its end has any number of elements
   */
  public Found at(int composite, long offset, int size, boolean openEnd) {
    return found.computeIfAbsent(
        new Place(composite, offset, size, openEnd),
        place -> find(place.composite(), place.offset(), place.size(), place.openEnd()));
  }

  /**
   * Whether at {@code offset} of a struct or union another one starts: itself, or a member of it, of a member of that, and so on.
   */
  public boolean contains(int composite, long offset, int wanted) {
    int at = types.resolve(composite);
    long rest = offset;
    for (int step = 0; step < BtfTypes.DEPTH; step++) {
      if (rest == 0 && at == wanted) {
        return true;
      }
      if (!(types.type(at) instanceof Composite struct)
          || rest < 0
          || rest >= Integer.toUnsignedLong(struct.size())) {
        return false;
      }
      Optional<Part> part = part(struct, rest, 1);
      if (part.isEmpty() || !(types.type(part.get().type) instanceof Composite)) {
        return false;
      }
      at = part.get().type;
      rest -= part.get().start;
    }
    return false;
  }

  /**
   * A member, or an element of one that is an array.
   *
   * @param type its type without typedefs and qualifiers
   * @param start where it starts in its struct, in bytes
   * @param size its bytes
   * @param end where the member ends, with all its elements
   */
  private record Part(Member member, int type, long start, long size, long end) {}

  private Found find(int composite, long offset, int size, boolean openEnd) {
    int at = types.resolve(composite);
    int owner = at;
    long rest = offset;
    boolean choice = false;
    for (int step = 0; step < BtfTypes.DEPTH; step++) {
      if (!(types.type(at) instanceof Composite struct)) {
        return new Found.Nothing();
      }
      choice |= struct.union() && struct.members().size() != 1;
      if (rest < 0 || rest > Integer.toUnsignedLong(struct.size()) - size) {
        Optional<Part> element = openEnd ? elementBehind(struct, rest) : Optional.empty();
        if (element.isEmpty()) {
          return step == 0 ? new Found.Outside() : new Found.Nothing();
        }
        if (!(types.type(element.get().type) instanceof Composite)) {
          return new Found.Number();
        }
        at = element.get().type;
        owner = at;
        rest -= element.get().start;
        continue;
      }
      if (bitfield(struct, rest, size)) {
        return new Found.Number();
      }
      Optional<Part> part = part(struct, rest, size);
      if (part.isEmpty()) {
        return new Found.Nothing();
      }
      if (!(types.type(part.get().type) instanceof Composite)) {
        return leaf(part.get(), owner, rest, size, choice);
      }
      at = part.get().type;
      rest -= part.get().start;
      if (!part.get().member.name().isEmpty() || !types.name(at).isEmpty()) {
        owner = at;
      }
    }
    return new Found.Nothing();
  }

  private Found leaf(Part part, int owner, long offset, int size, boolean choice) {
    if (types.type(part.type) instanceof BtfType.Pointer pointer) {
      return part.start == offset && part.size == size
          ? new Found.Pointer(pointer.target(), owner, part.member.name(), choice)
          : new Found.PartOfPointer(part.member.name());
    }
    // Within an array of numbers, accesses may be larger than one element, as those to skb->cb are.
    return offset + size <= part.end ? new Found.Number() : new Found.Nothing();
  }

  /** The first member that covers the byte at {@code offset}, bitfields and what has no size apart. */
  private Optional<Part> part(Composite struct, long offset, int size) {
    for (Member member : struct.members()) {
      long start = Integer.toUnsignedLong(member.bitOffset()) / 8;
      if (start >= offset + size || (member.bitfieldBits() == 0 && start > offset)) {
        return Optional.empty();
      }
      OptionalInt bytes = types.size(member.type());
      if (member.bitfieldBits() != 0 || bytes.isEmpty() || offset >= start + bytes.getAsInt()) {
        continue;
      }
      int element = element(member.type());
      int elementBytes = types.size(element).orElse(0);
      if (elementBytes == 0) {
        continue;
      }
      long first = start + (offset - start) / elementBytes * elementBytes;
      return Optional.of(new Part(member, element, first, elementBytes, start + bytes.getAsInt()));
    }
    return Optional.empty();
  }

  /** Whether the access has the whole of a bitfield, before it comes to any other member that it starts in. */
  private boolean bitfield(Composite struct, long offset, int size) {
    for (Member member : struct.members()) {
      long bit = Integer.toUnsignedLong(member.bitOffset());
      if (bit / 8 >= offset + size) {
        return false;
      }
      if (member.bitfieldBits() != 0) {
        if (offset <= bit / 8 && (bit + member.bitfieldBits() + 7) / 8 <= offset + size) {
          return true;
        }
      } else if (bit / 8 > offset
          || offset < bit / 8 + types.size(member.type()).orElse(0)) {
        return false;
      }
    }
    return false;
  }

  /** The element at {@code offset} of the array of no length at the struct's end: a number, or a struct. */
  private Optional<Part> elementBehind(Composite struct, long offset) {
    if (struct.members().isEmpty()) {
      return Optional.empty();
    }
    Member last = struct.members().getLast();
    long start = Integer.toUnsignedLong(last.bitOffset()) / 8;
    if (!(types.resolved(last.type()) instanceof Array array)
        || array.length() != 0
        || offset < start) {
      return Optional.empty();
    }
    int element = types.resolve(array.element());
    long bytes = types.size(element).orElse(0);
    boolean followed =
        types.type(element) instanceof BtfType.Int || types.type(element) instanceof Composite;
    return bytes == 0 || !followed
        ? Optional.empty()
        : Optional.of(new Part(
            last, element, start + (offset - start) / bytes * bytes, bytes, Long.MAX_VALUE));
  }

  /** What an array, an array of arrays, … consists of; the type itself if it is none. */
  private int element(int type) {
    int at = types.resolve(type);
    for (int step = 0; step < BtfTypes.DEPTH && types.type(at) instanceof Array array; step++) {
      at = types.resolve(array.element());
    }
    return at;
  }
}
