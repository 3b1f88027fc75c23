package dev.assay.platform;

/** What a called function does with memory that it is given. */
public enum MemoryAccess {
  /** Reads it, so that every byte has to be initialised. */
  READ,
  /** May read and may write it: every byte has to be initialised, and holds anything afterwards. */
  READ_WRITE,
  /** Writes every byte, whatever the outcome, and reads none: it may be uninitialised before, and holds anything afterwards. */
  WRITE;

  /** Whether every byte has to be initialised before the call. */
  public boolean reads() {
    return this != WRITE;
  }

  /** Whether bytes may change; pointers to read-only memory are then illegal. */
  public boolean writes() {
    return this != READ;
  }
}
