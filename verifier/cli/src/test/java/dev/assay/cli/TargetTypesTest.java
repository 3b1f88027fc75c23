package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.object.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Programs for a kernel whose types the user gives. */
class TargetTypesTest {
  private static final Path TYPES = TestObjects.shared("reference/linux/vmlinux-6.18.btf");

  private static String object(String name) {
    Path file = TestObjects.shared("corpus/objects/cilium-examples/" + name);
    assumeTrue(Files.exists(TYPES) && Files.exists(file), "no such files: " + TYPES + ", " + file);
    return file.toString();
  }

  @Test
  void theTypeOfAnArgumentIsReadFromThem() {
    String object = object("tcprtt_bpf_bpfel.o");
    Invocation without = Invocation.of("verify", object);
    assertEquals(1, without.status());
    assertTrue(without.out().contains("no target BTF tells its type"), without.out());
    Invocation with = Invocation.of("verify", "--btf", TYPES.toString(), object);
    assertEquals(0, with.status(), with.out());
    assertFalse(with.out().contains("assuming"), with.out());
  }
}
