package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.Errno;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import java.util.Arrays;
import java.util.Map;

/** Copies: from memory that may not be there ({@code probe_read}), and the C library's. */
final class MemoryFunctions {
  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("probe_read", MemoryFunctions::probe),
      entry("probe_read_user", MemoryFunctions::probe),
      entry("probe_read_kernel", MemoryFunctions::probe),
      entry("probe_read_str", MemoryFunctions::probeString),
      entry("probe_read_user_str", MemoryFunctions::probeString),
      entry("probe_read_kernel_str", MemoryFunctions::probeString),
      entry("copy_from_user", MemoryFunctions::probe),
      entry("probe_write_user", MemoryFunctions::probeWrite),
      entry("memcpy", MemoryFunctions::move),
      entry("memmove", MemoryFunctions::move),
      entry("memset", MemoryFunctions::set),
      entry("memcmp", MemoryFunctions::compare));

  private MemoryFunctions() {}

  /** r1: destination, r2: size, r3: any address. What cannot be read gives an error, and a destination of zeros. */
  private static long probe(Call call) {
    long size = Integer.toUnsignedLong((int) call.r2());
    call.memory().requireWritable(call.r1(), size);
    byte[] bytes = new byte[(int) size];
    long result = 0;
    try {
      bytes = call.memory().read(call.r3(), size);
    } catch (MemoryException e) {
      result = Errno.EFAULT;
    }
    call.memory().write(call.r1(), bytes);
    return result;
  }

  /** As {@link #probe}, up to and with the first 0; the result is the length with it. */
  private static long probeString(Call call) {
    long size = Integer.toUnsignedLong((int) call.r2());
    call.memory().requireWritable(call.r1(), size);
    byte[] bytes = new byte[(int) size];
    int length = 0;
    try {
      while (length < bytes.length) {
        byte next = (byte) call.memory().load(call.r3() + length, 1);
        bytes[length] = next;
        length++;
        if (next == 0) {
          break;
        }
      }
    } catch (MemoryException e) {
      call.memory().write(call.r1(), new byte[(int) size]);
      return Errno.EFAULT;
    }
    if (length > 0) {
      bytes[length - 1] = 0;
    }
    call.memory().write(call.r1(), Arrays.copyOf(bytes, length));
    return length;
  }

  /** r1: any address, r2: source, r3: size. */
  private static long probeWrite(Call call) {
    byte[] bytes = call.bytes(2, 3);
    try {
      call.memory().write(call.r1(), bytes);
      return 0;
    } catch (MemoryException e) {
      return Errno.EFAULT;
    }
  }

  private static long move(Call call) {
    AddressSpace memory = call.memory();
    memory.write(call.r1(), memory.read(call.r2(), call.r3()));
    return call.r1();
  }

  private static long set(Call call) {
    call.memory().requireWritable(call.r1(), call.r3());
    byte[] bytes = new byte[(int) call.r3()];
    Arrays.fill(bytes, (byte) call.r2());
    call.memory().write(call.r1(), bytes);
    return call.r1();
  }

  private static long compare(Call call) {
    byte[] left = call.memory().read(call.r1(), call.r3());
    byte[] right = call.memory().read(call.r2(), call.r3());
    return Arrays.compareUnsigned(left, right);
  }
}
