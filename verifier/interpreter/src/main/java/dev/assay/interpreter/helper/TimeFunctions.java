package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import java.util.Map;

/** Clocks, which all show the machine's one. */
final class TimeFunctions {
  /** Jiffies a second: Linux's default {@code CONFIG_HZ}. */
  private static final long JIFFIES = 250;

  private static final long NANOSECONDS = 1_000_000_000;

  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("ktime_get_ns", call -> call.environment().nanoseconds()),
      entry("ktime_get_boot_ns", call -> call.environment().nanoseconds()),
      entry("ktime_get_coarse_ns", call -> call.environment().nanoseconds()),
      entry("ktime_get_tai_ns", call -> call.environment().nanoseconds()),
      entry(
          "jiffies64",
          call -> Long.divideUnsigned(call.environment().nanoseconds(), NANOSECONDS / JIFFIES)));

  private TimeFunctions() {}
}
