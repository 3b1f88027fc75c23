package dev.assay.referee.generator;

import dev.assay.platform.LinuxPlatform;
import java.util.Locale;

/** The helpers that are called, by the platform's names. */
enum Helper {
  MAP_LOOKUP_ELEM,
  MAP_UPDATE_ELEM,
  MAP_DELETE_ELEM,
  KTIME_GET_NS,
  GET_PRANDOM_U32,
  GET_SMP_PROCESSOR_ID,
  SKB_STORE_BYTES,
  TAIL_CALL,
  GET_CURRENT_PID_TGID,
  GET_CURRENT_COMM,
  PERF_EVENT_OUTPUT,
  SKB_LOAD_BYTES,
  CSUM_DIFF,
  GET_HASH_RECALC,
  SKB_CHANGE_TAIL,
  SKB_PULL_DATA,
  SKB_CHANGE_HEAD,
  XDP_ADJUST_HEAD,
  XDP_ADJUST_META,
  XDP_ADJUST_TAIL,
  MAP_PUSH_ELEM,
  MAP_POP_ELEM,
  MAP_PEEK_ELEM,
  SPIN_LOCK,
  SPIN_UNLOCK,
  PROBE_READ_KERNEL,
  PROBE_READ_KERNEL_STR,
  RINGBUF_OUTPUT,
  RINGBUF_RESERVE,
  RINGBUF_SUBMIT,
  RINGBUF_DISCARD,
  RINGBUF_QUERY,
  FOR_EACH_MAP_ELEM,
  LOOP,
  XDP_GET_BUFF_LEN,
  XDP_LOAD_BYTES,
  XDP_STORE_BYTES,
  MAP_LOOKUP_PERCPU_ELEM;

  private final int number;

  Helper() {
    this.number = LinuxPlatform.load()
        .helper(name().toLowerCase(Locale.ROOT))
        .orElseThrow()
        .id();
  }

  /** What calls say. */
  int number() {
    return number;
  }
}
