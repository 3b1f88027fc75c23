package dev.assay.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * Changes a little-endian ELF file in place, as a broken tool or an older compiler might have made
 * it.
 */
final class ElfPatch {
  private final ByteBuffer file;

  /** A symbol's fields that tests change. */
  record Symbol(int type, int section, long value, long size) {
    Symbol withoutTypeAndSize() {
      return new Symbol(0, section, value, 0);
    }

    Symbol withSize(long newSize) {
      return new Symbol(type, section, value, newSize);
    }
  }

  ElfPatch(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The offset of the header of the section with a name. */
  int header(String name) {
    int table = (int) file.getLong(40);
    int names = (int) file.getLong(table + 64 * file.getShort(62) + 24);
    for (int i = 0; i < file.getShort(60); i++) {
      int at = names + file.getInt(table + 64 * i);
      StringBuilder found = new StringBuilder();
      for (; file.get(at) != 0; at++) {
        found.append((char) file.get(at));
      }
      if (found.toString().equals(name)) {
        return table + 64 * i;
      }
    }
    throw new NoSuchElementException(name);
  }

  /** Where what a section holds starts. */
  int sectionOffset(String name) {
    return (int) file.getLong(header(name) + 24);
  }

  int sectionSize(String name) {
    return (int) file.getLong(header(name) + 32);
  }

  void symbols(UnaryOperator<Symbol> change) {
    int table = sectionOffset(".symtab");
    for (int at = table; at < table + sectionSize(".symtab"); at += 24) {
      int info = file.get(at + 4);
      Symbol symbol = change.apply(new Symbol(
          info & 15, file.getShort(at + 6), file.getLong(at + 8), file.getLong(at + 16)));
      file.put(at + 4, (byte) ((info & 0xf0) | symbol.type));
      file.putShort(at + 6, (short) symbol.section);
      file.putLong(at + 8, symbol.value);
      file.putLong(at + 16, symbol.size);
    }
  }

  void putHalf(int at, int value) {
    file.putShort(at, (short) value);
  }

  void putWord(int at, int value) {
    file.putInt(at, value);
  }

  void putLong(int at, long value) {
    file.putLong(at, value);
  }
}
