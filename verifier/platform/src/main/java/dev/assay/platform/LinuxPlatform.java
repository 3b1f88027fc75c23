package dev.assay.platform;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Linux on x86-64, as the tables beside this class describe it: 6.18, with what earlier releases have. */
public final class LinuxPlatform implements Platform {
  private static final LinuxPlatform INSTANCE = new LinuxPlatform();

  private final Lazy<LayoutTable> layouts = new Lazy<>(() -> new LayoutTable(table("layouts")));
  private final Lazy<KindTable> kinds =
      new Lazy<>(() -> new KindTable(table("program-kinds"), layouts()));
  private final Lazy<SectionTable> sections =
      new Lazy<>(() -> new SectionTable(table("sections"), kinds()));
  private final Lazy<MapTypeTable> maps = new Lazy<>(() -> new MapTypeTable(table("map-types")));
  private final Lazy<FunctionTable> helpers = new Lazy<>(() -> functions("helpers"));
  private final Lazy<FunctionTable> kernelFunctions =
      new Lazy<>(() -> functions("kernel-functions"));
  private final Lazy<FunctionTable> libraryFunctions =
      new Lazy<>(() -> functions("library-functions"));
  private final Lazy<TargetFacts> targetFacts = new Lazy<>(() -> new TargetFacts(
      table("target-kinds"),
      table("target-arguments"),
      table("target-results"),
      table("vouched-fields")));
  private final Lazy<Limits> limits = new Lazy<>(() -> limits(table("limits")));

  private LinuxPlatform() {}

  /** The platform. Each of its tables is read when it is first asked for, and once. */
  public static Platform load() {
    return INSTANCE;
  }

  @Override
  public String name() {
    return "Linux 6.18";
  }

  @Override
  public Limits limits() {
    return limits.get();
  }

  @Override
  public List<ProgramKind> programKinds() {
    return kinds().all();
  }

  @Override
  public Optional<ProgramKind> programKindOfSection(String section) {
    return sections.get().kind(section);
  }

  @Override
  public Optional<String> attachTarget(String section) {
    return sections.get().target(section);
  }

  @Override
  public TargetFacts targetFacts() {
    return targetFacts.get();
  }

  @Override
  public Optional<ProgramKind> programKind(String name) {
    return kinds().find(name).or(() -> programKindOfSection(name));
  }

  @Override
  public Optional<FunctionContract> helper(int id, ProgramKind kind) {
    for (FunctionContract form : helpers.get().find(id)) {
      if (form.callable(kind)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<FunctionContract> helper(int id, ProgramKind kind, MapType map) {
    for (FunctionContract form : helpers.get().find(id)) {
      if (form.callable(kind) && form.accepts(map)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<FunctionContract> helper(int id) {
    return FunctionTable.common(helpers.get().find(id));
  }

  @Override
  public Optional<FunctionContract> helper(String name) {
    return helpers.get().find(name.startsWith("bpf_") ? name.substring("bpf_".length()) : name);
  }

  @Override
  public Optional<FunctionContract> kernelFunction(String name) {
    return kernelFunctions.get().find(name);
  }

  @Override
  public Optional<FunctionContract> libraryFunction(String name) {
    return libraryFunctions.get().find(name);
  }

  @Override
  public List<FunctionContract> helpers() {
    return helpers.get().all();
  }

  @Override
  public List<MapType> mapTypes() {
    return maps.get().all();
  }

  @Override
  public Optional<MapType> mapType(int number) {
    return maps.get().find(number);
  }

  @Override
  public Optional<MapType> mapType(String name) {
    return maps.get().find(name);
  }

  @Override
  public Layout socketLayout(SocketClass socket) {
    return layout(
        switch (socket) {
          case COMMON -> "bpf_sock/common";
          case FULL -> "bpf_sock/full";
          case TCP -> "bpf_tcp_sock";
          case XDP -> "bpf_xdp_sock";
        });
  }

  @Override
  public Layout flowKeysLayout() {
    return layout("bpf_flow_keys");
  }

  private Layout layout(String name) {
    return layouts()
        .find(name)
        .orElseThrow(() -> new MalformedTableException("layouts: there is no " + name));
  }

  private LayoutTable layouts() {
    return layouts.get();
  }

  private KindTable kinds() {
    return kinds.get();
  }

  private FunctionTable functions(String name) {
    return new FunctionTable(
        table(name), kinds(), maps.get(), new CallbackTable(table("callbacks")));
  }

  private static Limits limits(Table table) {
    return new Limits(
        limit(table, "stack-bytes"),
        limit(table, "stack-bytes-above-tail-call"),
        limit(table, "call-depth"),
        limit(table, "tail-calls"),
        limit(table, "packet-bytes"),
        limit(table, "map-value-bytes"),
        limit(table, "pointer-offset"),
        limit(table, "loop-rounds"));
  }

  private static int limit(Table table, String name) {
    return table.rows().stream()
        .filter(row -> row.text("name").equals(name))
        .findFirst()
        .orElseThrow(() -> new MalformedTableException("limits: there is no row " + name))
        .number("value");
  }

  private static Table table(String name) {
    return Table.read("linux/" + name + ".tsv");
  }

  /** A value that is made when it is first asked for, once. */
  private static final class Lazy<T> {
    private final Supplier<T> make;
    private volatile @Nullable T value;

    Lazy(Supplier<T> make) {
      this.make = make;
    }

    T get() {
      T made = value;
      if (made == null) {
        synchronized (this) {
          made = value;
          if (made == null) {
            made = make.get();
            value = made;
          }
        }
      }
      return made;
    }
  }
}
