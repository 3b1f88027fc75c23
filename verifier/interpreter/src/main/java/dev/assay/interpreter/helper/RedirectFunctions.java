package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.BpfMap;
import java.nio.ByteBuffer;
import java.util.Map;

/** Sending the packet elsewhere: accepted, and not carried out. */
final class RedirectFunctions {
  /** {@code XDP_REDIRECT} and {@code XDP_ABORTED}; {@code TC_ACT_REDIRECT}; {@code SK_PASS}. */
  private static final long XDP_REDIRECT = 4;

  private static final long TC_REDIRECT = 7;
  private static final long SOCKET_PASS = 1;

  /** {@code BPF_FIB_LKUP_RET_NOT_FWDED}: the packet is not to be forwarded. */
  private static final long NO_ROUTE = 4;

  /** The low bits of a redirection's flags are the result if nothing is found. */
  private static final long FALLBACK_MASK = 3;

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("redirect", RedirectFunctions::redirect),
      entry("redirect_peer", call -> TC_REDIRECT),
      entry("redirect_neigh", call -> TC_REDIRECT),
      entry("clone_redirect", RedirectFunctions::cloneRedirect),
      entry("redirect_map", RedirectFunctions::redirectMap),
      entry("sk_redirect_map", call -> SOCKET_PASS),
      entry("msg_redirect_map", call -> SOCKET_PASS),
      entry("sk_redirect_hash", call -> SOCKET_PASS),
      entry("msg_redirect_hash", call -> SOCKET_PASS),
      entry("fib_lookup", RedirectFunctions::route));

  private RedirectFunctions() {}

  /** XDP and traffic control share the helper's number, not the result. */
  private static long redirect(Call call) {
    return call.environment().host().xdp() ? XDP_REDIRECT : TC_REDIRECT;
  }

  private static long cloneRedirect(Call call) {
    call.requireContext(1);
    call.packet().relocate();
    return 0;
  }

  private static long redirectMap(Call call) {
    BpfMap map = call.map(1);
    byte[] key = ByteBuffer.allocate(Integer.BYTES)
        .order(call.memory().order())
        .putInt((int) call.r2())
        .array();
    return map.lookup(key, 0).isPresent() ? XDP_REDIRECT : call.r3() & FALLBACK_MASK;
  }

  private static long route(Call call) {
    call.requireContext(1);
    call.memory().requireWritable(call.r2(), Integer.toUnsignedLong((int) call.r3()));
    return NO_ROUTE;
  }
}
