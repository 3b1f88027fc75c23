package dev.assay.cli.start;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** Rewrites the classes of jars for a quick start; all else in them is copied. */
final class JarRewriting {
  private JarRewriting() {}

  /**
   * Rewrites jars in their places. One with which anything is wrong is left as it is and said, and the status is 1 then.
   *
   * @param arguments the jars
   */
  public static void main(String[] arguments) {
    boolean all = true;
    for (String argument : arguments) {
      try {
        rewriteInPlace(Path.of(argument));
      } catch (IOException | RuntimeException e) {
        System.err.println(argument + " is left as it is: " + e);
        all = false;
      }
    }
    if (!all) {
      System.exit(1);
    }
  }

  static void rewriteInPlace(Path jar) throws IOException {
    // Beside it and not a temporary file, which only its owner could read.
    Path rewritten = jar.resolveSibling(jar.getFileName() + ".rewritten");
    try {
      rewrite(jar, rewritten);
      Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(rewritten);
    }
  }

  /** Writes what is in {@code jar} to another one. The superclasses of its classes are looked for there and on the class path. */
  static void rewrite(Path jar, Path rewritten) throws IOException {
    try (JarFile from = new JarFile(jar.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(rewritten))) {
      ClassFile format = ClassFile.of(
          ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
          // Otherwise methods are copied as they are.
          ClassFile.ConstantPoolSharingOption.NEW_POOL,
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(classes)
                  .orElse(ClassHierarchyResolver.defaultResolver())));
      for (JarEntry entry : Collections.list(from.entries())) {
        byte[] bytes;
        try (InputStream in = from.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        to.putNextEntry(copy);
        to.write(entry.getName().endsWith(".class") ? rewritten(format, bytes) : bytes);
        to.closeEntry();
      }
    }
  }

  private static byte[] rewritten(ClassFile format, byte[] bytes) {
    ClassModel model = format.parse(bytes);
    if (FormatRenewal.isOld(model)) {
      return FormatRenewal.renewed(format, model);
    }
    return EarlyLinking.isPossible(model) ? EarlyLinking.linked(format, model) : bytes;
  }
}
