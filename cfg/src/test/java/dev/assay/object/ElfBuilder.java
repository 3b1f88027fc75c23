package dev.assay.object;

import dev.assay.isa.Assembler;
import dev.assay.isa.Encoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes little-endian ELF files that no compiler makes. Sections are numbered from 1 in the order
 * in which they are added.
 */
final class ElfBuilder {
  static final int LOCAL = 0x00;
  static final int GLOBAL = 0x10;
  static final int FUNCTION = 2;
  static final int CALL_RELOCATION = 10;

  private static final int ALLOCATED_CODE = 6;

  private record Section(
      String name, int type, int flags, byte[] contents, int link, int info, int entry) {}

  private record Symbol(String name, int info, int section, long value, long size) {}

  private final List<Section> sections = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();

  /** Adds a section of code. */
  ElfBuilder code(String name, String assembly) throws Exception {
    return code(name, Encoder.encode(Assembler.assemble(assembly), ByteOrder.LITTLE_ENDIAN));
  }

  ElfBuilder code(String name, byte[] bytes) {
    sections.add(new Section(name, ElfSection.PROGRAM_BITS, ALLOCATED_CODE, bytes, 0, 0, 0));
    return this;
  }

  /** Adds a function symbol, or any other by its {@code info}. */
  ElfBuilder symbol(String name, int info, int section, int slot, int slots) {
    symbols.add(new Symbol(name, info, section, 8L * slot, 8L * slots));
    return this;
  }

  /** Adds a relocation of a slot of a section for the symbol with an index from 1. */
  ElfBuilder relocation(int section, int slot, int symbol, int type) {
    ByteBuffer entry = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    entry.putLong(8L * slot).putLong((long) symbol << 32 | type);
    sections.add(new Section(".rel", ElfSection.RELOCATIONS, 0, entry.array(), 0, section, 16));
    return this;
  }

  BpfObject read() throws MalformedObjectException {
    return ObjectReader.read(build(), ReadOptions.DEFAULT);
  }

  byte[] build() {
    StringBuilder names = new StringBuilder("\0");
    int count = sections.size() + 3;
    ByteBuffer symbolTable =
        ByteBuffer.allocate(24 * (symbols.size() + 1)).order(ByteOrder.LITTLE_ENDIAN);
    symbolTable.position(24);
    for (Symbol symbol : symbols) {
      symbolTable.putInt(names.length()).put((byte) symbol.info).put((byte) 0).putShort((short)
          symbol.section);
      symbolTable.putLong(symbol.value).putLong(symbol.size);
      names.append(symbol.name).append('\0');
    }
    List<Section> all = new ArrayList<>(sections);
    all.add(
        new Section(".symtab", ElfSection.SYMBOL_TABLE, 0, symbolTable.array(), count - 1, 1, 24));
    List<Integer> nameOffsets = new ArrayList<>();
    for (Section section : all) {
      nameOffsets.add(names.length());
      names.append(section.name).append('\0');
    }
    nameOffsets.add(0);
    all.add(new Section(
        "",
        ElfSection.STRING_TABLE,
        0,
        names.toString().getBytes(StandardCharsets.US_ASCII),
        0,
        0,
        0));
    int size = 64
        + 64 * count
        + all.stream().mapToInt(section -> section.contents.length).sum();
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(0x464c457f).put((byte) 2).put((byte) 1).put((byte) 1).position(16);
    file.putShort((short) 1).putShort((short) 247).putInt(1).position(40);
    file.putLong(size - 64L * count).putInt(0).putShort((short) 64).putInt(0).putShort((short) 64);
    file.putShort((short) count).putShort((short) (count - 1));
    ByteBuffer headers =
        file.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(size - 64 * (count - 1));
    for (int i = 0; i < all.size(); i++) {
      Section section = all.get(i);
      headers
          .putInt(nameOffsets.get(i))
          .putInt(section.type)
          .putLong(section.flags)
          .putLong(0);
      headers
          .putLong(file.position())
          .putLong(section.contents.length)
          .putInt(section.link)
          .putInt(section.info);
      headers.putLong(8).putLong(section.entry);
      file.put(section.contents);
    }
    return file.array();
  }
}
