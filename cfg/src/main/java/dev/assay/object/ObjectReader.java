package dev.assay.object;

import dev.assay.btf.BtfExtension;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.CoreResolver;
import dev.assay.btf.FileText;
import dev.assay.btf.MalformedBtfException;
import dev.assay.object.BpfObject.ProgramFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a BPF object file and links its programs.
 *
 * <p>Map references become {@code MapByIndex} and {@code MapValueByIndex}; calls and addresses of
 * the object's own functions become {@code CallLocal} and {@code CodeAddress}. What the object does
 * not define is a {@code CallBtf(0, 0)} (calls) or a {@code LoadImmediate} of {@code
 * VariableAddress(0)} (addresses) with an entry in {@link BpfProgram#externals}. A CO-RE relocation
 * that the target cannot satisfy leaves a {@code CallHelper(}{@value #POISON}{@code )}, as libbpf
 * does, with its reason in {@link BpfProgram#poisoned}: harmless unless reached.
 */
public final class ObjectReader {
  /**
   * The helper number that libbpf writes over an instruction whose CO-RE relocation failed ("bad
   * relo").
   */
  public static final int POISON = 0xbad2310;

  private ObjectReader() {}

  /**
   * Reads an ELF file.
   *
   * @throws MalformedObjectException if the file as a whole cannot be read, or lacks one of the
   *     {@link ReadOptions#openMaps}; a program that cannot be linked is one of {@link
   *     BpfObject#failures}
   */
  public static BpfObject read(byte[] file, ReadOptions options) throws MalformedObjectException {
    ElfFile elf = ElfReader.read(file.clone());
    FunctionTable functions = new FunctionTable(elf);
    Optional<BtfTypes> types;
    BtfExtension extension;
    try {
      types = types(elf);
      extension = extension(elf, types);
    } catch (MalformedBtfException e) {
      return withoutPrograms(elf, functions, e.getMessage());
    }
    MapTable maps = maps(elf, types);
    KernelSymbols kernel = KernelSymbols.read(elf, types, maps);
    CodeNotes notes = new CodeNotes(types, extension);
    Optional<CoreResolver> core =
        types.map(own -> new CoreResolver(own, options.target(), elf.byteOrder()));
    Linker linker = new Linker(elf, new FunctionLinker(elf, functions, maps, kernel, notes, core));
    List<BpfProgram> programs = new ArrayList<>();
    List<ProgramFailure> failures = new ArrayList<>();
    for (CodeFunction function : functions.programs()) {
      try {
        programs.add(linker.link(function));
      } catch (LinkException e) {
        failures.add(
            new ProgramFailure(function.section().name(), function.name(), e.getMessage()));
      }
    }
    return options
        .openMaps()
        .in(new BpfObject(elf.byteOrder(), programs, failures, maps.all(), license(elf), types));
  }

  /**
   * Types that cannot be read leave open what maps and lines mean, but not which programs there
   * are.
   */
  private static BpfObject withoutPrograms(ElfFile elf, FunctionTable functions, String reason) {
    List<ProgramFailure> failures = functions.programs().stream()
        .map(function -> new ProgramFailure(function.section().name(), function.name(), reason))
        .toList();
    return new BpfObject(
        elf.byteOrder(), List.of(), failures, List.of(), license(elf), Optional.empty());
  }

  private static Optional<BtfTypes> types(ElfFile elf) throws MalformedBtfException {
    Optional<ElfSection> section = elf.section(".BTF");
    return section.isEmpty()
        ? Optional.empty()
        : Optional.of(BtfTypes.read(elf.contents(section.get())));
  }

  private static BtfExtension extension(ElfFile elf, Optional<BtfTypes> types)
      throws MalformedBtfException {
    Optional<ElfSection> section = elf.section(".BTF.ext");
    return section.isEmpty() || types.isEmpty()
        ? BtfExtension.empty()
        : BtfExtension.read(elf.contents(section.get()), types.get());
  }

  private static MapTable maps(ElfFile elf, Optional<BtfTypes> types)
      throws MalformedObjectException {
    MapTable maps = new MapTable();
    LegacyMaps.read(elf, types, maps);
    if (types.isPresent()) {
      BtfMaps.read(elf, types.get(), maps);
    } else if (elf.section(".maps").filter(BtfMaps::holdsMaps).isPresent()) {
      throw new MalformedObjectException(
          "section .maps needs a section .BTF, and there is none; compile with -g");
    }
    DataSections.read(elf, types, maps);
    return maps;
  }

  private static String license(ElfFile elf) {
    return elf.section("license")
        .map(section -> {
          ByteBuffer contents = elf.contents(section);
          byte[] bytes = new byte[contents.limit()];
          contents.get(0, bytes);
          int end = 0;
          while (end < bytes.length && bytes[end] != 0) {
            end++;
          }
          return FileText.decode(Arrays.copyOf(bytes, end));
        })
        .orElse("");
  }
}
