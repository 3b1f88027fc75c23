package dev.assay.cli.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.verifier.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes whose switches and records are linked early do what they did. */
class EarlyLinkingTest {
  @TempDir
  private Path folder;

  /** Loads classes of one name or nested in it from their rewritten bytes. */
  private static final class Linked extends ClassLoader {
    private final String outer;
    private final Map<String, ClassModel> models = new HashMap<>();

    Linked(Class<?> outer) {
      super(outer.getClassLoader());
      this.outer = outer.getName();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(outer) && !name.startsWith(outer + "$")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      ClassFile format = ClassFile.of();
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] linked = EarlyLinking.linked(format, format.parse(in.readAllBytes()));
        models.put(name, format.parse(linked));
        return defineClass(name, linked, 0, linked.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** The calls of a class that are linked when they run first, by the method that links them. */
  private static List<InvokeDynamicInstruction> calls(ClassModel model, String bootstrap) {
    return model.methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(CodeModel::elementStream)
        .filter(InvokeDynamicInstruction.class::isInstance)
        .map(InvokeDynamicInstruction.class::cast)
        .filter(call -> call.bootstrapMethod().methodName().equals(bootstrap))
        .toList();
  }

  @Test
  void switchesAndRecordsGiveTheSame() throws ReflectiveOperationException {
    Linked loader = new Linked(LinkedSample.class);
    Class<?> linked = loader.loadClass(LinkedSample.class.getName());
    assertNotSame(LinkedSample.class, linked);
    var results = linked.getDeclaredMethod("results");
    results.setAccessible(true);
    assertEquals(LinkedSample.results(), results.invoke(null));

    ClassModel model = loader.models.get(LinkedSample.class.getName());
    List<InvokeDynamicInstruction> switches = calls(model, "typeSwitch");
    assertEquals(2, switches.size(), "those with a constant, and without any label, are left");
    for (InvokeDynamicInstruction left : switches) {
      assertTrue(left.bootstrapArgs().isEmpty()
          || left.bootstrapArgs().stream().anyMatch(label -> !(label instanceof ClassDesc)));
    }
    for (String name : List.of("Point", "Box", "Text", "Unit", "Numbers", "Generic")) {
      ClassModel record = loader.models.get(LinkedSample.class.getName() + "$" + name);
      assertEquals(
          List.of("toString"),
          calls(record, "bootstrap").stream()
              .map(call -> call.name().stringValue())
              .toList(),
          name);
    }
  }

  /** Loads all classes of the verifier's jar, rewritten; the JVM checks each against its stack maps. */
  @Test
  void theClassesOfTheVerifierPassTheVerifierOfTheJvm() throws Exception {
    Path rewritten = folder.resolve("rewritten.jar");
    JarRewriting.rewrite(verifier(), rewritten);
    int linked = 0;
    try (JarFile jar = new JarFile(rewritten.toFile());
        URLClassLoader loader = new URLClassLoader(urls(rewritten), null) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
              return super.findClass(name);
            } catch (ClassNotFoundException elsewhere) {
              return EarlyLinkingTest.class.getClassLoader().loadClass(name);
            }
          }
        }) {
      for (var entry :
          jar.stream().filter(file -> file.getName().endsWith(".class")).toList()) {
        String name = entry.getName().replace('/', '.').replace(".class", "");
        if (name.endsWith("-info")) {
          continue;
        }
        assertFalse(Class.forName(name, true, loader).isHidden(), name);
        try (InputStream in = jar.getInputStream(entry)) {
          ClassModel model = ClassFile.of().parse(in.readAllBytes());
          assertEquals(List.of(), calls(model, "typeSwitch"), name);
          linked += (int) model.methods().stream()
              .filter(method -> method.methodName().stringValue().startsWith("linked$"))
              .count();
        }
      }
    }
    assertTrue(linked > 100, linked + " methods");
  }

  private static URL[] urls(Path jar) throws IOException {
    return new URL[] {jar.toUri().toURL()};
  }

  /** The verifier's classes in a jar; the build has them in one, or still in a folder. */
  private Path verifier() throws IOException, URISyntaxException {
    Path classes = Path.of(
        Verifier.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isDirectory(classes)) {
      return classes;
    }
    Path jar = folder.resolve("verifier.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
