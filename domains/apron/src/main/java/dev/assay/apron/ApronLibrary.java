package dev.assay.apron;

import com.sun.jna.Function;
import dev.assay.numeric.DomainUnavailableException;

/** The domains of Apron that can be loaded, each of them a library of its own. */
public enum ApronLibrary {
  /** Intervals with rational ends. */
  BOX("boxMPQ", "box_manager_alloc", Arithmetic.EXACT),
  /** Intervals with floating-point ends, rounded outwards. */
  BOX_DOUBLE("boxD", "box_manager_alloc", Arithmetic.ROUNDED),
  /** Bounds of ±x ± y, rational (Miné, "The Octagon Abstract Domain", 2006). */
  OCTAGON("octMPQ", "oct_manager_alloc", Arithmetic.EXACT),
  /** The same in floating point, rounded outwards. */
  OCTAGON_DOUBLE("octD", "oct_manager_alloc", Arithmetic.ROUNDED),
  /** Convex polyhedra without strict inequalities, rational (Cousot and Halbwachs, POPL 1978). */
  POLYHEDRA("polkaMPQ", "pk_manager_alloc", Arithmetic.EXACT);

  private enum Arithmetic {
    EXACT,
    ROUNDED
  }

  private final String library;
  private final String constructor;
  private final Arithmetic arithmetic;

  ApronLibrary(String library, String constructor, Arithmetic arithmetic) {
    this.library = library;
    this.constructor = constructor;
    this.arithmetic = arithmetic;
  }

  /** Whether bounds are rounded outwards to floating-point numbers. */
  public boolean isRounded() {
    return arithmetic == Arithmetic.ROUNDED;
  }

  /** Whether it knows more than the ranges of single numbers. */
  public boolean isRelational() {
    return this != BOX && this != BOX_DOUBLE;
  }

  /**
   * Makes sure that the library can be used.
   *
   * @throws DomainUnavailableException if it, or something that it needs, cannot be loaded
   */
  public void load() throws DomainUnavailableException {
    NativeLibraries.domain(library);
  }

  /** Whether it is one of octagons. */
  boolean isOctagon() {
    return this == OCTAGON || this == OCTAGON_DOUBLE;
  }

  /** A function that only this library has. */
  Function function(String name) {
    try {
      return NativeLibraries.domain(library).getFunction(name);
    } catch (DomainUnavailableException unloaded) {
      throw new IllegalStateException("it was loaded before", unloaded);
    }
  }

  /** A new {@code ap_manager_t}. */
  long allocate() throws DomainUnavailableException {
    Function allocate = NativeLibraries.domain(library).getFunction(constructor);
    // Polyhedra are asked whether inequalities may be strict; the others have no parameter, and do
    // not look.
    return allocate.invokeLong(new Object[] {0});
  }
}
