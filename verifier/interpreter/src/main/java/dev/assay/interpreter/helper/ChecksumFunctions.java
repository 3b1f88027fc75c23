package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.map.Errno;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Internet checksums (RFC 1071, RFC 1624).
 *
 * <p>Sums are taken over words in the machine's byte order, as Linux does: one's complement sums do not mind the order.
 */
final class ChecksumFunctions {
  /**
   * {@code BPF_F_HDR_FIELD_MASK}: the size of the field that changed, or 0 if r3 is no old value but a difference
   * to add.
   */
  private static final long FIELD_SIZE_MASK = 0xf;

  /** {@code BPF_F_PSEUDO_HDR} and {@code BPF_F_MARK_MANGLED_0}. */
  private static final long PSEUDO_HEADER = 1 << 4;

  private static final long ZERO_MEANS_NONE = 1 << 5;
  private static final long OFFSET_LIMIT = 0xffff;

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("csum_diff", ChecksumFunctions::difference),
      entry("csum_update", call -> call.r2() & 0xffff_ffffL),
      entry("csum_level", call -> 0),
      entry("l3_csum_replace", call -> replace(call, FIELD_SIZE_MASK)),
      entry(
          "l4_csum_replace",
          call -> replace(call, FIELD_SIZE_MASK | PSEUDO_HEADER | ZERO_MEANS_NONE | 1 << 6)));

  private ChecksumFunctions() {}

  /** r1, r2: old memory and its size; r3, r4: new memory and its size; r5: the sum to start with. */
  private static long difference(Call call) {
    if ((call.r2() & 3) != 0 || (call.r4() & 3) != 0) {
      return Errno.EINVAL;
    }
    long sum = call.r5() & 0xffff_ffffL;
    for (int word : call.words(1, 2)) {
      sum = add32(sum, ~word);
    }
    for (int word : call.words(3, 4)) {
      sum = add32(sum, word);
    }
    return sum;
  }

  /** The one's complement sum in 32 bits. */
  private static long add32(long sum, int word) {
    long total = sum + Integer.toUnsignedLong(word);
    return (total & 0xffff_ffffL) + (total >>> 32);
  }

  private static int fold(long sum) {
    long folded = (sum & 0xffff) + (sum >>> 16);
    folded = (folded & 0xffff) + (folded >>> 16);
    return (int) ((folded & 0xffff) + (folded >>> 16));
  }

  /** r1: context, r2: the checksum's offset in the packet, r3: from, r4: to, r5: flags. */
  private static long replace(Call call, long legalFlags) {
    call.requireContext(1);
    Packet packet = call.packet();
    long offset = Integer.toUnsignedLong((int) call.r2());
    if ((call.r5() & ~legalFlags) != 0 || offset > OFFSET_LIMIT || (offset & 1) != 0) {
      return Errno.EINVAL;
    }
    if (!packet.has(offset, Short.BYTES)) {
      return Errno.EFAULT;
    }
    long old;
    long changed;
    switch ((int) (call.r5() & FIELD_SIZE_MASK)) {
      case 0 -> {
        if (call.r3() != 0) {
          return Errno.EINVAL;
        }
        old = 0;
        changed = call.r4() & 0xffff_ffffL;
      }
      case 2 -> {
        old = ~call.r3() & 0xffff;
        changed = call.r4() & 0xffff;
      }
      case 4 -> {
        old = ~call.r3() & 0xffff_ffffL;
        changed = call.r4() & 0xffff_ffffL;
      }
      default -> {
        return Errno.EINVAL;
      }
    }
    ByteBuffer field =
        ByteBuffer.wrap(packet.read(offset, Short.BYTES)).order(call.memory().order());
    int checksum = field.getShort(0) & 0xffff;
    boolean mayBeNone = (call.r5() & ZERO_MEANS_NONE) != 0;
    if (!(mayBeNone && checksum == 0)) {
      int result = ~fold(fold((~checksum & 0xffff) + fold(old) + fold(changed))) & 0xffff;
      field.putShort(0, (short) (mayBeNone && result == 0 ? 0xffff : result));
      packet.write(offset, field.array());
    }
    packet.relocate();
    return 0;
  }
}
