package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites the classes of a jar that are in the format of Java 5 into that of Java 8, with the stack maps that it demands: the JVM's cache of loaded classes takes no older ones, and
 * checks them anew at each start, which is a third of what the parser of the command line costs then. Code and behaviour stay the same. Classes in newer
 * formats, and all else, are copied.
 */
final class ClassFileRenewal {
  /** The first format with stack maps is that of Java 6. */
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private ClassFileRenewal() {}

  /**
   * Rewrites a jar in its place, or leaves it as it is if anything is wrong.
   *
   * @param arguments the jar
   */
  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    // Other than a temporary file, it can be read by whom the jar can.
    Path renewed = jar.resolveSibling(jar.getFileName() + ".renewed");
    try {
      renew(jar, renewed);
      Files.move(renewed, jar, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(renewed);
    }
  }

  /** Writes the classes of {@code jar} to another one. */
  static void renew(Path jar, Path renewed) throws IOException {
    try (JarFile from = new JarFile(jar.toFile());
        URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(renewed))) {
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
        to.write(entry.getName().endsWith(".class") ? renewed(format, bytes) : bytes);
        to.closeEntry();
      }
    }
  }

  private static byte[] renewed(ClassFile format, byte[] bytes) {
    ClassModel old = format.parse(bytes);
    return old.majorVersion() >= FIRST_WITH_STACK_MAPS
        ? bytes
        : format.transformClass(
            old,
            ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))
                .andThen(ClassTransform.transformingMethodBodies(
                    (builder, element) -> builder.with(element))));
  }
}
