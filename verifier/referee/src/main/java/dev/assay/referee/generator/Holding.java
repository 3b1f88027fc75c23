package dev.assay.referee.generator;

/** What a register or eight bytes of the frame hold, as far as the text that was written so far tells. */
sealed interface Holding {
  /** What both hold, for where two ways meet. */
  static Holding meet(Holding left, Holding right) {
    if (left.equals(right)) {
      return left;
    }
    return switch (left) {
      case Plain _ -> Plain.NOTHING;
      case Packet(int checked) ->
        right instanceof Packet(int other) ? new Packet(Math.min(checked, other)) : Plain.NOTHING;
      case Memory memory ->
        right instanceof Memory other && memory.room == other.room
            ? new Memory(
                memory.room, Math.min(memory.size, other.size), memory.nullable || other.nullable)
            : Plain.NOTHING;
    };
  }

  /** What needs no more words. */
  enum Plain implements Holding {
    /** Nothing that may be relied on. */
    NOTHING,
    /** A number that anything may be done with. */
    NUMBER,
    /** A number that nothing but the loop that counts with it writes. */
    COUNTER,
    /** The program's context. */
    CONTEXT,
    /** The end of the packet. */
    PACKET_END
  }

  /**
   * A pointer into the packet.
   *
   * @param checked how many bytes from there on were found to be in the packet
   */
  record Packet(int checked) implements Holding {}

  /**
   * A pointer to other memory.
   *
   * @param size how many bytes there are from there on
   * @param nullable whether it may be null instead
   */
  record Memory(Room room, int size, boolean nullable) implements Holding {
    Memory notNull() {
      return new Memory(room, size, false);
    }
  }

  /** Whose memory it is. */
  enum Room {
    /** The frame of a caller. */
    FRAME,
    /** A map's value. */
    VALUE,
    /** A map's key, which cannot be written. */
    KEY,
    /** A record that is reserved in a ring buffer. */
    RECORD
  }
}
