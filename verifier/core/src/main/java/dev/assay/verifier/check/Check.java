package dev.assay.verifier.check;

import java.util.Locale;

/** One kind of thing that an instruction needs so as to be safe. */
public enum Check {
  /** A register that is read was written before. */
  INITIALISED,
  /** An address is a pointer into a region that may be accessed so. */
  POINTER,
  /** A pointer that is used is not null. */
  NOT_NULL,
  /** An access lies within the stack frame. */
  STACK_BOUNDS,
  /** Stack bytes that are read were written before. */
  STACK_INITIALISED,
  /** An access lies between {@code data_meta} and {@code data_end}. */
  PACKET_BOUNDS,
  /** An access lies within the value of a map. */
  MAP_VALUE_BOUNDS,
  /** An access lies within memory of known size. */
  MEMORY_BOUNDS,
  /** The address of an atomic operation is a multiple of its size. */
  ALIGNMENT,
  /** On all paths an access is through pointers that the host accesses in the same way. */
  POINTER_CLASS,
  /** An access to the context is one that the program kind permits. */
  CONTEXT_ACCESS,
  /** The region may be written. */
  WRITABLE,
  /** A field that only certain helpers may touch is left alone. */
  SPECIAL_FIELD,
  /** An operation on a pointer is one that keeps its meaning. */
  POINTER_ARITHMETIC,
  /** A pointer does not become visible outside. */
  POINTER_LEAK,
  /** Pointers that are compared point into the same region. */
  COMPARISON,
  /** A divisor is not zero. */
  DIVISION_BY_ZERO,
  /** A function that is called exists, and programs of this kind may call it. */
  CALLABLE,
  /** An argument is what the function demands. */
  ARGUMENT,
  /** What the program returns is legal for its kind. */
  RETURN_VALUE,
  /** Whatever is acquired is released exactly once. */
  REFERENCE,
  /** Locks are taken and given back in pairs, by programs that may use them at all. */
  LOCK,
  /** Every loop has a proved bound. */
  TERMINATION,
  /** No function calls itself. */
  RECURSION,
  /** Call chains are not too deep. */
  CALL_DEPTH,
  /** The frames of a call chain fit into the stack. */
  STACK_DEPTH,
  /** What the program attaches to, and what it names of the kernel, is there. */
  TARGET,
  /** The instruction belongs to a conformance group that the host supports. */
  CONFORMANCE_GROUP,
  /** One run executes no more instructions than was allowed. */
  MAX_INSTRUCTIONS,
  /** The code has a form that can be analysed. */
  CODE,
  /** The search ended within its budget. */
  SEARCH;

  /** The name in reports: lower case with hyphens. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
