package dev.assay.platform;

import dev.assay.platform.Argument.DynptrClass;
import dev.assay.platform.Argument.ObjectUse;
import dev.assay.platform.FunctionContract.Effect;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The functions that programs may call, by number and by name. A function may have several rows: forms of it. */
final class FunctionTable {
  private static final String ARGUMENTS = "arguments";
  private static final String RESULT = "result";
  private static final String EFFECTS = "effects";

  private final CallbackTable callbacks;
  private final List<FunctionContract> all = new ArrayList<>();
  private final List<List<FunctionContract>> byId = new ArrayList<>();
  private final Map<String, List<FunctionContract>> byName = new HashMap<>();

  FunctionTable(Table table, KindTable kinds, MapTypeTable maps, CallbackTable callbacks) {
    this.callbacks = callbacks;
    for (Table.Row row : table.rows()) {
      FunctionContract contract =
          contract(row, kinds.select(row, "kinds"), maps.select(row, "maps"));
      all.add(contract);
      byName.computeIfAbsent(contract.name(), name -> new ArrayList<>()).add(contract);
      while (byId.size() <= contract.id()) {
        byId.add(new ArrayList<>());
      }
      byId.get(contract.id()).add(contract);
    }
  }

  List<FunctionContract> all() {
    return List.copyOf(all);
  }

  /** The forms of the function with this number. */
  List<FunctionContract> find(int id) {
    return id < 0 || id >= byId.size() ? List.of() : byId.get(id);
  }

  /** The function of this name: its form that most kinds see. */
  Optional<FunctionContract> find(String name) {
    return common(byName.getOrDefault(name, List.of()));
  }

  /** Of several forms, the one that most kinds see. */
  static Optional<FunctionContract> common(List<FunctionContract> forms) {
    return forms.stream().max(java.util.Comparator.comparingInt(FunctionContract::kindCount));
  }

  private FunctionContract contract(Table.Row row, BitSet kinds, BitSet maps) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    OptionalInt released = OptionalInt.empty();
    for (String text : row.list(EFFECTS)) {
      Word word = Word.of(text);
      switch (word.head()) {
        case "releases" -> released = OptionalInt.of(register(row, EFFECTS, word));
        case "gpl" -> effects.add(Effect.GPL_ONLY);
        default -> effects.add(row.constant(EFFECTS, word.head(), Effect.class));
      }
    }
    List<Argument> arguments = new ArrayList<>();
    for (String word : row.words(ARGUMENTS)) {
      arguments.add(argument(row, Word.of(word), arguments.size() + 1));
    }
    checkArguments(row, arguments, maps);
    return new FunctionContract(
        row.has("id") ? row.number("id") : 0,
        row.text("name"),
        row.text("prototype"),
        arguments,
        result(row),
        effects,
        released,
        kinds,
        maps,
        row.text("since"));
  }

  private static void checkArguments(Table.Row row, List<Argument> arguments, BitSet maps) {
    if (arguments.size() > 5) {
      throw row.error(ARGUMENTS, "calls have 5 arguments at most");
    }
    boolean map = false;
    for (Argument argument : arguments) {
      map |= argument instanceof Argument.MapPointer;
      if (argument instanceof Argument.SizedMemory memory && !isSize(arguments, memory.size())) {
        throw row.error(ARGUMENTS, "r" + memory.size() + " is no size");
      }
    }
    if (map == maps.isEmpty()) {
      throw row.error(
          "maps", map ? "the map's types are missing" : "there is no map among the arguments");
    }
  }

  private static boolean isSize(List<Argument> arguments, int register) {
    return register <= arguments.size()
        && (arguments.get(register - 1) instanceof Argument.Size
            || arguments.get(register - 1) instanceof Argument.AllocationSize);
  }

  private Argument argument(Table.Row row, Word word, int register) {
    boolean nullable = word.nullable();
    return switch (word.head()) {
      case "any" -> new Argument.Anything();
      case "scalar" -> new Argument.Scalar();
      case "zero" -> new Argument.Zero();
      case "map" -> new Argument.MapPointer();
      case "key" -> new Argument.MapKey();
      case "value" -> new Argument.MapValue(access(row, word), nullable);
      case "memory" -> memory(row, word, register);
      case "size" -> new Argument.Size(false);
      case "size0" -> new Argument.Size(true);
      case "allocation-size" -> new Argument.AllocationSize();
      case "context" -> new Argument.Context(nullable);
      case "socket" -> socket(row, word);
      case "object" ->
        new Argument.KernelObject(word.parts().isEmpty() ? "" : word.parts().getFirst(), nullable);
      case "percpu" -> new Argument.PerCpuVariable();
      case "lock" -> new Argument.SpinLock();
      case "field" -> new Argument.SpecialField(word.part(row, ARGUMENTS, 0));
      case "record" -> new Argument.AllocatedMemory();
      case "dynptr" ->
        new Argument.Dynptr(
            use(row, word.part(row, ARGUMENTS, 0)),
            row.constant(ARGUMENTS, word.part(row, ARGUMENTS, 1), DynptrClass.class));
      case "iterator" ->
        new Argument.Iterator(
            word.part(row, ARGUMENTS, 1),
            row.number(ARGUMENTS, word.part(row, ARGUMENTS, 2)),
            use(row, word.part(row, ARGUMENTS, 0)));
      case "string" -> new Argument.ConstantString();
      case "callback" ->
        new Argument.Callback(callbacks.find(row, ARGUMENTS, word.part(row, ARGUMENTS, 0)));
      case "callback-context" -> new Argument.CallbackContext();
      default -> throw row.unknown(ARGUMENTS, word.head());
    };
  }

  /** {@code memory:ACCESS} is as large as the next argument says, {@code memory:ACCESS:rN} as rN, {@code memory:ACCESS:N} N bytes. */
  private static Argument memory(Table.Row row, Word word, int register) {
    MemoryAccess access = access(row, word);
    if (word.parts().size() == 1) {
      return new Argument.SizedMemory(access, word.nullable(), register + 1);
    }
    String size = word.parts().get(1);
    return size.startsWith("r")
        ? new Argument.SizedMemory(
            access, word.nullable(), row.number(ARGUMENTS, size.substring(1)))
        : new Argument.FixedMemory(access, row.number(ARGUMENTS, size));
  }

  private static MemoryAccess access(Table.Row row, Word word) {
    return row.constant(ARGUMENTS, word.part(row, ARGUMENTS, 0), MemoryAccess.class);
  }

  private static Argument socket(Table.Row row, Word word) {
    return switch (word.part(row, ARGUMENTS, 0)) {
      case "any" -> new Argument.Socket(false, false, word.nullable());
      case "full" -> new Argument.Socket(true, false, word.nullable());
      case "kernel" -> new Argument.Socket(false, true, word.nullable());
      default -> throw row.unknown(ARGUMENTS, word.parts().getFirst());
    };
  }

  private static ObjectUse use(Table.Row row, String word) {
    return switch (word) {
      case "new" -> ObjectUse.INITIALIZE;
      case "use" -> ObjectUse.USE;
      case "release" -> ObjectUse.RELEASE;
      default -> throw row.unknown(ARGUMENTS, word);
    };
  }

  private static Result result(Table.Row row) {
    String text = row.text(RESULT);
    Word word = Word.of(text);
    return switch (word.head()) {
      case "integer" -> new Result.Integer(IntegerRange.ANY);
      case "error-or-size" -> new Result.ErrorOrSize(register(row, RESULT, word));
      case "nothing" -> new Result.Nothing();
      case "error-or-no-return" -> new Result.ErrorOrNoReturn();
      case "map-value" -> new Result.MapValue(word.nullable());
      case "socket" ->
        new Result.Socket(
            row.constant(RESULT, word.part(row, RESULT, 0), SocketClass.class), word.nullable());
      case "object" -> new Result.KernelObject(word.part(row, RESULT, 0), word.nullable());
      case "allocation" -> new Result.AllocatedMemory(register(row, RESULT, word));
      case "borrowed" -> new Result.BorrowedMemory(register(row, RESULT, word), true, false);
      case "borrowed-read" -> new Result.BorrowedMemory(register(row, RESULT, word), false, false);
      case "memory" ->
        new Result.FixedMemory(
            row.number(RESULT, word.part(row, RESULT, 0)), false, word.nullable());
      case "argument" -> new Result.Argument(register(row, RESULT, word));
      case "percpu" -> new Result.PerCpuVariable(word.nullable());
      case "exchanged" -> new Result.ExchangedPointer();
      default -> new Result.Integer(row.range(RESULT, text));
    };
  }

  private static int register(Table.Row row, String column, Word word) {
    int register = row.number(column, word.part(row, column, 0));
    if (register < 1 || register > 5) {
      throw row.error(column, "arguments are r1 to r5, not r" + register);
    }
    return register;
  }
}
