package dev.assay.cli.start;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The parser of the command line, in a newer class file format. */
class JarRewritingTest {
  @TempDir
  private Path folder;

  private static Path picocli() {
    try {
      return Path.of(
          CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException malformed) {
      throw new AssertionError(malformed);
    }
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  @Test
  void everyOldClassIsInTheNewFormat() throws IOException {
    Path renewed = folder.resolve("renewed.jar");
    JarRewriting.rewrite(picocli(), renewed);
    try (JarFile old = new JarFile(picocli().toFile());
        JarFile now = new JarFile(renewed.toFile())) {
      assertEquals(
          Collections.list(old.entries()).stream().map(JarEntry::getName).toList(),
          Collections.list(now.entries()).stream().map(JarEntry::getName).toList());
      for (JarEntry entry : Collections.list(now.entries())) {
        if (entry.getName().endsWith(".class")) {
          assertTrue(
              ClassFile.of().parse(bytes(now, entry)).majorVersion() >= ClassFile.JAVA_6_VERSION,
              entry.getName());
        } else {
          assertArrayEquals(
              bytes(old, old.getJarEntry(entry.getName())), bytes(now, entry), entry.getName());
        }
      }
    }
  }

  /** The JVM checks every class that it loads against its stack maps. */
  @Test
  void theNewClassesPassTheVerifierOfTheJvm() throws Exception {
    Path renewed = folder.resolve("renewed.jar");
    JarRewriting.rewrite(picocli(), renewed);
    try (URLClassLoader loader = new URLClassLoader(
            new URL[] {renewed.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        JarFile jar = new JarFile(renewed.toFile())) {
      int loaded = 0;
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith("picocli/") && name.endsWith(".class")) {
          Class.forName(name.substring(0, name.length() - 6).replace('/', '.'), true, loader);
          loaded++;
        }
      }
      assertTrue(loaded > 100, loaded + " classes");
    }
  }

  @Test
  void whatIsNewIsCopied() throws IOException {
    String name = JarRewritingTest.class.getName().replace('.', '/') + ".class";
    byte[] bytes;
    try (InputStream in = JarRewritingTest.class.getClassLoader().getResourceAsStream(name)) {
      bytes = in.readAllBytes();
    }
    Path jar = folder.resolve("new.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name));
      out.write(bytes);
      out.closeEntry();
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(jar);
    JarRewriting.rewriteInPlace(jar);
    assertEquals(permissions, Files.getPosixFilePermissions(jar));
    try (JarFile copied = new JarFile(jar.toFile())) {
      assertArrayEquals(bytes, bytes(copied, copied.getJarEntry(name)));
    }
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing is left behind");
    }
  }
}
