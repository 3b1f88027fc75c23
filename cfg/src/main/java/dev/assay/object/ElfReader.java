package dev.assay.object;

import dev.assay.btf.FileText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.collections4.MultiValuedMap;
import org.apache.commons.collections4.multimap.ArrayListValuedHashMap;

/**
 * Reads 64-bit relocatable ELF files for BPF, of either byte order, and checks all offsets and
 * counts in them.
 *
 * <pre>
 *   0        4      5           16    18       40               58           60     62
 *   7f ELF   class  byte order  type  machine  section headers  their bytes  count  index of names
 * </pre>
 */
final class ElfReader {
  private static final int HEADER = 64;
  private static final int SECTION_HEADER = 64;
  private static final int SYMBOL = 24;
  private static final int MACHINE_NONE = 0;
  private static final int MACHINE_BPF = 247;
  private static final int RELOCATABLE = 1;
  private static final int LONGEST_NAME = 4096;

  private final ByteBuffer file;
  private final MultiValuedMap<Integer, ElfRelocation> relocations = new ArrayListValuedHashMap<>();
  private long nameBytesLeft;

  private ElfReader(byte[] bytes) {
    file = ByteBuffer.wrap(bytes);
    nameBytesLeft = 65536 + 8L * bytes.length;
  }

  /** Reads a file that nobody changes any more. */
  static ElfFile read(byte[] bytes) throws MalformedObjectException {
    return new ElfReader(bytes).read();
  }

  private ElfFile read() throws MalformedObjectException {
    checkHeader();
    List<ElfSection> sections = readSections();
    checkTotalSize(sections);
    List<ElfSymbol> symbols = readSymbols(sections);
    for (ElfSection section : sections) {
      readRelocations(section, sections, symbols);
    }
    return new ElfFile(file, sections, symbols, relocations);
  }

  private void checkHeader() throws MalformedObjectException {
    if (file.limit() < HEADER || file.getInt(0) != 0x7f454c46) {
      throw new MalformedObjectException(
          "not an ELF file: it does not start with 7f 45 4c 46 and a header of 64 bytes");
    }
    if (file.get(4) != 2) {
      throw new MalformedObjectException(
          "not a 64-bit ELF file: the byte at offset 4 is " + file.get(4) + ", not 2");
    }
    switch (file.get(5)) {
      case 1 -> file.order(ByteOrder.LITTLE_ENDIAN);
      case 2 -> file.order(ByteOrder.BIG_ENDIAN);
      default ->
        throw new MalformedObjectException("the byte at offset 5 is " + file.get(5)
            + ", neither 1 (little-endian) nor 2 (big-endian)");
    }
    if (half(16) != RELOCATABLE) {
      throw new MalformedObjectException(
          "not a relocatable ELF file: the type at offset 16 is " + half(16) + ", not 1");
    }
    if (half(18) != MACHINE_BPF && half(18) != MACHINE_NONE) {
      throw new MalformedObjectException(
          "not for BPF: the machine at offset 18 is " + half(18) + ", not 247");
    }
  }

  private List<ElfSection> readSections() throws MalformedObjectException {
    long table = file.getLong(40);
    if (half(58) != SECTION_HEADER) {
      throw new MalformedObjectException(
          "section headers of " + half(58) + " bytes, not 64, according to offset 58");
    }
    // The numbers that do not fit into 16 bits stand in the first header.
    long count = half(60);
    long namesIndex = half(62);
    if (count == 0 || namesIndex == 0xffff) {
      checkRange(table, SECTION_HEADER, "the first section header");
      count = count == 0 ? file.getLong((int) table + 32) : count;
      namesIndex = namesIndex == 0xffff ? word((int) table + 40) : namesIndex;
    }
    if (count < 0 || count > file.limit() / SECTION_HEADER) {
      throw new MalformedObjectException(
          "there is no room for " + Long.toUnsignedString(count) + " section headers");
    }
    checkRange(table, count * SECTION_HEADER, "the table of " + count + " section headers");
    int start = (int) table;
    if (namesIndex >= count) {
      throw new MalformedObjectException("the section names are said to be in section " + namesIndex
          + ", but there are only " + count + " sections");
    }
    ElfSection names = section(start, (int) namesIndex, "");
    if (names.type() != ElfSection.STRING_TABLE) {
      throw new MalformedObjectException(
          "section " + namesIndex + ", said to hold the section names, is no string table");
    }
    List<ElfSection> result = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      String name =
          string(names, Integer.toUnsignedLong(file.getInt(start + index * SECTION_HEADER)));
      result.add(section(start, index, name));
    }
    return result;
  }

  /*
   * 0     4     8      16       24      32    40    44    48     56
   * name  type  flags  address  offset  size  link  info  align  entry bytes
   */
  private ElfSection section(int table, int index, String name) throws MalformedObjectException {
    int at = table + index * SECTION_HEADER;
    int type = file.getInt(at + 4);
    long offset = file.getLong(at + 24);
    long size = file.getLong(at + 32);
    if (index == 0) {
      offset = 0;
      size = 0;
    } else if (type == ElfSection.NO_BITS) {
      offset = 0;
      if (size < 0 || size > Integer.MAX_VALUE) {
        throw new MalformedObjectException(
            "section " + index + " " + name + " of variables is 2 GiB or larger");
      }
    } else {
      checkRange(offset, size, "section " + index + (name.isEmpty() ? "" : " " + name));
    }
    return new ElfSection(
        index,
        name,
        index == 0 ? 0 : type,
        file.getLong(at + 8),
        (int) offset,
        (int) size,
        file.getInt(at + 40),
        file.getInt(at + 44),
        file.getLong(at + 56));
  }

  /**
   * Overlapping sections could make a small file cost much time and memory, and no compiler makes
   * them.
   */
  private void checkTotalSize(List<ElfSection> sections) throws MalformedObjectException {
    long total = 0;
    for (ElfSection section : sections) {
      total += section.type() == ElfSection.NO_BITS ? 0 : section.size();
    }
    if (total > file.limit()) {
      throw new MalformedObjectException(
          "sections overlap: together they have " + total + " bytes, the file " + file.limit());
    }
  }

  /*
   * 0     4                    5           6        8      16
   * name  binding:4 type:4     visibility  section  value  size
   */
  private List<ElfSymbol> readSymbols(List<ElfSection> sections) throws MalformedObjectException {
    List<ElfSymbol> result = new ArrayList<>();
    Optional<ElfSection> table = sections.stream()
        .filter(section -> section.type() == ElfSection.SYMBOL_TABLE)
        .findFirst();
    if (table.isEmpty()) {
      return result;
    }
    ElfSection section = table.get();
    if (section.entrySize() != SYMBOL || section.size() % SYMBOL != 0) {
      throw new MalformedObjectException(
          section + " of " + section.size() + " bytes has symbols of "
              + Long.toUnsignedString(section.entrySize()) + " bytes, not 24");
    }
    if (section.link() < 0
        || section.link() >= sections.size()
        || sections.get(section.link()).type() != ElfSection.STRING_TABLE) {
      throw new MalformedObjectException(
          section + " says that section " + Integer.toUnsignedString(section.link())
              + " holds its names, which is no string table");
    }
    ElfSection names = sections.get(section.link());
    for (int index = 0; index < section.size() / SYMBOL; index++) {
      int at = section.offset() + index * SYMBOL;
      int info = Byte.toUnsignedInt(file.get(at + 4));
      int definedIn = half(at + 6);
      // Only definitions and references are looked up by name; compilers' local labels are many.
      boolean named = definedIn == ElfSymbol.UNDEFINED || info >>> 4 != 0 || (info & 15) != 0;
      result.add(new ElfSymbol(
          index,
          named ? string(names, word(at)) : "",
          info >>> 4,
          info & 15,
          (file.get(at + 5) & 3) != 0,
          definedIn,
          file.getLong(at + 8),
          file.getLong(at + 16)));
    }
    return result;
  }

  /*
   * 0       8                             16
   * offset  symbol:32 type:32 (a number)  addend, if the section has them
   */
  private void readRelocations(
      ElfSection section, List<ElfSection> sections, List<ElfSymbol> symbols)
      throws MalformedObjectException {
    boolean addends = section.type() == ElfSection.RELOCATIONS_WITH_ADDEND;
    if (!addends && section.type() != ElfSection.RELOCATIONS) {
      return;
    }
    if (section.info() <= 0 || section.info() >= sections.size()) {
      throw new MalformedObjectException(section + " relocates section "
          + Integer.toUnsignedString(section.info()) + ", which does not exist");
    }
    ElfSection target = sections.get(section.info());
    if (!target.holdsCode() && !target.holdsData()) {
      return;
    }
    int entry = addends ? 24 : 16;
    if (section.size() % entry != 0) {
      throw new MalformedObjectException(
          section + " of " + section.size() + " bytes is no table of entries of " + entry);
    }
    for (int at = section.offset(); at < section.offset() + section.size(); at += entry) {
      long offset = file.getLong(at);
      long info = file.getLong(at + 8);
      if (offset < 0 || offset >= target.size()) {
        throw new MalformedObjectException(section + " has a relocation at offset "
            + Long.toUnsignedString(offset) + ", outside " + target);
      }
      if (info >>> 32 >= symbols.size()) {
        throw new MalformedObjectException(section + " has a relocation for symbol " + (info >>> 32)
            + ", but there are only " + symbols.size());
      }
      ElfSymbol symbol = symbols.get((int) (info >>> 32));
      relocations.put(
          target.index(),
          new ElfRelocation((int) offset, symbol, (int) info, addends ? file.getLong(at + 16) : 0));
    }
  }

  /**
   * A zero-terminated string; empty where it would start outside the table, since stripped files
   * have such.
   */
  private String string(ElfSection table, long offset) throws MalformedObjectException {
    if (offset >= table.size()) {
      return "";
    }
    int start = table.offset() + (int) offset;
    int limit = table.offset() + table.size();
    int end = start;
    while (end < limit && file.get(end) != 0) {
      end++;
    }
    if (end == limit) {
      throw new MalformedObjectException("the name at offset " + start + " does not end");
    }
    if (end - start > LONGEST_NAME) {
      throw new MalformedObjectException(
          "the name at offset " + start + " is longer than " + LONGEST_NAME + " bytes");
    }
    nameBytesLeft -= end - start;
    if (nameBytesLeft < 0) {
      throw new MalformedObjectException(
          "names overlap: together they are more than eight times as long as the file");
    }
    byte[] copy = new byte[end - start];
    file.get(start, copy);
    return FileText.decode(copy);
  }

  private void checkRange(long offset, long size, String what) throws MalformedObjectException {
    if (offset < 0 || size < 0 || offset > file.limit() || size > file.limit() - offset) {
      throw new MalformedObjectException(what
          + " at offset "
          + Long.toUnsignedString(offset)
          + " with "
          + Long.toUnsignedString(size)
          + " bytes reaches beyond the end of the file at "
          + file.limit());
    }
  }

  private int half(int at) {
    return Short.toUnsignedInt(file.getShort(at));
  }

  private long word(int at) {
    return Integer.toUnsignedLong(file.getInt(at));
  }
}
