package dev.assay.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel does not say in its BTF of what programs attach to: how programs get at the types of their arguments, which of these are not what
 * their types say, which results are legal, and which fields are as good as the pointer to their struct. Immutable and safe for use by several threads.
 */
public final class TargetFacts {
  private static final String ALL = "*";

  private final Map<String, TargetRule> rules = new HashMap<>();
  private final Map<Named, Argument> arguments = new HashMap<>();
  private final Map<Named, Optional<IntegerRange>> results = new HashMap<>();
  private final Map<Named, Field> fields = new HashMap<>();

  private record Named(String whole, String part) {}

  /** What an argument is other than its type says. */
  public enum Argument {
    /** It may be null. */
    NULLABLE,
    /** It may be an error instead of a pointer, and so is only a number. */
    NUMBER,
    /** It may be half made or half gone: functions that rely on it do not take it. */
    UNVOUCHED
  }

  /** What a pointer in a struct is, if the kernel vouches for the pointer to the struct. */
  public enum Field {
    /** The kernel vouches for it, too. */
    VOUCHED,
    /** It is null, or the kernel vouches for it. */
    NULLABLE
  }

  TargetFacts(Table kinds, Table arguments, Table results, Table fields) {
    for (Table.Row row : kinds.rows()) {
      rules.put(
          row.text("kind"),
          new TargetRule(
              row.constant("declared", row.text("declared"), TargetRule.Declared.class),
              row.number("skipped"),
              row.constant("pointers", row.text("pointers"), TargetRule.Pointers.class),
              row.constant("nullable", row.text("nullable"), TargetRule.Nullable.class),
              row.constant("result", row.text("result"), TargetRule.ResultSlot.class)));
    }
    for (Table.Row row : arguments.rows()) {
      String argument = row.text("argument");
      this.arguments.put(
          new Named(
              row.text("declaration"),
              argument.equals(ALL) ? ALL : String.valueOf(row.number("argument"))),
          row.constant("is", row.text("is"), Argument.class));
    }
    for (Table.Row row : results.rows()) {
      this.results.put(
          new Named(row.text("kind"), row.text("declaration")), row.rangeOrAny("result"));
    }
    for (Table.Row row : fields.rows()) {
      this.fields.put(
          new Named(row.text("struct"), row.text("field")),
          row.constant("is", row.text("is"), Field.class));
    }
  }

  /** How programs of a kind find the types of their arguments; empty if they do not, or not in the kernel's BTF. */
  public Optional<TargetRule> rule(ProgramKind kind) {
    return Optional.ofNullable(rules.get(kind.name()));
  }

  /**
   * What an argument is other than its type says.
   *
   * @param declaration the function or typedef in the kernel's BTF that has the prototype
   * @param argument its number from 0, the first that programs see
   */
  public Optional<Argument> argument(String declaration, int argument) {
    return Optional.ofNullable(arguments.get(new Named(declaration, String.valueOf(argument))))
        .or(() -> Optional.ofNullable(arguments.get(new Named(declaration, ALL))));
  }

  /**
   * What programs of a kind may return that attach to a declaration; empty if anything.
   *
   * @param declaration the function in the kernel's BTF
   */
  public Optional<IntegerRange> result(ProgramKind kind, String declaration) {
    return results.getOrDefault(new Named(kind.name(), declaration), kind.result());
  }

  /** What the pointer {@code field} of a struct is, if the kernel vouches for the pointer to that; empty if nothing is known of it. */
  public Optional<Field> field(String struct, String field) {
    return Optional.ofNullable(fields.get(new Named(struct, field)));
  }
}
