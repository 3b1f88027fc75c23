package dev.assay.verifier.semantics;

import dev.assay.btf.BtfType;
import dev.assay.btf.BtfTypes;
import dev.assay.btf.KernelTypes;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.IntegerRange;
import dev.assay.platform.MapType;
import dev.assay.platform.Platform;
import dev.assay.platform.Policy;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.Entry;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.state.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** All that the meaning of an instruction depends on beside the state: the program, its object, its host, the options. */
public final class Setting {
  /** The C type of locks in map values. */
  static final String SPIN_LOCK = "bpf_spin_lock";

  /** Linux: BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG. */
  private static final int READ_ONLY_FLAG = 1 << 7;

  private static final int WRITE_ONLY_FLAG = 1 << 8;

  private final BpfObject object;
  private final BpfProgram program;
  private final Platform platform;
  private final ProgramKind kind;
  private final Entry entry;
  private final VerifierOptions options;
  private final Policy policy;
  private final List<MapDefinition> maps;
  private final boolean initialValues;
  private final AttachTarget attachTarget;
  private final Optional<IntegerRange> legalResult;

  /**
   * The setting of one program that finds its context.
   *
   * @param initialValues whether {@code const volatile} variables may be assumed to have the values that the object gives them
   */
  public Setting(
      BpfObject object,
      BpfProgram program,
      Platform platform,
      ProgramKind kind,
      VerifierOptions options,
      boolean initialValues) {
    this(object, program, platform, kind, new Entry.Context(), options, initialValues);
  }

  /**
   * The setting of one program.
   *
   * @param initialValues whether {@code const volatile} variables may be assumed to have the values that the object gives them
   */
  public Setting(
      BpfObject object,
      BpfProgram program,
      Platform platform,
      ProgramKind kind,
      Entry entry,
      VerifierOptions options,
      boolean initialValues) {
    this.initialValues = initialValues;
    this.object = object;
    this.program = program;
    this.platform = platform;
    this.kind = kind;
    this.entry = entry;
    this.options = options;
    this.policy = options.policy().orElse(kind.policy());
    this.maps = object.maps();
    this.attachTarget = AttachTarget.of(program, platform, kind, options.target());
    this.legalResult = AttachTarget.declaration(program, platform, kind)
        .map(declaration -> platform.targetFacts().result(kind, declaration))
        .orElseGet(kind::result);
  }

  /** The object that holds the program. */
  public BpfObject object() {
    return object;
  }

  /** The program. */
  public BpfProgram program() {
    return program;
  }

  /** The host. */
  public Platform platform() {
    return platform;
  }

  /** What the program is loaded as. */
  public ProgramKind kind() {
    return kind;
  }

  /** What the program finds in its argument registers. */
  public Entry entry() {
    return entry;
  }

  /** What is demanded and permitted. */
  public VerifierOptions options() {
    return options;
  }

  /** Whether the policy is {@link Policy#STRICT}. */
  public boolean strict() {
    return policy == Policy.STRICT;
  }

  /**
   * Whether stack bytes may be read that were not written. They hold what was left there, which may be parts of pointers: strict programs may not.
   */
  boolean uninitialisedStack() {
    return options.uninitialisedStack() && !strict();
  }

  /** The policy. */
  public Policy policy() {
    return policy;
  }

  /** Whether {@code const volatile} variables are assumed to have the values that the object gives them. */
  public boolean initialValues() {
    return initialValues;
  }

  /** What the program attaches to, as the target's BTF describes it. */
  public AttachTarget attachTarget() {
    return attachTarget;
  }

  /**
   * What the program may return; empty if anything. Where its section does not say what it attaches to, that is what its kind may return in general.
   */
  Optional<IntegerRange> legalResult() {
    return legalResult;
  }

  /** The types of the kernel that the program is for, if they are known. */
  Optional<KernelTypes> kernelTypes() {
    return options.target();
  }

  /** A pointer, without a reference, to an object of the kernel's type of this name. */
  Kind.KernelObject kernelObject(String type, Kind.Trust trust, boolean nullable) {
    return kernelObject(type, trust, nullable, 0, false);
  }

  /** A pointer to an object of the kernel's type of this name. */
  Kind.KernelObject kernelObject(
      String type, Kind.Trust trust, boolean nullable, int reference, boolean view) {
    int id = kernelTypes()
        .map(types -> types.composite(type))
        .orElse(OptionalInt.empty())
        .orElse(0);
    return new Kind.KernelObject(type, id, trust, nullable, reference, view);
  }

  /**
   * A pointer to a variable of the kernel, which always lives: an object, or memory that may be read.
   *
   * @param name what messages call it
   * @param type the id of its type in the target's BTF
   */
  Kind kernelVariable(String name, int type, boolean nullable) {
    BtfTypes types = kernelTypes().orElseThrow().types();
    int id = types.resolve(type);
    return types.type(id) instanceof BtfType.Composite struct
        ? new Kind.KernelObject(struct.name(), id, Kind.Trust.DERIVED, nullable, 0, false)
        : new Kind.Memory(name, types.size(id).orElse(0), false, false, nullable, 0);
  }

  /** Whether the object has a map with this index. */
  public boolean hasMap(int index) {
    return index >= 0 && index < maps.size();
  }

  /** The map with this index. */
  public MapDefinition map(int index) {
    return maps.get(index);
  }

  /** The host's description of a map's type, if it knows it. */
  public Optional<MapType> mapType(MapDefinition map) {
    return platform.mapType(map.type());
  }

  /** Whether programs may change what a map holds. */
  public boolean changeable(MapDefinition map) {
    return (map.flags() & READ_ONLY_FLAG) == 0
        && !map.data().map(DataSection::readOnly).orElse(false);
  }

  /** Whether programs may store into values of a map that they looked up. */
  public boolean valueWritable(MapDefinition map) {
    return changeable(map) && mapType(map).map(MapType::valueWritable).orElse(false);
  }

  /** Whether programs may load from values of a map that they looked up. */
  public boolean valueReadable(MapDefinition map) {
    return (map.flags() & WRITE_ONLY_FLAG) == 0;
  }

  /** Whether a map's values hold a lock. They are told apart, so that each lock is given back by itself. */
  public boolean hasLock(MapDefinition map) {
    return map.specialFields().stream().anyMatch(field -> field.typeName().equals(SPIN_LOCK));
  }

  /** The definition that tells the shape of the values that {@code kind} points into. */
  public Optional<MapDefinition> shape(Kind.MapValue kind) {
    return kind.inner() ? inner(kind.map()) : Optional.of(map(kind.map()));
  }

  /** The shape of the maps in a map of maps, if the object tells. */
  public Optional<MapDefinition> inner(int outer) {
    return map(outer).innerMap().filter(this::hasMap).map(this::map);
  }

  /** What a reader knows a map by. */
  public String mapName(int index) {
    return map(index).name();
  }

  /**
   * The contract of a helper: the form that programs of this kind see, or, where they may not call it, the most common one (that they may not is
   * then found as a check).
   */
  public Optional<FunctionContract> helper(int id) {
    return platform.helper(id, kind).or(() -> platform.helper(id));
  }

  /**
   * The contract of a function that the object calls by name without defining it: a C library function, a function of the kernel, or a
   * helper that was declared as a function.
   */
  public Optional<FunctionContract> function(String name) {
    return platform
        .libraryFunction(name)
        .or(() -> platform.kernelFunction(name))
        .or(() -> platform.helper(name));
  }

  /** The largest offset from {@code data} that a packet can have, in bytes. */
  public int packetLimit() {
    return Math.min(options.packetSize(), platform.limits().packetBytes());
  }
}
