package dev.assay.object;

import java.util.List;

/**
 * The contents of a section of variables: {@code .data}, {@code .bss}, {@code .rodata}, {@code
 * .kconfig} or a named one.
 *
 * @param readOnly whether programs may only read it
 * @param contents the initial bytes
 * @param variables what BTF or the symbols say lies in it, by offset
 */
public record DataSection(boolean readOnly, Bytes contents, List<Variable> variables) {
  public DataSection {
    variables = List.copyOf(variables);
  }

  /**
   * One variable.
   *
   * @param volatileConstant whether it is {@code const volatile}: a loader may set it before the
   *     program is loaded
   */
  public record Variable(String name, int offset, int size, boolean volatileConstant) {}
}
