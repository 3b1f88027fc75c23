package dev.assay.object;

/**
 * Reads a BPF object file and links its programs.
 *
 * <p>Map references become {@code MapByIndex} and {@code MapValueByIndex}; calls and addresses of the object's own functions become
 * {@code CallLocal} and {@code CodeAddress}. What the object does not define is a {@code CallBtf(0, 0)} (calls) or a {@code
 * LoadImmediate} of {@code VariableAddress(0)} (addresses) with an entry in {@link BpfProgram#externals}. A CO-RE relocation that the target cannot
 * satisfy leaves a {@code CallHelper(}{@value #POISON}{@code )}, as libbpf does, with its reason in {@link BpfProgram#poisoned}: harmless unless reached.
 */
public final class ObjectReader {
  /** The helper number that libbpf writes over an instruction whose CO-RE relocation failed ("bad relo"). */
  public static final int POISON = 0xbad2310;

  private ObjectReader() {}

  /**
   * Reads an ELF file.
   *
   * @throws MalformedObjectException if the file as a whole cannot be read; a program that cannot be linked is one of {@link BpfObject#failures}
   */
  public static BpfObject read(byte[] file, ReadOptions options) throws MalformedObjectException {
    throw new UnsupportedOperationException();
  }
}
