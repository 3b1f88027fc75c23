package dev.assay.apron;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import dev.assay.numeric.DomainUnavailableException;

/**
 * The direction in which the thread rounds floating-point results. Apron's domains over floating point are sound only while it is upward, and set
 * it so when a working space is made; Java's arithmetic is right only while it is to the nearest. So it is turned upward for each call
 * of such a domain, and back before anything else happens in Java.
 */
final class Rounding {
  /** FE_TONEAREST, on x86, ARM and RISC-V alike. */
  private static final int TO_NEAREST = 0;

  private static int upward;

  private Rounding() {}

  /**
   * Connects with the C library; once. Which number means upward differs by processor: it is what Apron's own function leaves.
   *
   * @throws DomainUnavailableException if the direction cannot be set
   */
  static synchronized void connect(NativeLibrary mathematics, NativeLibrary apron)
      throws DomainUnavailableException {
    Native.register(Rounding.class, mathematics);
    apron.getFunction("ap_fpu_init").invokeInt(new Object[0]);
    upward = fegetround();
    fesetround(TO_NEAREST);
    if (upward == TO_NEAREST) {
      throw new DomainUnavailableException(
          "libapron cannot set the direction in which floating-point numbers are rounded");
    }
  }

  /** From here on results are rounded upward. */
  static void upward() {
    fesetround(upward);
  }

  /** From here on results are rounded to the nearest, as Java has it. */
  static void toNearest() {
    fesetround(TO_NEAREST);
  }

  private static native int fesetround(int direction);

  private static native int fegetround();
}
