package dev.assay.interpreter.conformance;

import dev.assay.isa.Code;
import dev.assay.isa.Decoder;
import dev.assay.isa.MalformedCodeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One file of bpf_conformance. It consists of sections, each after a line {@code -- name}: {@code asm} or
 * {@code raw} is the program, {@code mem} the memory as hexadecimal bytes, {@code result} the expected r0,
 * {@code error} stands for an expected fault.
 *
 * @param memory what r1 points to
 * @param result the expected r0, or empty if the run has to fault
 */
public record ConformanceCase(String name, Code code, byte[] memory, Optional<Long> result) {

  /** Reads a file. */
  public static ConformanceCase read(Path file) throws IOException, MalformedCodeException {
    Map<String, String> sections = sections(Files.readString(file));
    Code code = sections.containsKey("asm")
        ? UbpfAssembler.assemble(sections.get("asm"))
        : raw(sections.get("raw"));
    Optional<Long> result =
        Optional.ofNullable(sections.get("result")).map(text -> unsigned(text.strip()));
    return new ConformanceCase(
        file.getFileName().toString(),
        code,
        bytes(sections.getOrDefault("mem", "")),
        sections.containsKey("error") ? Optional.empty() : result);
  }

  /** The code of a {@code raw} section, if a file has one beside its assembly. */
  static Optional<Code> rawCode(Path file) throws IOException, MalformedCodeException {
    String text = sections(Files.readString(file)).get("raw");
    return text == null ? Optional.empty() : Optional.of(raw(text));
  }

  private static Map<String, String> sections(String text) {
    Map<String, String> sections = new LinkedHashMap<>();
    String current = "";
    for (String line : text.lines().toList()) {
      if (line.startsWith("--")) {
        current = line.substring(2).strip();
        sections.put(current, "");
      } else {
        sections.merge(current, line.replaceFirst("#.*", "") + "\n", String::concat);
      }
    }
    return sections;
  }

  private static Code raw(String text) throws MalformedCodeException {
    long[] slots = text.lines()
        .filter(line -> !line.isBlank())
        .mapToLong(line -> unsigned(line.strip()))
        .toArray();
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * slots.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(slots);
    return Decoder.decode(bytes.array(), ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String word : text.split("\\s+")) {
      if (!word.isEmpty()) {
        bytes.writeBytes(HexFormat.of().parseHex(word));
      }
    }
    return bytes.toByteArray();
  }

  private static long unsigned(String number) {
    return number.startsWith("0x")
        ? Long.parseUnsignedLong(number.substring(2), 16)
        : Long.parseUnsignedLong(number);
  }

  @Override
  public String toString() {
    return name;
  }
}
