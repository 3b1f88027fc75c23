package dev.assay.btf;

import java.util.Arrays;

/**
 * The one pass over all records that finds where each starts and checks what later code relies on.
 */
final class BtfScan {
  private final BtfBytes bytes;
  private int[] records = new int[64];
  private int count = 1;

  private BtfScan(BtfBytes bytes) {
    this.bytes = bytes;
  }

  /** The offset of each record by id; entry 0, for {@code void}, means nothing. */
  static int[] records(BtfBytes bytes) throws MalformedBtfException {
    BtfScan scan = new BtfScan(bytes);
    scan.findRecords();
    for (int id = 1; id < scan.count; id++) {
      scan.check(id);
    }
    return Arrays.copyOf(scan.records, scan.count);
  }

  private void findRecords() throws MalformedBtfException {
    int at = 0;
    while (at < bytes.size()) {
      int left = bytes.size() - at;
      if (left < 12) {
        throw malformed(count, at, "is cut off");
      }
      int kind = bytes.kindNumber(at);
      if (!BtfKind.known(kind)) {
        throw malformed(
            count,
            at,
            kind == 0
                ? "has no kind"
                : "has kind " + kind + ", which is not known; an older compiler may not use it");
      }
      int size = 12 + BtfKind.of(kind).extraBytes(bytes.length(at));
      if (size > left) {
        throw malformed(
            count, at, "of kind " + BtfKind.of(kind) + " needs " + size + " bytes and has " + left);
      }
      if (count == records.length) {
        records = Arrays.copyOf(records, 2 * count);
      }
      records[count++] = at;
      at += size;
    }
  }

  private void check(int id) throws MalformedBtfException {
    int record = records[id];
    BtfKind kind = bytes.kind(record);
    int length = bytes.length(record);
    string(id, record);
    switch (kind) {
      case INT, ENUM, ENUM64, FLOAT, STRUCT, UNION, DATASEC -> {
        if (bytes.word(record + 8) < 0) {
          throw malformed(id, record, "has a size of 2 GiB or more");
        }
      }
      case PTR, TYPEDEF, VOLATILE, CONST, RESTRICT, FUNC, FUNC_PROTO, VAR, DECL_TAG, TYPE_TAG ->
        type(id, record + 8);
      case ARRAY -> {
        type(id, record + 12);
        type(id, record + 16);
      }
      case FWD -> {}
    }
    if (kind == BtfKind.FUNC && !isPrototype(bytes.word(record + 8))) {
      throw malformed(
          id, record, "is a function whose type " + bytes.word(record + 8) + " is no prototype");
    }
    for (int i = 0; i < length; i++) {
      switch (kind) {
        case STRUCT, UNION -> {
          string(id, record + 12 + 12 * i);
          type(id, record + 16 + 12 * i);
        }
        case FUNC_PROTO -> {
          string(id, record + 12 + 8 * i);
          type(id, record + 16 + 8 * i);
        }
        case DATASEC -> type(id, record + 12 + 12 * i);
        case ENUM -> string(id, record + 12 + 8 * i);
        case ENUM64 -> string(id, record + 12 + 12 * i);
        case INT,
            PTR,
            ARRAY,
            FWD,
            TYPEDEF,
            VOLATILE,
            CONST,
            RESTRICT,
            FUNC,
            VAR,
            FLOAT,
            DECL_TAG,
            TYPE_TAG -> {
          return;
        }
      }
    }
  }

  private boolean isPrototype(int type) {
    return type != 0 && bytes.kind(records[type]) == BtfKind.FUNC_PROTO;
  }

  private void string(int id, int at) throws MalformedBtfException {
    if (!bytes.hasString(bytes.word(at))) {
      throw malformed(
          id,
          records[id],
          "names string " + Integer.toUnsignedString(bytes.word(at))
              + ", which is outside the strings");
    }
  }

  private void type(int id, int at) throws MalformedBtfException {
    if (bytes.word(at) < 0 || bytes.word(at) >= count) {
      throw malformed(
          id,
          records[id],
          "refers to type " + Integer.toUnsignedString(bytes.word(at)) + ", but there are only "
              + count);
    }
  }

  private static MalformedBtfException malformed(int id, int at, String what) {
    return new MalformedBtfException(
        "BTF type " + id + " at offset " + at + " of the types " + what);
  }
}
