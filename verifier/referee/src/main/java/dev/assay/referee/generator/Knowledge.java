package dev.assay.referee.generator;

import dev.assay.isa.Register;
import java.util.Arrays;

/** What the registers and the frame hold at one point of the text. */
final class Knowledge {
  /** How many times eight bytes of the frame are followed, from its top. */
  static final int SLOTS = 10;

  private static final int REGISTERS = 10;

  private final Holding[] holdings;

  private Knowledge(Holding[] holdings) {
    this.holdings = holdings;
  }

  /** Nothing is known. */
  static Knowledge none() {
    Holding[] holdings = new Holding[REGISTERS + SLOTS];
    Arrays.fill(holdings, Holding.Plain.NOTHING);
    return new Knowledge(holdings);
  }

  Knowledge copy() {
    return new Knowledge(holdings.clone());
  }

  Holding of(Register register) {
    return holdings[register.number()];
  }

  void set(Register register, Holding holding) {
    holdings[register.number()] = holding;
  }

  /** What the eight bytes at an offset hold, a negative multiple of 8. */
  Holding at(int offset) {
    return holdings[index(offset)];
  }

  void setAt(int offset, Holding holding) {
    holdings[index(offset)] = holding;
  }

  private static int index(int offset) {
    return REGISTERS - offset / Long.BYTES - 1;
  }

  boolean isNumber(Register register) {
    return of(register) == Holding.Plain.NUMBER;
  }

  boolean isNumberAt(int offset) {
    return at(offset) == Holding.Plain.NUMBER;
  }

  /** Keeps what is also known there. */
  void meet(Knowledge other) {
    for (int i = 0; i < holdings.length; i++) {
      holdings[i] = Holding.meet(holdings[i], other.holdings[i]);
    }
  }

  /** The packet may have moved, or become shorter. */
  void forgetPacket() {
    for (int i = 0; i < holdings.length; i++) {
      if (holdings[i] instanceof Holding.Packet || holdings[i] == Holding.Plain.PACKET_END) {
        holdings[i] = Holding.Plain.NOTHING;
      }
    }
  }

  /** Forgets pointers that a loop's rounds might overwrite: those outside r6 to r8. */
  void forgetPointers() {
    for (int i = 0; i < holdings.length; i++) {
      boolean kept = i >= 6 && i <= 8;
      if (!kept
          && (holdings[i] instanceof Holding.Packet || holdings[i] instanceof Holding.Memory)) {
        holdings[i] = Holding.Plain.NOTHING;
      }
    }
  }
}
