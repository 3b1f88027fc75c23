package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** LLVM's disassembler as a second opinion on our encoder, and its text as input for our assembler. */
class LlvmAgreementTest {
  private static final Pattern REJECTED =
      Pattern.compile("<stdin>:(\\d+):1: warning: invalid instruction encoding");

  @Test
  void llvmReadsOurBytesAsWhatWeMeant() throws IOException, InterruptedException {
    Optional<Path> llvm = findLlvm();
    Assumptions.assumeTrue(llvm.isPresent(), "skipped: llvm-mc is not on the PATH");
    List<Instruction> instructions = InstructionRegistry.standard().rows().stream()
        .filter(LlvmAgreementTest::isKnownToOldLlvm)
        .flatMap(LlvmAgreementTest::samples)
        .toList();

    Disassembly disassembly = disassemble(llvm.get(), instructions);

    // What the LLVM at hand does not know it may leave out, but it knows most.
    assertTrue(
        disassembly.understood().size() > instructions.size() * 9 / 10,
        () -> "understood only " + disassembly);
    List<Instruction> read =
        disassembly.text().stream().map(line -> Assembler.assemble(line).at(0)).toList();
    assertEquals(disassembly.understood(), read);
  }

  /** LLVM before 17 reads over the offset of the newest instructions, and never tells the kinds of call apart. */
  private static boolean isKnownToOldLlvm(RegistryRow row) {
    boolean plain =
        switch (row.operation()) {
          case Operation.CallLocal _,
              Operation.CallBtf _,
              Operation.CallRegister _,
              Operation.SecondSlot _ -> false;
          case Operation.LoadImmediate(Operation.WideKind kind) ->
            kind == Operation.WideKind.CONSTANT;
          default -> true;
        };
    return plain && row.status() == Status.PERMANENT && !row.cpu().equals("v4");
  }

  private static Stream<Instruction> samples(RegistryRow row) {
    return Stream.of(
            Instructions.encoding(row, 1, 2, 3, 4, 5),
            Instructions.encoding(row, 9, 0, -32768, Integer.MIN_VALUE, -1),
            Instructions.encoding(row, 0, 10, 0, 0, 0))
        .map(LlvmAgreementTest::decode);
  }

  private static Instruction decode(EncodedInstruction encoded) {
    byte[] bytes = new byte[16];
    encoded.write(bytes, 0, ByteOrder.LITTLE_ENDIAN);
    encoded.writeNext(bytes, 8, ByteOrder.LITTLE_ENDIAN);
    try {
      return Decoder.decodeAt(bytes, 0, ByteOrder.LITTLE_ENDIAN);
    } catch (MalformedCodeException e) {
      // The samples with r10 as source of a fetch fall back on r9.
      return decode(new EncodedInstruction(
          encoded.opcode(), encoded.destination(), 9, encoded.offset(), encoded.immediate(), 0));
    }
  }

  private record Disassembly(List<Instruction> understood, List<String> text) {}

  private static Disassembly disassemble(Path llvm, List<Instruction> instructions)
      throws IOException, InterruptedException {
    StringBuilder input = new StringBuilder();
    for (Instruction instruction : instructions) {
      byte[] bytes = Encoder.encode(instruction, ByteOrder.LITTLE_ENDIAN);
      input.append(HexFormat.ofDelimiter(" ").withPrefix("0x").formatHex(bytes)).append('\n');
    }
    Path source = Files.createTempFile("instructions", ".hex");
    Path output = Files.createTempFile("instructions", ".s");
    Path messages = Files.createTempFile("instructions", ".log");
    try {
      Files.writeString(source, input);
      Process process = new ProcessBuilder(
              llvm.toString(), "-triple=bpfel", "-mattr=+alu32", "--disassemble")
          .redirectInput(source.toFile())
          .redirectOutput(output.toFile())
          .redirectError(messages.toFile())
          .start();
      process.waitFor();
      List<Instruction> understood = new ArrayList<>(instructions);
      Matcher rejected = REJECTED.matcher(Files.readString(messages, StandardCharsets.UTF_8));
      List<Integer> lines = rejected
          .results()
          .map(result -> Integer.parseInt(result.group(1)) - 1)
          .toList();
      lines.reversed().forEach(line -> understood.remove(line.intValue()));
      List<String> text = Files.readAllLines(output).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("."))
          .toList();
      return new Disassembly(understood, text);
    } finally {
      Files.delete(source);
      Files.delete(output);
      Files.delete(messages);
    }
  }

  private static Optional<Path> findLlvm() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(":"))
        .map(folder -> Path.of(folder, "llvm-mc"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
