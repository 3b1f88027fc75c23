package dev.assay.platform;

/** Linux, as the tables beside this class describe it. */
public final class LinuxPlatform {
  private LinuxPlatform() {}

  /** The platform; its tables are read on first use, and once. */
  public static Platform load() {
    throw new UnsupportedOperationException();
  }
}
