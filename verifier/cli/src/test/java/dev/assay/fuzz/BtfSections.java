package dev.assay.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The type sections of well-formed objects, as bytes. Trusts the object: it is for seeds. */
final class BtfSections {
  private static final int HEADER = 64;

  private BtfSections() {}

  /** The sections .BTF and .BTF.ext of a file, without bytes if it has none or is broken. */
  static BtfInput of(byte[] file) {
    try {
      return new BtfInput(section(file, ".BTF"), section(file, ".BTF.ext"), new byte[0]);
    } catch (IndexOutOfBoundsException e) {
      return new BtfInput(new byte[0], new byte[0], new byte[0]);
    }
  }

  private static byte[] section(byte[] file, String wanted) {
    ByteBuffer elf =
        ByteBuffer.wrap(file).order(file[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int table = (int) elf.getLong(40);
    int names = (int) elf.getLong(table + HEADER * elf.getShort(62) + 24);
    for (int index = 1; index < elf.getShort(60); index++) {
      int header = table + HEADER * index;
      if (name(elf, names + elf.getInt(header)).equals(wanted)) {
        byte[] bytes = new byte[(int) elf.getLong(header + 32)];
        elf.get((int) elf.getLong(header + 24), bytes);
        return bytes;
      }
    }
    return new byte[0];
  }

  private static String name(ByteBuffer elf, int from) {
    StringBuilder name = new StringBuilder();
    for (int at = from; elf.get(at) != 0; at++) {
      name.append((char) elf.get(at));
    }
    return name.toString();
  }
}
