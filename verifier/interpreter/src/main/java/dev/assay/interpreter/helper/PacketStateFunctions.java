package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.Errno;
import java.util.Map;

/**
 * What Linux knows of a packet beside its bytes: one flow, one socket, no tunnel. Changes of it are accepted and
 * not kept.
 */
final class PacketStateFunctions {
  private static final long HASH = 0x0600_df10L;
  private static final long COOKIE = 1;

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("skb_change_type", call -> inContext(call, 0)),
      entry("set_hash_invalid", call -> inContext(call, 0)),
      entry("set_hash", call -> inContext(call, 0)),
      entry("get_hash_recalc", call -> inContext(call, HASH)),
      entry("get_cgroup_classid", call -> inContext(call, 0)),
      entry("get_route_realm", call -> inContext(call, 0)),
      entry("skb_cgroup_id", call -> inContext(call, 0)),
      entry("get_socket_cookie", call -> COOKIE),
      entry("get_socket_uid", call -> inContext(call, 0)),
      entry("get_netns_cookie", call -> COOKIE),
      entry("skb_get_tunnel_key", PacketStateFunctions::tunnelKey),
      entry("skb_set_tunnel_key", PacketStateFunctions::setTunnelKey));

  private PacketStateFunctions() {}

  private static long inContext(Call call, long result) {
    call.requireContext(1);
    return result;
  }

  /** r2: destination, r3: its size. The packet came through no tunnel: the destination is cleared. */
  private static long tunnelKey(Call call) {
    call.requireContext(1);
    call.clear(2, 3);
    return Errno.EINVAL;
  }

  /** r2: the key, r3: its size. */
  private static long setTunnelKey(Call call) {
    call.requireContext(1);
    return call.bytes(2, 3).length == 0 ? Errno.EINVAL : 0;
  }
}
