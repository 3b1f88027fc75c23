package dev.assay.cli;

import dev.assay.isa.InstructionRegistry;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import java.util.Set;

/**
 * Reads the tables that every proof needs in a thread of its own, while the command line is parsed: each takes about as long as the other, and a start is mostly
 * these two. Tables are read once, whoever asks first.
 */
final class TablePreload {
  /** The commands that need them. */
  private static final Set<String> COMMANDS = Set.of("verify", "run", "list", "conformance");

  private TablePreload() {}

  /** Begins, if these arguments begin with a command that needs the tables. */
  static void begin(String[] arguments) {
    if (arguments.length > 1 && COMMANDS.contains(arguments[0])) {
      Thread.ofPlatform().daemon().name("tables").start(TablePreload::read);
    }
  }

  private static void read() {
    try {
      InstructionRegistry.standard();
      Platform platform = LinuxPlatform.load();
      platform.programKindOfSection("xdp");
      platform.mapTypes();
      platform.helpers();
    } catch (RuntimeException malformed) {
      // Whoever needs the table reads it again, and is told.
      return;
    }
  }
}
