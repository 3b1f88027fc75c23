package dev.assay.platform;

/**
 * How programs of a kind find the types of their arguments in the kernel's BTF.
 *
 * @param declared what has the prototype there
 * @param skipped how many of its first parameters programs do not see
 * @param pointers what the kernel says of pointers to structs among the arguments
 * @param nullable which of the pointers may be null
 * @param result what stands behind the arguments
 */
public record TargetRule(
    Declared declared, int skipped, Pointers pointers, Nullable nullable, ResultSlot result) {

  /** What has the prototype. */
  public enum Declared {
    /** A function. */
    FUNCTION,
    /** A typedef of a pointer to a function. */
    TYPEDEF
  }

  /** What the kernel says of a pointer to a struct. */
  public enum Pointers {
    /** It points to what is alive. */
    VOUCHED,
    /** It is what some code of the kernel handed to the function. */
    PASSED
  }

  /** Which pointers to structs may be null, as far as the kernel's promise goes. */
  public enum Nullable {
    /** Those of which {@link TargetFacts#argument} or the parameter's name says it. */
    LISTED,
    /** All but the first argument. */
    OTHERS
  }

  /** What stands in the context behind the last argument. */
  public enum ResultSlot {
    /** Nothing. */
    NONE,
    /** The function's result, if it has one. */
    ANY,
    /** The function's result, which is an integer: programs do not attach to other functions. */
    INTEGER,
    /** What other programs returned before, if the function has a result: a result that is legal for programs. */
    LEGAL
  }
}
