package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.BpfMap;
import dev.assay.interpreter.map.Errno;
import java.util.Map;

/** Where control goes: tail calls, callbacks, iterators; and locks, which a single run always gets. */
final class ControlFunctions {
  /** {@code BPF_MAX_LOOPS}. */
  private static final long MAX_LOOPS = 8 * 1024 * 1024;

  /** {@code struct bpf_iter_num}: the last number given and the end, 32 bits each. */
  private static final int ITERATOR_SIZE = 8;

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("tail_call", ControlFunctions::tailCall),
      entry("loop", ControlFunctions::loop),
      entry("bpf_iter_num_new", ControlFunctions::newNumbers),
      entry("bpf_iter_num_next", ControlFunctions::nextNumber),
      entry("bpf_iter_num_destroy", call -> 0),
      entry("spin_lock", ControlFunctions::lock),
      entry("spin_unlock", ControlFunctions::lock),
      entry("bpf_rcu_read_lock", call -> 0),
      entry("bpf_rcu_read_unlock", call -> 0),
      entry("bpf_preempt_disable", call -> 0),
      entry("bpf_preempt_enable", call -> 0));

  private ControlFunctions() {}

  private static long tailCall(Call call) {
    call.requireContext(1);
    BpfMap map = call.map(2);
    long index = Integer.toUnsignedLong((int) call.r3());
    return map.program(index)
            .filter(program -> call.control().tailCall(program))
            .isPresent()
        ? 0
        : Errno.ENOENT;
  }

  /** r1: rounds, r2: the function, r3: its context, r4: flags. */
  private static long loop(Call call) {
    long rounds = Integer.toUnsignedLong((int) call.r1());
    if (call.r4() != 0) {
      return Errno.EINVAL;
    }
    if (rounds > MAX_LOOPS) {
      return Errno.E2BIG;
    }
    for (long round = 0; round < rounds; round++) {
      if (call.control().callBack(call.r2(), round, call.r3()) != 0) {
        return round + 1;
      }
    }
    return rounds;
  }

  /** r1: iterator, r2: first number, r3: end, exclusive. */
  private static long newNumbers(Call call) {
    int start = (int) call.r2();
    int end = (int) call.r3();
    boolean legal = start <= end && (long) end - start <= MAX_LOOPS;
    call.memory().requireWritable(call.r1(), ITERATOR_SIZE);
    call.memory().store(call.r1(), Integer.BYTES, legal ? start - 1 : 0);
    call.memory().store(call.r1() + Integer.BYTES, Integer.BYTES, legal ? end : 0);
    return legal ? 0 : start > end ? Errno.EINVAL : Errno.E2BIG;
  }

  /** The address of the next number, or null. */
  private static long nextNumber(Call call) {
    int next = (int) call.memory().load(call.r1(), Integer.BYTES) + 1;
    int end = (int) call.memory().load(call.r1() + Integer.BYTES, Integer.BYTES);
    if (next >= end) {
      call.memory().store(call.r1(), Long.BYTES, 0);
      return 0;
    }
    call.memory().store(call.r1(), Integer.BYTES, next);
    return call.r1();
  }

  private static long lock(Call call) {
    call.memory().requireWritable(call.r1(), Integer.BYTES);
    return 0;
  }
}
