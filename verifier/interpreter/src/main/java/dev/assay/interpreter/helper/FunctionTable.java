package dev.assay.interpreter.helper;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every function that the interpreter models, by its name in the platform's tables: helpers without the prefix {@code
 * bpf_}, kernel functions and C library functions whole.
 */
public final class FunctionTable {
  private static final Map<String, HelperFunction> FUNCTIONS = new HashMap<>();

  static {
    FUNCTIONS.putAll(MapFunctions.ALL);
    FUNCTIONS.putAll(TimeFunctions.ALL);
    FUNCTIONS.putAll(TaskFunctions.ALL);
    FUNCTIONS.putAll(MemoryFunctions.ALL);
    FUNCTIONS.putAll(TextFunctions.ALL);
    FUNCTIONS.putAll(OutputFunctions.ALL);
    FUNCTIONS.putAll(PacketFunctions.ALL);
    FUNCTIONS.putAll(PacketStateFunctions.ALL);
    FUNCTIONS.putAll(ChecksumFunctions.ALL);
    FUNCTIONS.putAll(RedirectFunctions.ALL);
    FUNCTIONS.putAll(ControlFunctions.ALL);
  }

  private FunctionTable() {}

  /** The names of all functions that have a model. */
  static Set<String> names() {
    return Collections.unmodifiableSet(FUNCTIONS.keySet());
  }

  /** The model of a function, if there is one. */
  public static Optional<HelperFunction> find(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name));
  }
}
