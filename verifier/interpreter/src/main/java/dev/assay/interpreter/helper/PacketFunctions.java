package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.map.Errno;
import java.util.HashMap;
import java.util.Map;

/** Reading, writing and resizing the packet. r1 is the context in all of them. */
final class PacketFunctions {
  /** An Ethernet header: what XDP leaves of a packet at least. */
  private static final int ETHERNET_HEADER = 14;

  private static final int VLAN_TAG = 4;

  /** {@code BPF_ADJ_ROOM_MAC}: room is made after the Ethernet header; else after the network header. */
  private static final long ROOM_AFTER_ETHERNET = 1;

  /** The largest offset that {@code bpf_skb_load_bytes} takes. */
  private static final long OFFSET_LIMIT = 0x7fff_ffff;

  private static final long OFFSET_LIMIT_STORE = 0xffff;

  static final Map<String, HelperFunction> ALL = new HashMap<>();

  static {
    ALL.putAll(Map.ofEntries(
        entry("skb_load_bytes", call -> load(call, call.r2(), OFFSET_LIMIT)),
        entry("skb_load_bytes_relative", PacketFunctions::loadRelative),
        entry("xdp_load_bytes", call -> load(call, call.r2(), OFFSET_LIMIT_STORE)),
        entry("xdp_store_bytes", PacketFunctions::store),
        entry("xdp_get_buff_len", call -> inContext(call).size())));
    // What changes the packet's bounds, or may move it.
    ALL.putAll(Map.ofEntries(
        entry(
            "xdp_adjust_head",
            call -> result(
                inContext(call).resizeHead(-(int) call.r2(), ETHERNET_HEADER), Errno.EINVAL)),
        entry(
            "xdp_adjust_tail",
            call ->
                result(inContext(call).resizeTail((int) call.r2(), ETHERNET_HEADER), Errno.EINVAL)),
        entry(
            "xdp_adjust_meta",
            call -> result(inContext(call).resizeMeta(-(int) call.r2()), Errno.EINVAL)),
        entry("skb_store_bytes", PacketFunctions::storeAndMove),
        entry("skb_pull_data", PacketFunctions::pull),
        entry("skb_change_tail", PacketFunctions::changeTail),
        entry("skb_change_head", PacketFunctions::changeHead),
        entry("skb_adjust_room", PacketFunctions::adjustRoom),
        entry(
            "skb_vlan_push",
            call -> result(inContext(call).resizeAt(12, VLAN_TAG, 0), Errno.ENOMEM)),
        entry(
            "skb_vlan_pop",
            call -> result(inContext(call).resizeAt(12, -VLAN_TAG, ETHERNET_HEADER), Errno.EINVAL)),
        entry("skb_change_proto", PacketFunctions::relocated)));
  }

  private PacketFunctions() {}

  private static Packet inContext(Call call) {
    call.requireContext(1);
    return call.packet();
  }

  private static long result(boolean done, long error) {
    return done ? 0 : error;
  }

  /** r2: offset in the packet, unsigned 32 bits; r3: destination; r4: size. */
  private static long load(Call call, long offset, long limit) {
    Packet packet = inContext(call);
    long size = Integer.toUnsignedLong((int) call.r4());
    long from = Integer.toUnsignedLong((int) offset);
    call.memory().requireWritable(call.r3(), size);
    if (from > limit || !packet.has(from, size)) {
      call.memory().write(call.r3(), new byte[(int) size]);
      return Errno.EFAULT;
    }
    call.memory().write(call.r3(), packet.read(from, size));
    return 0;
  }

  /** r5: 0 if the offset counts from the Ethernet header, 1 if from the network header. */
  private static long loadRelative(Call call) {
    return load(call, call.r5() == 0 ? call.r2() : call.r2() + ETHERNET_HEADER, OFFSET_LIMIT_STORE);
  }

  /** r2: offset in the packet; r3: source; r4: size. */
  private static long store(Call call) {
    Packet packet = inContext(call);
    long offset = Integer.toUnsignedLong((int) call.r2());
    byte[] bytes = call.bytes(3, 4);
    if (offset > OFFSET_LIMIT_STORE || !packet.has(offset, bytes.length)) {
      return Errno.EFAULT;
    }
    packet.write(offset, bytes);
    return 0;
  }

  /** As {@link #store}; an skb's bytes may have to be copied first, so that old pointers lead nowhere. */
  private static long storeAndMove(Call call) {
    long result = store(call);
    call.packet().relocate();
    return result;
  }

  private static long relocated(Call call) {
    inContext(call).relocate();
    return 0;
  }

  /** r2: how many bytes must be accessible through pointers: all are, if the packet has them. */
  private static long pull(Call call) {
    Packet packet = inContext(call);
    boolean enough = packet.has(0, Integer.toUnsignedLong((int) call.r2()));
    packet.relocate();
    return result(enough, Errno.ENOMEM);
  }

  /** r2: the new length. */
  private static long changeTail(Call call) {
    Packet packet = inContext(call);
    long delta = Integer.toUnsignedLong((int) call.r2()) - packet.size();
    if (delta != (int) delta) {
      return Errno.EINVAL;
    }
    return result(packet.resizeTail((int) delta, ETHERNET_HEADER), Errno.EINVAL);
  }

  /** r2: how much head room to add to the packet. */
  private static long changeHead(Call call) {
    int delta = (int) call.r2();
    return result(delta >= 0 && inContext(call).resizeHead(delta, 0), Errno.EINVAL);
  }

  /** r2: bytes to insert, or if negative to remove, after the header that r3 says. */
  private static long adjustRoom(Call call) {
    Packet packet = inContext(call);
    int header = call.r3() == ROOM_AFTER_ETHERNET
        ? ETHERNET_HEADER
        : ETHERNET_HEADER + networkHeader(packet);
    return result(packet.resizeAt(header, (int) call.r2(), header), Errno.EINVAL);
  }

  private static int networkHeader(Packet packet) {
    boolean version6 =
        packet.has(ETHERNET_HEADER, 1) && (packet.read(ETHERNET_HEADER, 1)[0] & 0xf0) == 0x60;
    return version6 ? 40 : 20;
  }
}
