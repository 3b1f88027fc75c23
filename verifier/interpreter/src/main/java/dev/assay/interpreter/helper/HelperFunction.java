package dev.assay.interpreter.helper;

/** What a function that programs can call does. */
@FunctionalInterface
public interface HelperFunction {
  /**
   * Does it.
   *
   * @return what r0 holds afterwards
   * @throws HelperException if an argument is not what the function demands
   * @throws dev.assay.interpreter.memory.MemoryException if an argument points to memory that may not be accessed so
   */
  long call(Call call);
}
