package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.Errno;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Who and where the program runs: one task, {@code assay}, with process 4242 of user 1000, on one of the machine's
 * CPUs.
 */
final class TaskFunctions {
  private static final long PROCESS = 4242;
  private static final long USER = 1000;
  private static final long CGROUP = 1;
  private static final long STACK = 1;
  private static final byte[] COMMAND = "assay".getBytes(StandardCharsets.US_ASCII);

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("get_prandom_u32", call -> call.environment().random() >>> 32),
      entry("get_smp_processor_id", call -> call.environment().host().cpu()),
      entry("get_numa_node_id", call -> 0),
      entry("get_current_pid_tgid", call -> PROCESS << 32 | PROCESS),
      entry("get_current_task", call -> call.environment().currentTask()),
      entry("get_current_task_btf", call -> call.environment().currentTask()),
      entry("get_current_uid_gid", call -> USER << 32 | USER),
      entry("get_current_comm", TaskFunctions::command),
      entry("get_current_cgroup_id", call -> CGROUP),
      entry("get_current_ancestor_cgroup_id", call -> call.r1() == 0 ? CGROUP : 0),
      entry("get_stackid", TaskFunctions::stackId),
      entry("get_stack", TaskFunctions::stack),
      entry("get_func_ip", TaskFunctions::zero),
      entry("get_attach_cookie", TaskFunctions::zero),
      entry(
          "current_task_under_cgroup",
          call -> call.map(1).lookup(index(call), 0).isPresent() ? 1 : Errno.EAGAIN),
      entry("send_signal", call -> 0),
      entry("send_signal_thread", call -> 0),
      entry("override_return", call -> 0));

  private TaskFunctions() {}

  private static byte[] index(Call call) {
    return ByteBuffer.allocate(Integer.BYTES)
        .order(call.memory().order())
        .putInt((int) call.r2())
        .array();
  }

  private static long zero(Call call) {
    call.requireContext(1);
    return 0;
  }

  private static long command(Call call) {
    long size = Integer.toUnsignedLong((int) call.r2());
    call.memory().requireWritable(call.r1(), size);
    byte[] name = Arrays.copyOf(COMMAND, (int) size);
    if (size > 0) {
      name[name.length - 1] = 0;
    }
    call.memory().write(call.r1(), name);
    return 0;
  }

  private static long stackId(Call call) {
    call.requireContext(1);
    return call.map(2).definition().maxEntries() == 0 ? Errno.EFAULT : STACK;
  }

  /** There are no frames to report: the buffer is cleared. */
  private static long stack(Call call) {
    call.requireContext(1);
    call.clear(2, 3);
    return 0;
  }
}
