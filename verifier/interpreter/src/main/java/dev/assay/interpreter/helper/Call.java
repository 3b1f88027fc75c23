package dev.assay.interpreter.helper;

import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.map.BpfMap;
import dev.assay.interpreter.map.MapTable;
import dev.assay.interpreter.memory.AddressSpace;
import java.nio.ByteBuffer;

/**
 * One call of a function: its five arguments, and what they point to.
 */
public record Call(
    Environment environment, Control control, long r1, long r2, long r3, long r4, long r5) {

  /** The program's memory. */
  public AddressSpace memory() {
    return environment.memory();
  }

  /** The packet. */
  public Packet packet() {
    return environment.packet();
  }

  /** The argument in the register with a number, 1 to 5. */
  public long argument(int register) {
    return switch (register) {
      case 1 -> r1;
      case 2 -> r2;
      case 3 -> r3;
      case 4 -> r4;
      case 5 -> r5;
      default -> throw new IllegalArgumentException("r" + register + " is no argument");
    };
  }

  /** The map whose address a register holds. */
  public BpfMap map(int register) {
    MapTable maps = environment.maps();
    return maps.atAddress(argument(register))
        .orElseThrow(() -> refusal("r" + register + " is not a map"));
  }

  /** The map whose address a register holds, which must be of one class. */
  public <M extends BpfMap> M map(int register, Class<M> type) {
    BpfMap map = map(register);
    if (!type.isInstance(map)) {
      throw refusal("map " + map.definition().name() + " is of the wrong type");
    }
    return type.cast(map);
  }

  /** The key of {@code map} that a register points to. */
  public byte[] key(int register, BpfMap map) {
    return memory()
        .read(argument(register), Integer.toUnsignedLong(map.definition().keySize()));
  }

  /** The value of {@code map} that a register points to. */
  public byte[] value(int register, BpfMap map) {
    return memory()
        .read(argument(register), Integer.toUnsignedLong(map.definition().valueSize()));
  }

  /**
   * A copy of the memory that one register points to and another has the size of, which counts as 32 bits,
   * unsigned.
   */
  public byte[] bytes(int register, int size) {
    return memory().read(argument(register), Integer.toUnsignedLong((int) argument(size)));
  }

  /** Overwrites the memory that {@link #bytes} would copy with zeros. */
  public void clear(int register, int size) {
    long bytes = Integer.toUnsignedLong((int) argument(size));
    memory().requireWritable(argument(register), bytes);
    memory().write(argument(register), new byte[(int) bytes]);
  }

  /** The 32-bit numbers of such memory, whose size is a multiple of 4. */
  public int[] words(int register, int size) {
    byte[] bytes = bytes(register, size);
    int[] words = new int[bytes.length / Integer.BYTES];
    ByteBuffer.wrap(bytes).order(memory().order()).asIntBuffer().get(words);
    return words;
  }

  /** Checks that a register holds the context's address. */
  public void requireContext(int register) {
    if (argument(register) != environment.context().address()) {
      throw refusal("r" + register + " is not the context");
    }
  }

  /** The exception that says why the call is refused. */
  public HelperException refusal(String why) {
    return new HelperException(why);
  }
}
