package dev.assay.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Slots of code as bytes, for reading and changing what relocations are about.
 *
 * <pre>
 *   0       1                                             2       4
 *   opcode  src:4 dst:4 (big-endian objects: dst:4 src:4) offset  immediate
 * </pre>
 */
final class SlotBytes {
  static final int CALL = 0x85;
  static final int LOAD_IMMEDIATE = 0x18;

  // The numbers in src of a call or a 64-bit immediate (RFC 9669, sections 4.3.1 and 5.4).
  static final int LOCAL_CALL = 1;
  static final int BTF_CALL = 2;
  static final int VARIABLE_ADDRESS = 3;
  static final int CODE_ADDRESS = 4;
  static final int MAP_BY_INDEX = 5;
  static final int MAP_VALUE_BY_INDEX = 6;

  private final ByteBuffer bytes;

  /** Views a buffer; its byte order is the code's. */
  SlotBytes(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  int slots() {
    return bytes.limit() / 8;
  }

  int opcode(int slot) {
    return Byte.toUnsignedInt(bytes.get(8 * slot));
  }

  int source(int slot) {
    int registers = Byte.toUnsignedInt(bytes.get(8 * slot + 1));
    return bytes.order() == ByteOrder.LITTLE_ENDIAN ? registers >>> 4 : registers & 15;
  }

  short offset(int slot) {
    return bytes.getShort(8 * slot + 2);
  }

  int immediate(int slot) {
    return bytes.getInt(8 * slot + 4);
  }

  /** Whether a 64-bit immediate starts here and is not cut off. */
  boolean loadsImmediate(int slot) {
    return opcode(slot) == LOAD_IMMEDIATE && slot + 1 < slots();
  }

  void setSource(int slot, int source) {
    int registers = Byte.toUnsignedInt(bytes.get(8 * slot + 1));
    boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
    bytes.put(8 * slot + 1, (byte)
        (little ? (registers & 0x0f) | source << 4 : (registers & 0xf0) | source));
  }

  void setOffset(int slot, short offset) {
    bytes.putShort(8 * slot + 2, offset);
  }

  void setImmediate(int slot, int immediate) {
    bytes.putInt(8 * slot + 4, immediate);
  }

  void setOpcode(int slot, int opcode) {
    bytes.put(8 * slot, (byte) opcode);
  }

  /** Writes the call of a helper over whatever stands there. */
  void setHelperCall(int slot, int helper) {
    bytes.putLong(8 * slot, 0);
    setOpcode(slot, CALL);
    setImmediate(slot, helper);
  }
}
