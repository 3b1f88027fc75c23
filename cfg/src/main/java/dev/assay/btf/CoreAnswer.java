package dev.assay.btf;

/** What a CO-RE relocation comes to. */
public sealed interface CoreAnswer {

  /**
   * The target has an answer.
   *
   * @param before what the compiler put into the instruction, if {@code checked}
   * @param value what belongs there
   * @param checked whether {@code before} must be found in the instruction
   * @param bytesBefore how many bytes a load or store of the field moved, or 0 if it is no field
   * @param bytes how many it has to move
   * @param resizable whether moving another number of bytes gives the same number: for pointers and
   *     unsigned integers
   */
  record Value(
      long before, long value, boolean checked, int bytesBefore, int bytes, boolean resizable)
      implements CoreAnswer {}

  /** The target has no such type, member or enumerator: the instruction must not be reached. */
  record Missing(String reason) implements CoreAnswer {}
}
