package dev.assay.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.apache.commons.collections4.MultiValuedMap;

/** The sections, symbols and relocations of an ELF file for BPF. Immutable. */
final class ElfFile {
  private final ByteBuffer file;
  private final List<ElfSection> sections;
  private final List<ElfSymbol> symbols;
  private final MultiValuedMap<Integer, ElfRelocation> relocations;

  /**
   * @param file all bytes, in their byte order; nobody changes them any more
   * @param relocations by the index of the section that they change
   */
  ElfFile(
      ByteBuffer file,
      List<ElfSection> sections,
      List<ElfSymbol> symbols,
      MultiValuedMap<Integer, ElfRelocation> relocations) {
    this.file = file;
    this.sections = List.copyOf(sections);
    this.symbols = List.copyOf(symbols);
    this.relocations = relocations;
  }

  ByteOrder byteOrder() {
    return file.order();
  }

  /** All sections by index; number 0 is none. */
  List<ElfSection> sections() {
    return sections;
  }

  /** All symbols by index; number 0 is none. */
  List<ElfSymbol> symbols() {
    return symbols;
  }

  /** The first section with a name. */
  Optional<ElfSection> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** What a section holds, in the file's byte order; nothing where it holds no bits. */
  ByteBuffer contents(ElfSection section) {
    int size = section.type() == ElfSection.NO_BITS ? 0 : section.size();
    return file.slice(section.offset(), size).order(file.order());
  }

  /** The relocations that change a section, in the file's order. */
  List<ElfRelocation> relocations(ElfSection section) {
    return List.copyOf(relocations.get(section.index()));
  }
}
