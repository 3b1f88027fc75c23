package dev.assay.platform;

/** How much the host trusts whoever loads a program. */
public enum Policy {
  /** Pointers are no numbers: they are not leaked, not compared across regions, and know no 32-bit arithmetic. */
  STRICT,
  /** As Linux treats a loader with {@code CAP_BPF} and {@code CAP_PERFMON}: pointers may become unknown numbers and be stored. */
  PRIVILEGED
}
