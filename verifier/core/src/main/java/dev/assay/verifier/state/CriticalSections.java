package dev.assay.verifier.state;

/**
 * How many critical sections of each sort were entered and not left.
 *
 * @param rcu RCU read-side sections
 * @param preemption sections without preemption
 */
public record CriticalSections(int rcu, int preemption) {
  /** Within none. */
  public static final CriticalSections NONE = new CriticalSections(0, 0);

  /** Whether code may sleep here. */
  public boolean maySleep() {
    return equals(NONE);
  }
}
