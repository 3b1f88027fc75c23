package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.BpfMap;
import dev.assay.interpreter.map.Errno;
import dev.assay.interpreter.map.RingBuffer;
import dev.assay.interpreter.memory.Region;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** What programs send to user space. */
final class OutputFunctions {
  /** {@code BPF_F_INDEX_MASK}: the bits of an event's flags that say the CPU; all ones mean the current one. */
  private static final long INDEX_MASK = 0xffff_ffffL;

  /** {@code BPF_F_CTXLEN_MASK}: how many bytes of the packet are to be appended, from bit 32 on. */
  private static final int PACKET_LENGTH_SHIFT = 32;

  private static final long PACKET_LENGTH_MASK = 0xf_ffff;

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("trace_printk", OutputFunctions::print),
      entry("trace_vprintk", OutputFunctions::printArray),
      entry("perf_event_output", OutputFunctions::event),
      entry("skb_output", OutputFunctions::event),
      entry("xdp_output", OutputFunctions::event),
      entry(
          "perf_event_read", call -> call.map(1).definition().maxEntries() == 0 ? Errno.E2BIG : 0),
      entry("perf_event_read_value", OutputFunctions::readEvent),
      entry("ringbuf_output", OutputFunctions::record),
      entry("ringbuf_reserve", OutputFunctions::reserve),
      entry("ringbuf_submit", call -> finish(call, true)),
      entry("ringbuf_discard", call -> finish(call, false)),
      entry("ringbuf_query", OutputFunctions::query));

  private OutputFunctions() {}

  private static long print(Call call) {
    return trace(call, call.r3(), call.r4(), call.r5());
  }

  /** r3: array of 64-bit arguments, r4: its size in bytes. */
  private static long printArray(Call call) {
    byte[] data = call.bytes(3, 4);
    long[] arguments = new long[data.length / Long.BYTES];
    ByteBuffer.wrap(data).order(call.memory().order()).asLongBuffer().get(arguments);
    return trace(call, arguments);
  }

  private static long trace(Call call, long... arguments) {
    byte[] bytes = call.bytes(1, 2);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    String format = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    String text = Format.text(call.memory(), format, arguments);
    call.environment().print(text);
    return text.length();
  }

  /** r1: context, r2: map, r3: flags, r4: data, r5: its size. */
  private static long event(Call call) {
    BpfMap map = call.map(2);
    long index = call.r3() & INDEX_MASK;
    byte[] data = call.memory().read(call.r4(), call.r5());
    long appended = call.r3() >>> PACKET_LENGTH_SHIFT & PACKET_LENGTH_MASK;
    if (index != INDEX_MASK && index >= Integer.toUnsignedLong(map.definition().maxEntries())) {
      return Errno.E2BIG;
    }
    if (!call.packet().has(0, appended)) {
      return Errno.EFAULT;
    }
    byte[] record = Arrays.copyOf(data, data.length + (int) appended);
    System.arraycopy(call.packet().read(0, appended), 0, record, data.length, (int) appended);
    return map.output(record);
  }

  /** r3: destination, r4: its size. The counters stand at 0. */
  private static long readEvent(Call call) {
    BpfMap map = call.map(1);
    call.clear(3, 4);
    return map.definition().maxEntries() == 0 ? Errno.E2BIG : 0;
  }

  private static long record(Call call) {
    return call.map(1, RingBuffer.class).output(call.memory().read(call.r2(), call.r3()));
  }

  private static long reserve(Call call) {
    RingBuffer buffer = call.map(1, RingBuffer.class);
    return call.r3() != 0 ? 0 : buffer.reserve(call.r2()).map(Region::base).orElse(0L);
  }

  private static long finish(Call call, boolean submitted) {
    for (int index = 0; call.environment().maps().at(index).isPresent(); index++) {
      if (call.environment().maps().at(index).get() instanceof RingBuffer buffer) {
        var record = buffer.reservedAt(call.r1());
        if (record.isPresent()) {
          buffer.finish(record.get(), submitted);
          return 0;
        }
      }
    }
    throw call.refusal("r1 is not a record that is reserved");
  }

  /** r2: 0 for what can be read, 1 for the size, 2 and 3 for the reader's and the writer's position. */
  private static long query(Call call) {
    RingBuffer buffer = call.map(1, RingBuffer.class);
    return switch ((int) call.r2()) {
      case 0 -> buffer.used();
      case 1 -> buffer.capacity();
      default -> 0;
    };
  }
}
