package dev.assay.btf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Types for tests, made one by one; each method gives the id of the type that it adds. */
public final class BtfBuilder {
  private static final int INT = 1;
  private static final int PTR = 2;
  private static final int ARRAY = 3;
  private static final int STRUCT = 4;
  private static final int UNION = 5;
  private static final int ENUM = 6;
  private static final int TYPEDEF = 8;
  private static final int CONST = 10;
  private static final int FUNC = 12;
  private static final int FUNC_PROTO = 13;
  private static final int VAR = 14;
  private static final int DATASEC = 15;
  private static final int TYPE_TAG = 18;

  private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
  private final List<Integer> words = new ArrayList<>();
  private int count;

  /** No types but {@code void}. */
  public BtfBuilder() {
    strings.write(0);
  }

  /** A name, its type, and where it lies: a member of a struct, or a parameter. */
  public record Part(String name, int type, int bitOffset, int bits) {
    /** A member at an offset in bytes. */
    public static Part at(int offset, String name, int type) {
      return new Part(name, type, 8 * offset, 0);
    }

    /** A bitfield at an offset in bits. */
    public static Part bits(int bitOffset, int bits, String name, int type) {
      return new Part(name, type, bitOffset, bits);
    }

    /** A parameter. */
    public static Part of(String name, int type) {
      return new Part(name, type, 0, 0);
    }
  }

  /** An unsigned integer of so many bytes. */
  public int integer(String name, int bytes) {
    return add(name, INT, 0, bytes, 8 * bytes);
  }

  /** An enumeration of 4 bytes, without values. */
  public int enumeration(String name) {
    return add(name, ENUM, 0, 4);
  }

  /** A pointer. */
  public int pointer(int target) {
    return add("", PTR, 0, target);
  }

  /** An array. */
  public int array(int element, int length) {
    return add("", ARRAY, 0, 0, element, element, length);
  }

  /** A struct. */
  public int struct(String name, int bytes, Part... members) {
    return composite(name, STRUCT, bytes, members);
  }

  /** A union. */
  public int union(String name, int bytes, Part... members) {
    return composite(name, UNION, bytes, members);
  }

  private int composite(String name, int kind, int bytes, Part... members) {
    int[] extra = new int[3 * members.length];
    for (int i = 0; i < members.length; i++) {
      extra[3 * i] = name(members[i].name());
      extra[3 * i + 1] = members[i].type();
      extra[3 * i + 2] = members[i].bits() << 24 | members[i].bitOffset();
    }
    return add(name, kind, 1 << 31 | members.length, bytes, extra);
  }

  /** Another name for a type. */
  public int typedef(String name, int target) {
    return add(name, TYPEDEF, 0, target);
  }

  /** A type that is only read. */
  public int constant(int target) {
    return add("", CONST, 0, target);
  }

  /** A type with a tag. */
  public int tag(String name, int target) {
    return add(name, TYPE_TAG, 0, target);
  }

  /** Parameters and result of a function. */
  public int prototype(int result, Part... parameters) {
    int[] extra = new int[2 * parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      extra[2 * i] = name(parameters[i].name());
      extra[2 * i + 1] = parameters[i].type();
    }
    return add("", FUNC_PROTO, parameters.length, result, extra);
  }

  /** A function. */
  public int function(String name, int result, Part... parameters) {
    int prototype = prototype(result, parameters);
    return add(name, FUNC, 1, prototype);
  }

  /** A tracepoint, as the kernel declares it for programs. */
  public int tracepoint(String name, Part... parameters) {
    Part[] all = new Part[parameters.length + 1];
    all[0] = Part.of("", pointer(0));
    System.arraycopy(parameters, 0, all, 1, parameters.length);
    int prototype = prototype(0, all);
    return typedef("btf_trace_" + name, pointer(prototype));
  }

  /** A variable. */
  public int variable(String name, int type) {
    return add(name, VAR, 0, type, 1);
  }

  /** A section with these variables, whose places do not matter. */
  public int section(String name, int... variables) {
    int[] extra = new int[3 * variables.length];
    for (int i = 0; i < variables.length; i++) {
      extra[3 * i] = variables[i];
      extra[3 * i + 1] = 8 * i;
      extra[3 * i + 2] = 8;
    }
    return add(name, DATASEC, variables.length, 8 * variables.length, extra);
  }

  /** All types so far. */
  public BtfTypes types() {
    byte[] names = strings.toByteArray();
    ByteBuffer blob =
        ByteBuffer.allocate(24 + 4 * words.size() + names.length).order(ByteOrder.LITTLE_ENDIAN);
    blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    blob.putInt(0).putInt(4 * words.size()).putInt(4 * words.size()).putInt(names.length);
    words.forEach(blob::putInt);
    try {
      return BtfTypes.read(blob.put(names).array());
    } catch (MalformedBtfException e) {
      throw new AssertionError(e);
    }
  }

  private int add(String name, int kind, int low, int word, int... extra) {
    words.add(name(name));
    words.add(kind << 24 | low);
    words.add(word);
    for (int each : extra) {
      words.add(each);
    }
    return ++count;
  }

  private int name(String name) {
    if (name.isEmpty()) {
      return 0;
    }
    int offset = strings.size();
    strings.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    strings.write(0);
    return offset;
  }
}
