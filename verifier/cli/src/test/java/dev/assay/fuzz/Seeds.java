package dev.assay.fuzz;

import dev.assay.isa.Code;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Encoder;
import dev.assay.object.BpfProgram;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import dev.assay.object.TestObjects;
import dev.assay.referee.generator.ProgramGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The inputs that fuzzing starts from: objects of this repository, what is in them, and generated programs.
 *
 * @param files objects, or anything else
 */
record Seeds(List<Path> files) {
  /** Larger objects make a fuzzer slow and hold nothing that smaller ones do not. */
  private static final int LARGEST_OBJECT = 64 << 10;

  /** What is read fast enough for a test. */
  private static final int SMALL_OBJECT = 8 << 10;

  private static final int GENERATED = 100;

  /** The small objects of this repository. */
  static Seeds ofRepository() {
    return in(
        List.of(
            repository().resolve("examples"),
            repository().resolve("cfg/src/test/resources/objects")),
        SMALL_OBJECT);
  }

  /** The small objects of the corpus beside the repository; none if there is no corpus. */
  static Seeds ofCorpus() {
    return in(List.of(TestObjects.shared("corpus/objects")), SMALL_OBJECT);
  }

  /** The objects in these folders, those that are large apart. */
  static Seeds in(List<Path> folders) {
    return in(folders, LARGEST_OBJECT);
  }

  /** The objects in these folders that have at most so many bytes. */
  static Seeds in(List<Path> folders, int largest) {
    return new Seeds(
        folders.stream().flatMap(folder -> objectsIn(folder, largest)).toList());
  }

  private static Stream<Path> objectsIn(Path folder, int largest) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk
          .filter(file -> Files.isRegularFile(file) && file.toFile().length() <= largest)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the repository. */
  static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no folder above this one holds the examples");
      }
    }
    return folder;
  }

  /** Object files. */
  Stream<byte[]> objects() {
    return files.stream()
        .map(Seeds::bytes)
        .filter(bytes -> bytes.length > 4 && bytes[0] == 0x7f && bytes[1] == 'E');
  }

  /** The types of each object, against its own and against those of another one. */
  Stream<byte[]> types() {
    List<BtfInput> own = objects()
        .flatMap(file -> Stream.of(BtfSections.of(file)))
        .filter(input -> input.types().length > 0)
        .toList();
    return IntStream.range(0, own.size()).boxed().flatMap(i -> {
      byte[] other = own.get((i + 1) % own.size()).types();
      return Stream.of(
          own.get(i).bytes(),
          new BtfInput(own.get(i).types(), own.get(i).extension(), own.get(i).types()).bytes(),
          new BtfInput(own.get(i).types(), own.get(i).extension(), other).bytes());
    });
  }

  /** Code in either byte order. */
  Stream<byte[]> code() {
    return programs()
        .flatMap(code -> Stream.of(
            Encoder.encode(code, ByteOrder.LITTLE_ENDIAN),
            Encoder.encode(code, ByteOrder.BIG_ENDIAN)));
  }

  /** Listings. */
  Stream<byte[]> assembly() {
    return programs().map(code -> Disassembler.listing(code).getBytes(StandardCharsets.UTF_8));
  }

  /** Objects, and generated code with the kind of program that it was generated for. */
  Stream<byte[]> programsAndObjects() {
    Stream<byte[]> generated = LongStream.range(0, GENERATED)
        .mapToObj(ProgramGenerator::generate)
        .filter(subject -> VerifierTarget.KINDS.contains(subject.kind().name()))
        .map(subject -> {
          byte[] code = Encoder.encode(subject.code(), ByteOrder.LITTLE_ENDIAN);
          byte[] seed = new byte[1 + code.length];
          seed[0] = (byte) VerifierTarget.KINDS.indexOf(subject.kind().name());
          System.arraycopy(code, 0, seed, 1, code.length);
          return seed;
        });
    return Stream.concat(generated, objects());
  }

  private Stream<Code> programs() {
    Stream<Code> generated = LongStream.range(0, GENERATED)
        .mapToObj(seed -> ProgramGenerator.generate(seed).code());
    return Stream.concat(objects().flatMap(Seeds::programs), generated);
  }

  private static Stream<Code> programs(byte[] object) {
    try {
      return ObjectReader.read(object, ReadOptions.DEFAULT).programs().stream()
          .map(BpfProgram::code);
    } catch (MalformedObjectException e) {
      return Stream.empty();
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
