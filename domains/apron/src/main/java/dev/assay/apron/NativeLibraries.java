package dev.assay.apron;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.assay.numeric.DomainUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds and loads Apron: where {@code jna.library.path} says, where {@code domains/apron/install-apron} puts it, and where the system keeps libraries.
 *
 * <p>Debian's libapron does not name the libraries that it needs (readelf shows libc alone), so that they are loaded first, with symbols that all
 * later libraries see. The libraries of the domains, on the contrary, are loaded so that nobody else sees their symbols: those over rationals and
 * those over floating point define the same names.
 */
final class NativeLibraries {
  /** From dlfcn.h of Linux; macOS has another one. */
  private static final int RTLD_LAZY = 1;

  private static final int RTLD_GLOBAL = Platform.isMac() ? 8 : 0x100;
  private static final int RTLD_LOCAL = Platform.isMac() ? 4 : 0;

  /** What must stay loaded: JNA unloads a library that nobody refers to, whoever else may need it. */
  private static final Map<String, NativeLibrary> LOADED = new ConcurrentHashMap<>();

  private static @Nullable NativeLibrary apron;

  private NativeLibraries() {}

  /**
   * Loads Apron itself and connects {@link NativeFunctions} with it; once.
   *
   * @throws DomainUnavailableException if it cannot be loaded
   */
  static synchronized NativeLibrary apron() throws DomainUnavailableException {
    if (apron == null) {
      requireWords();
      NativeLibrary mathematics = load("m", RTLD_LAZY | RTLD_GLOBAL);
      LOADED.put("gmp", load("gmp", RTLD_LAZY | RTLD_GLOBAL));
      LOADED.put("mpfr", load("mpfr", RTLD_LAZY | RTLD_GLOBAL));
      NativeLibrary loaded = load("apron", RTLD_LAZY | RTLD_GLOBAL);
      try {
        Native.register(NativeFunctions.class, loaded);
        Rounding.connect(mathematics, loaded);
      } catch (UnsatisfiedLinkError missing) {
        throw new DomainUnavailableException(
            "this version of libapron lacks a function: " + missing.getMessage(), missing);
      }
      apron = loaded;
    }
    return apron;
  }

  private static void requireWords() throws DomainUnavailableException {
    try {
      if (Native.POINTER_SIZE != 8 || Native.LONG_SIZE != 8) {
        throw new DomainUnavailableException(
            "the domains of Apron need a machine with 64-bit pointers and longs");
      }
    } catch (LinkageError noJna) {
      throw new DomainUnavailableException(
          "the domains of Apron need JNA, which cannot load its library here: " + noJna.getMessage()
              + "; -Djna.tmpdir=FOLDER says where it may unpack it",
          noJna);
    }
  }

  /**
   * The library of a domain.
   *
   * @throws DomainUnavailableException if it cannot be loaded
   */
  static NativeLibrary domain(String name) throws DomainUnavailableException {
    NativeLibrary known = LOADED.get(name);
    if (known != null) {
      return known;
    }
    apron();
    NativeLibrary loaded = load(name, RTLD_LAZY | RTLD_LOCAL);
    LOADED.put(name, loaded);
    return loaded;
  }

  private static NativeLibrary load(String name, int flags) throws DomainUnavailableException {
    List<UnsatisfiedLinkError> missing = new ArrayList<>();
    Path installed = installed();
    for (String candidate : fileNames(name)) {
      try {
        // JNA looks there before it looks where the user says.
        if (System.getProperty("jna.library.path") == null && Files.isDirectory(installed)) {
          NativeLibrary.addSearchPath(candidate, installed.toString());
        }
        return NativeLibrary.getInstance(candidate, Map.of(Library.OPTION_OPEN_FLAGS, flags));
      } catch (UnsatisfiedLinkError notThere) {
        missing.add(notThere);
      }
    }
    throw new DomainUnavailableException(
        "lib" + name + " cannot be loaded. Boxes, octagons and polyhedra need the Apron library:"
            + " run domains/apron/install-apron on Debian, install the package apron on"
            + " Fedora, or say where it is with"
            + " ASSAY_JAVA_OPTS=-Djna.library.path=FOLDER",
        missing.getLast());
  }

  /** Where {@code install-apron} puts what it unpacks: in the folder for users' data that the XDG base directory specification names. */
  private static Path installed() {
    String data = System.getenv("XDG_DATA_HOME");
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home"));
    return (data == null || data.isEmpty() ? Path.of(home, ".local", "share") : Path.of(data))
        .resolve(Path.of("assay", "apron"));
  }

  /** A library's run-time file has its version in its name; the one without is there for compilers, where anything is. */
  private static List<String> fileNames(String name) {
    return switch (name) {
      case "m" -> List.of("libm.so.6", name);
      case "gmp" -> List.of("libgmp.so.10", name);
      case "mpfr" -> List.of("libmpfr.so.6", name);
      default -> List.of(name, "lib" + name + ".so.0");
    };
  }
}
