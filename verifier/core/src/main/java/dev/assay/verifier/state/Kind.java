package dev.assay.verifier.state;

import dev.assay.platform.SocketClass;

/**
 * What a register or a stack cell holds. A state knows exactly one kind for each; doubt about kinds is held as several
 * states, never inside one.
 *
 * <p>A pointer is an address {@code base + offset} modulo 2⁶⁴. The kind tells the region and so the base; the offset is the
 * value's number. That reading stays exact whatever is added to the pointer, also when the sum wraps around, so that arithmetic
 * needs no check: only accesses (offset within the region) and comparisons (docs/analysis.md, "A state") do.
 */
public sealed interface Kind {

  /** Whether it is an address (possibly null), as opposed to a number or nothing. */
  default boolean isPointer() {
    return true;
  }

  /** Whether the value may be null instead of the address. */
  default boolean nullable() {
    return false;
  }

  /** The same kind with null ruled out. */
  default Kind nonNull() {
    return this;
  }

  /** The number of the reference with which it dies, or 0. */
  default int reference() {
    return 0;
  }

  /**
   * Whether it is another's view of what has the {@link #reference}: it dies with it, but does not own it. Where it is null, the
   * reference is held all the same, and it cannot be released instead of its owner.
   */
  default boolean view() {
    return false;
  }

  /** The kinds that carry no data. */
  enum Basic implements Kind {
    /** Nothing is known, perhaps nothing was written: the top of the lattice. May only be overwritten. */
    UNINITIALISED,
    /** Something was written, but what it means is not known: may be overwritten or copied, and counts as a pointer for leaks. */
    UNUSABLE,
    /** A 64-bit number. */
    NUMBER,
    /** A pointer to the program's context; offset from its start. */
    CONTEXT,
    /** A pointer into the packet of the current generation; offset from {@code data}, so that {@code data_end} is at the packet's size. */
    PACKET;

    @Override
    public boolean isPointer() {
      return this == CONTEXT || this == PACKET || this == UNUSABLE;
    }
  }

  /**
   * A pointer into a stack frame; offset from the frame's top (the value of r10 there), so that valid offsets are negative.
   *
   * @param frame 0 for the entry function, 1 for its callee, and so on
   */
  record FramePointer(int frame) implements Kind {}

  /** The map itself, as a helper's argument. */
  record MapReference(int map) implements Kind {}

  /** A map found in the map of maps {@code outer}; it has the shape of that map's inner map. */
  record InnerMap(int outer, boolean nullable) implements Kind {
    @Override
    public Kind nonNull() {
      return new InnerMap(outer, false);
    }
  }

  /**
   * A pointer into a value of a map.
   *
   * @param map the map's index
   * @param inner whether the value lies in a map found in {@code map}, rather than in {@code map} itself
   * @param lookup where a state tells the values of the map apart, the number of the lookup that found this one: values with equal numbers
   *     are the same. 0 where it does not, and equal kinds may be values of different keys
   */
  record MapValue(int map, boolean inner, boolean nullable, int lookup) implements Kind {
    @Override
    public Kind nonNull() {
      return new MapValue(map, inner, false, lookup);
    }
  }

  /**
   * A pointer into memory of known size that is none of the above.
   *
   * @param type what lies there, as messages and helper contracts name it, for example {@code alloc_mem} or {@code sock_common}
   * @param size bytes
   * @param writable whether programs may write it
   * @param atomics whether atomic operations are permitted on it
   * @param reference the number of the reference that must be released, or 0
   */
  record Memory(
      String type, long size, boolean writable, boolean atomics, boolean nullable, int reference)
      implements Kind {
    /** The same memory, owned. */
    public Memory withReference(int owned) {
      return new Memory(type, size, writable, atomics, nullable, owned);
    }

    @Override
    public Kind nonNull() {
      return new Memory(type, size, writable, atomics, false, reference);
    }
  }

  /**
   * A pointer to an object of the kernel that programs may read, where the kernel guards each read against faults, or vouches for the
   * object.
   *
   * @param type the C type's name, empty if it has none, or {@link #UNTYPED}
   * @param btfType the type's id in the target's BTF, a struct or union; 0 if there is no such BTF or it does not have the type
   * @param trust how far the pointer may be relied on
   */
  record KernelObject(
      String type, int btfType, Trust trust, boolean nullable, int reference, boolean view)
      implements Kind {
    /** The type where no BTF says one: the word may then also be a plain number. */
    public static final String UNTYPED = "untyped";

    /** An object, or a number, of which no type is known. */
    public static final KernelObject ANY =
        new KernelObject(UNTYPED, 0, Trust.PASSED, false, 0, false);

    /** What the target's BTF says to be a pointer, and not one to a struct: only loads, which are guarded, may follow it. */
    public static final KernelObject UNFOLLOWED =
        new KernelObject(UNTYPED, 0, Trust.UNTRUSTED, false, 0, false);

    /** Whether the word may be a plain number, too. */
    public boolean untyped() {
      return type.equals(UNTYPED);
    }

    @Override
    public Kind nonNull() {
      return new KernelObject(type, btfType, trust, false, reference, view);
    }

    /** The same pointer, with a reference that keeps its object alive. */
    public KernelObject owned(int owner) {
      return new KernelObject(type, btfType, Trust.CERTAIN, nullable, owner, false);
    }
  }

  /**
   * How far a pointer to a kernel's object may be relied on, where it is not null by its kind. Linux (6.18, {@code kernel/bpf/verifier.c}) tells
   * trusted, plain and untrusted ones apart; two of these are finer, since a pointer that Linux trusts or has as plain may be null all
   * the same, so that no branch may be taken for dead on its account.
   */
  enum Trust {
    /** The object is alive, and the pointer not null. */
    CERTAIN,
    /** An argument for which the kernel vouches: the object is alive. That the pointer is not null is not built on. */
    VOUCHED,
    /** Not null, and what a function made of another pointer: no more alive than that. */
    DERIVED,
    /** What a function of the kernel was given: null, or as alive as its arguments are. */
    PASSED,
    /** What a field held: it may be null, and the object gone. Linux lets helpers take it. */
    WALKED,
    /** What a field held, in a place or at a time where nothing keeps the object: only loads, which are guarded, may follow it. */
    UNTRUSTED;

    /** Whether it is not null. */
    public boolean excludesNull() {
      return this == CERTAIN || this == DERIVED;
    }

    /** Whether the object is alive on the kernel's word. */
    public boolean isTrusted() {
      return this == CERTAIN || this == VOUCHED;
    }
  }

  /** A pointer to a socket that programs hold without BTF; offset from its start. */
  record Socket(SocketClass socketClass, boolean nullable, int reference, boolean view)
      implements Kind {
    @Override
    public Kind nonNull() {
      return new Socket(socketClass, false, reference, view);
    }
  }

  /**
   * The address of a variable of the kernel that each CPU has: not that of any of them, so that only functions take it. It may be 0, since it
   * says where in a CPU's part of memory the variable lies.
   *
   * @param name the variable's
   * @param btfType the id of its type in the target's BTF
   */
  record PerCpuVariable(String name, int btfType) implements Kind {}

  /** The address of the function that starts at {@code slot}. */
  record CodeReference(int slot) implements Kind {}
}
