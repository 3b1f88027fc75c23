package dev.assay.isa;

/** Text is not assembly that {@link Assembler} reads: says where and why. */
public final class AssemblyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final int line;
  private final int column;

  /**
   * @param line the line at fault, from 1
   * @param column the column at fault, from 1
   * @param reason what is wrong, as a clause
   */
  public AssemblyException(int line, int column, String reason) {
    super("line " + line + ", column " + column + ": " + reason);
    this.line = line;
    this.column = column;
  }

  /** The line at fault, counted from 1. */
  public int line() {
    return line;
  }

  /** The column at fault in UTF-16 units, counted from 1. */
  public int column() {
    return column;
  }
}
