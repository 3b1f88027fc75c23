package dev.assay.apron;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An element of one of Apron's domains over so many integers, called dimensions, 0 to n − 1: an {@code ap_abstract0_t} that is never changed. Each
 * operation makes a new one. Two elements of an operation belong to the same working space and have the same dimensions.
 *
 * <p>Every operation throws {@link ApronException} if Apron says that it failed, and {@link IllegalStateException} if it is called from
 * another thread than the space's, or after that was closed.
 */
public final class Element {
  private static final byte KEEP = 0;
  private static final byte UNKNOWN = 0;

  private final Workspace space;
  private final long pointer;
  private final int dimensions;

  /** An element that {@code space} owns. */
  Element(Workspace space, long pointer, int dimensions) {
    this.space = space;
    this.pointer = pointer;
    this.dimensions = dimensions;
  }

  private Element make(String call, LongSupplier maker) {
    return make(call, dimensions, maker);
  }

  private Element make(String call, int dimensionsOfResult, LongSupplier maker) {
    try {
      return space.element(call, dimensionsOfResult, maker);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private long ask(String call, LongSupplier question) {
    try {
      return space.ask(call, question);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private Element make(String call, Element other, LongSupplier maker) {
    try {
      requireSameSpace(other);
      return make(call, maker);
    } finally {
      Reference.reachabilityFence(other);
    }
  }

  private void requireSameSpace(Element other) {
    if (other.space != space) {
      throw new IllegalArgumentException("elements of two working spaces");
    }
  }

  /** The number of dimensions. */
  public int dimensions() {
    return dimensions;
  }

  /** Whether nothing satisfies it. */
  public boolean isBottom() {
    return ask(
            "ap_abstract0_is_bottom",
            () -> NativeFunctions.ap_abstract0_is_bottom(space.address(), pointer))
        != 0;
  }

  /** Whether everything satisfies it. */
  public boolean isTop() {
    return ask(
            "ap_abstract0_is_top",
            () -> NativeFunctions.ap_abstract0_is_top(space.address(), pointer))
        != 0;
  }

  /** Whether all that satisfies {@code small} satisfies this. Over floating point the answer may be no where it is so. */
  public boolean includes(Element small) {
    requireSameSpace(small);
    try {
      return ask(
              "ap_abstract0_is_leq",
              () -> NativeFunctions.ap_abstract0_is_leq(space.address(), small.pointer, pointer))
          != 0;
    } finally {
      Reference.reachabilityFence(small);
    }
  }

  /** Whether all that satisfies this satisfies the constraint; no may mean that it is not known. */
  public boolean satisfies(LinearConstraint constraint) {
    try (LinearConstraint.Array array = new LinearConstraint.Array(List.of(constraint))) {
      return ask(
              "ap_abstract0_sat_lincons",
              () ->
                  NativeFunctions.ap_abstract0_sat_lincons(space.address(), pointer, array.first()))
          != 0;
    }
  }

  /** Whether nothing is known of a dimension. */
  public boolean isUnconstrained(int dimension) {
    return ask(
            "ap_abstract0_is_dimension_unconstrained",
            () -> NativeFunctions.ap_abstract0_is_dimension_unconstrained(
                space.address(), pointer, dimension))
        != 0;
  }

  /** What the expression can be. */
  public Bounds bounds(LinearExpression expression) {
    long allocated = expression.allocate();
    try {
      long interval = ask(
          "ap_abstract0_bound_linexpr",
          () -> NativeFunctions.ap_abstract0_bound_linexpr(space.address(), pointer, allocated));
      Bounds bounds = Bounds.read(new Pointer(interval));
      NativeFunctions.ap_interval_free(interval);
      return bounds;
    } finally {
      NativeFunctions.ap_linexpr0_free(allocated);
    }
  }

  /** What each dimension can be. */
  public List<Bounds> box() {
    long intervals = ask(
        "ap_abstract0_to_box", () -> NativeFunctions.ap_abstract0_to_box(space.address(), pointer));
    List<Bounds> box = new ArrayList<>(dimensions);
    for (int i = 0; i < dimensions; i++) {
      box.add(Bounds.read(new Pointer(intervals).getPointer(8L * i)));
    }
    NativeFunctions.ap_interval_array_free(intervals, dimensions);
    return box;
  }

  /** What satisfies both: in these domains exactly. */
  public Element meet(Element other) {
    return make(
        "ap_abstract0_meet",
        other,
        () -> NativeFunctions.ap_abstract0_meet(space.address(), KEEP, pointer, other.pointer));
  }

  /** What satisfies this and the constraints, or more. */
  public Element meet(List<LinearConstraint> constraints) {
    try (LinearConstraint.Array array = new LinearConstraint.Array(constraints)) {
      return make(
          "ap_abstract0_meet_lincons_array",
          () -> NativeFunctions.ap_abstract0_meet_lincons_array(
              space.address(), KEEP, pointer, array.address()));
    }
  }

  /** The least element that includes both. */
  public Element join(Element other) {
    return make(
        "ap_abstract0_join",
        other,
        () -> NativeFunctions.ap_abstract0_join(space.address(), KEEP, pointer, other.pointer));
  }

  /** This ∇ next, where this is included in {@code next}. Chains of it end. */
  public Element widen(Element next) {
    return make(
        "ap_abstract0_widening",
        next,
        () -> NativeFunctions.ap_abstract0_widening(space.address(), pointer, next.pointer));
  }

  /** The same, but with those of the constraints that both satisfy. */
  public Element widen(Element next, List<LinearConstraint> thresholds) {
    try (LinearConstraint.Array array = new LinearConstraint.Array(thresholds)) {
      return make(
          "ap_abstract0_widening_threshold",
          next,
          () -> NativeFunctions.ap_abstract0_widening_threshold(
              space.address(), pointer, next.pointer, array.address()));
    }
  }

  /**
   * This Δ next, where {@code next} is included in this: something between the two. For octagons it takes from {@code next} only bounds that this has not
   * got, so that chains end; Apron has no such operation for the others, where it is {@code next}, met with this.
   */
  public Element narrow(Element next) {
    if (!space.library().isOctagon()) {
      return meet(next);
    }
    Function narrowing = space.library().function("ap_abstract0_oct_narrowing");
    return make(
        "ap_abstract0_oct_narrowing",
        next,
        () -> narrowing.invokeLong(new Object[] {
          new Pointer(space.address()), new Pointer(pointer), new Pointer(next.pointer)
        }));
  }

  /** After {@code dimension := expression}. */
  public Element assign(int dimension, LinearExpression expression) {
    long allocated = expression.allocate();
    try {
      return make(
          "ap_abstract0_assign_linexpr",
          () -> NativeFunctions.ap_abstract0_assign_linexpr(
              space.address(), KEEP, pointer, dimension, allocated, 0));
    } finally {
      NativeFunctions.ap_linexpr0_free(allocated);
    }
  }

  /** Before {@code dimension := expression}. */
  public Element substitute(int dimension, LinearExpression expression) {
    long allocated = expression.allocate();
    try {
      return make(
          "ap_abstract0_substitute_linexpr",
          () -> NativeFunctions.ap_abstract0_substitute_linexpr(
              space.address(), KEEP, pointer, dimension, allocated, 0));
    } finally {
      NativeFunctions.ap_linexpr0_free(allocated);
    }
  }

  /** Without what is known of these dimensions. */
  public Element forget(int... forgotten) {
    return make(
        "ap_abstract0_forget_array",
        () -> NativeFunctions.ap_abstract0_forget_array(
            space.address(), KEEP, pointer, forgotten, forgotten.length, UNKNOWN));
  }

  /** With so many more dimensions, behind the others, of which nothing is known. */
  public Element add(int count) {
    int[] before = new int[count];
    Arrays.fill(before, dimensions);
    try (Memory change = change(before)) {
      return make(
          "ap_abstract0_add_dimensions",
          dimensions + count,
          () -> NativeFunctions.ap_abstract0_add_dimensions(
              space.address(), KEEP, pointer, Pointer.nativeValue(change), UNKNOWN));
    }
  }

  /** Without these dimensions, which are ascending; the others move down. */
  public Element remove(int... removed) {
    try (Memory change = change(removed)) {
      return make(
          "ap_abstract0_remove_dimensions",
          dimensions - removed.length,
          () -> NativeFunctions.ap_abstract0_remove_dimensions(
              space.address(), KEEP, pointer, Pointer.nativeValue(change)));
    }
  }

  /** An {@code ap_dimchange_t}; the first two fields of it are an {@code ap_dimperm_t}. */
  private static Memory change(int[] places) {
    Memory change = new Memory(Layout.CHANGE + Math.max(4L * places.length, 8));
    change.clear();
    change.setPointer(0, change.share(Layout.CHANGE));
    change.setLong(8, places.length);
    change.write(Layout.CHANGE, places, 0, places.length);
    return change;
  }

  /** With dimension i as dimension {@code places[i]}. */
  public Element permute(int... places) {
    try (Memory permutation = change(places)) {
      return make(
          "ap_abstract0_permute_dimensions",
          () -> NativeFunctions.ap_abstract0_permute_dimensions(
              space.address(), KEEP, pointer, Pointer.nativeValue(permutation)));
    }
  }

  /** With so many more dimensions, behind the others, of each of which the same is known as of {@code dimension}, but nothing in common. */
  public Element expand(int dimension, int copies) {
    return make(
        "ap_abstract0_expand",
        dimensions + copies,
        () ->
            NativeFunctions.ap_abstract0_expand(space.address(), KEEP, pointer, dimension, copies));
  }

  /** The constraints, one text each. */
  public List<String> constraints() {
    NativeFunctions.ConstraintArray[] found = new NativeFunctions.ConstraintArray[1];
    ask("ap_abstract0_to_lincons_array", () -> {
      found[0] = NativeFunctions.ap_abstract0_to_lincons_array(space.address(), pointer);
      return 0;
    });
    NativeFunctions.ConstraintArray array = found[0];
    List<String> texts = IntStream.range(0, (int) array.size)
        .mapToObj(i -> ConstraintText.of(new Pointer(array.first + (long) i * Layout.CONSTRAINT)))
        .toList();
    array.write();
    NativeFunctions.ap_lincons0_array_clear(Pointer.nativeValue(array.getPointer()));
    return texts;
  }

  @Override
  public String toString() {
    return constraints().stream().collect(Collectors.joining(", ", "{", "}"));
  }
}
