package dev.assay.isa;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.assay.isa.Instruction.AddressSpaceCast;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Exit;
import dev.assay.isa.Instruction.Jump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.LoadPacketAbsolute;
import dev.assay.isa.Instruction.LoadPacketIndirect;
import dev.assay.isa.Instruction.MayGoto;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.isa.WideImmediate.Constant;
import dev.assay.isa.WideImmediate.MapByFd;
import dev.assay.isa.WideImmediate.MapByIndex;
import dev.assay.isa.WideImmediate.MapValueByFd;
import dev.assay.isa.WideImmediate.MapValueByIndex;
import dev.assay.isa.WideImmediate.VariableAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the instruction on one line, by recursive descent. */
final class InstructionParser {
  /** A register as written: {@code r3} or {@code w3}. */
  private record NamedRegister(Register register, Width width) {}

  /** A type as written between {@code (} and {@code *)}. */
  private record MemoryType(AccessSize size, boolean signed) {}

  private static final Map<String, NamedRegister> REGISTERS = Arrays.stream(Register.values())
      .flatMap(register ->
          Stream.of(new NamedRegister(register, Width.W64), new NamedRegister(register, Width.W32)))
      .collect(toUnmodifiableMap(InstructionParser::name, Function.identity()));

  private static final Map<String, ArithmeticOperator> ARITHMETIC = Arrays.stream(
          ArithmeticOperator.values())
      .filter(operator -> operator != ArithmeticOperator.MOV && !operator.extendsSign())
      .collect(toUnmodifiableMap(ArithmeticOperator::symbol, Function.identity()));

  private static final Map<String, ArithmeticOperator> SIGN_EXTENSIONS = Map.of(
      "s8",
      ArithmeticOperator.MOVSX8,
      "s16",
      ArithmeticOperator.MOVSX16,
      "s32",
      ArithmeticOperator.MOVSX32);

  private static final Map<String, Comparison> COMPARISONS = Arrays.stream(Comparison.values())
      .filter(comparison -> comparison != Comparison.NOT_SET)
      .collect(toUnmodifiableMap(Comparison::symbol, Function.identity()));

  private static final Map<String, AtomicOperator> SIMPLE_ATOMICS = Map.of(
      "+=",
      AtomicOperator.ADD,
      "|=",
      AtomicOperator.OR,
      "&=",
      AtomicOperator.AND,
      "^=",
      AtomicOperator.XOR);

  private static final Map<String, AtomicOperator> FETCHING_ATOMICS = Arrays.stream(
          AtomicOperator.values())
      .filter(AtomicOperator::isSimple)
      .collect(toUnmodifiableMap(
          operator -> "atomic_fetch_" + operator.name().toLowerCase(Locale.ROOT),
          Function.identity()));

  private static final Map<String, Width> EXCHANGES =
      Map.of("xchg_64", Width.W64, "xchg32_32", Width.W32);

  private static final Map<String, Width> COMPARE_EXCHANGES =
      Map.of("cmpxchg_64", Width.W64, "cmpxchg32_32", Width.W32);

  private static final Map<String, Width> ATOMIC_TYPES = Map.of("u32", Width.W32, "u64", Width.W64);

  private static final Map<String, MemoryType> MEMORY_TYPES = memoryTypes();

  private static final Map<String, ByteSwap> BYTE_SWAPS = byteSwaps();

  private final AssemblyLine line;
  private final int slot;
  private final Map<String, Integer> labels;
  private final Function<String, OptionalInt> helpers;

  /**
   * @param line the line, its labels taken
   * @param slot the slot at which the instruction starts
   */
  InstructionParser(
      AssemblyLine line,
      int slot,
      Map<String, Integer> labels,
      Function<String, OptionalInt> helpers) {
    this.line = line;
    this.slot = slot;
    this.labels = labels;
    this.helpers = helpers;
  }

  Instruction parse() {
    Instruction instruction = instruction();
    if (!line.atEnd()) {
      throw line.expected("the end of the instruction");
    }
    if (FramePointer.isWrittenBy(instruction)) {
      throw line.errorBefore("this would write to r10, which is read-only");
    }
    return instruction;
  }

  private Instruction instruction() {
    if (line.accept("exit")) {
      return new Exit();
    }
    if (line.accept("goto")) {
      return new Jump(target(16), false);
    }
    if (line.accept("gotol")) {
      return new Jump(target(32), true);
    }
    if (line.accept("may_goto")) {
      return new MayGoto((short) target(16));
    }
    if (line.accept("if")) {
      return conditionalJump();
    }
    if (line.accept("call")) {
      return call();
    }
    if (line.accept("callx")) {
      return new CallRegister(register());
    }
    if (line.accept("lock")) {
      return lock();
    }
    if (line.accept("*")) {
      return store();
    }
    boolean wide = line.atWideImmediate();
    NamedRegister destination =
        line.acceptAny(REGISTERS).orElseThrow(() -> line.expected("an instruction"));
    return wide ? loadImmediate(destination) : assignment(destination);
  }

  private Instruction conditionalJump() {
    NamedRegister left = anyRegister();
    Comparison comparison = line.acceptAny(COMPARISONS)
        .orElseThrow(() -> line.expected("a comparison such as == or s>"));
    Operand right = operand(left.width());
    line.expect("goto");
    return new ConditionalJump(
        comparison, left.width(), left.register(), right, (short) target(16));
  }

  private Instruction call() {
    if (line.accept("local")) {
      return new CallLocal(target(32));
    }
    if (line.accept("btf")) {
      line.expect("[");
      int id = (int) line.takeInteger(32, false);
      line.expect("]");
      short module = line.accept("module") ? (short) line.takeInteger(16, false) : 0;
      return new CallBtf(id, module);
    }
    if (line.atInteger()) {
      return new CallHelper((int) line.takeInteger(32, false));
    }
    String name = line.takeName("a helper, 'local' or 'btf'");
    Integer label = labels.get(name);
    if (label != null) {
      return new CallLocal(label - slot - 1);
    }
    OptionalInt helper = helpers.apply(name);
    if (helper.isEmpty()) {
      throw line.errorBefore("'" + name + "' is neither a label nor a known helper");
    }
    return new CallHelper(helper.getAsInt());
  }

  private Instruction lock() {
    line.expect("*");
    line.expect("(");
    Width width = memoryWidth();
    line.expect("(");
    Register base = register();
    short offset = (short) displacement(16);
    line.expect(")");
    AtomicOperator operator =
        line.acceptAny(SIMPLE_ATOMICS).orElseThrow(() -> line.expected("one of += |= &= ^="));
    return new Atomic(operator, false, width, base, offset, register(width));
  }

  private Instruction store() {
    MemoryType type = memoryType();
    if (type.signed()) {
      throw line.errorBefore("a store has an unsigned type");
    }
    line.expect("(");
    Register base = register();
    short offset = (short) displacement(16);
    line.expect(")");
    line.expect("=");
    AccessSize size = type.size();
    // As LLVM does, a source that is stored no wider than 32 bits may be written w.
    Operand source = line.atInteger()
        ? Operand.of((int) line.takeInteger(32, size != AccessSize.DOUBLE))
        : Operand.of(size == AccessSize.DOUBLE ? register() : anyRegister().register());
    return new Store(base, offset, size, source);
  }

  private Instruction assignment(NamedRegister destination) {
    Optional<ArithmeticOperator> operator = line.acceptAny(ARITHMETIC);
    if (operator.isPresent()) {
      return binary(operator.get(), destination, operand(destination.width()));
    }
    line.expect("=");
    if (line.accept("(")) {
      ArithmeticOperator extension =
          line.acceptAny(SIGN_EXTENSIONS).orElseThrow(() -> line.expected("one of s8 s16 s32"));
      line.expect(")");
      return binary(extension, destination, Operand.of(register(destination.width())));
    }
    if (line.accept("*")) {
      return load(destination);
    }
    if (!line.atInteger() && line.accept("-")) {
      expectAgain(destination);
      return new Negate(destination.width(), destination.register());
    }
    Optional<ByteSwap> swap = line.acceptAny(BYTE_SWAPS);
    if (swap.isPresent()) {
      expectAgain(destination);
      return new ByteSwap(swap.get().conversion(), swap.get().bits(), wide(destination));
    }
    Optional<AtomicOperator> fetch = line.acceptAny(FETCHING_ATOMICS);
    if (fetch.isPresent()) {
      return atomicFetch(fetch.get(), destination);
    }
    Optional<Width> exchange = line.acceptAny(EXCHANGES);
    if (exchange.isPresent()) {
      return exchange(exchange.get(), destination);
    }
    Optional<Width> compareExchange = line.acceptAny(COMPARE_EXCHANGES);
    if (compareExchange.isPresent()) {
      return compareExchange(compareExchange.get(), destination);
    }
    if (line.accept("addr_space_cast")) {
      return addressSpaceCast(destination);
    }
    return binary(ArithmeticOperator.MOV, destination, operand(destination.width()));
  }

  private static Instruction binary(
      ArithmeticOperator operator, NamedRegister destination, Operand source) {
    return new Binary(operator, destination.width(), destination.register(), source);
  }

  private Instruction load(NamedRegister destination) {
    MemoryType type = memoryType();
    if (destination.width() == Width.W32 && (type.signed() || type.size() == AccessSize.DOUBLE)) {
      throw line.errorBefore(
          "a sign-extending or 64-bit load fills all of its register: write r instead of w");
    }
    if (line.accept("skb")) {
      return loadPacket(destination, type);
    }
    line.expect("(");
    Register base = register();
    short offset = (short) displacement(16);
    line.expect(")");
    return new Load(destination.register(), base, offset, type.size(), type.signed());
  }

  private Instruction loadPacket(NamedRegister destination, MemoryType type) {
    if (destination.register() != Register.R0
        || type.signed()
        || type.size() == AccessSize.DOUBLE) {
      throw line.errorBefore("packet access reads u8, u16 or u32 into r0");
    }
    line.expect("[");
    Instruction load;
    if (line.atInteger()) {
      load = new LoadPacketAbsolute(type.size(), (int) line.takeInteger(32, false));
    } else {
      Register source = register();
      load = new LoadPacketIndirect(type.size(), source, (int) displacement(32));
    }
    line.expect("]");
    return load;
  }

  private Instruction atomicFetch(AtomicOperator operator, NamedRegister destination) {
    line.expect("(");
    line.expect("(");
    Width width = memoryWidth();
    line.expect("(");
    Register base = register();
    short offset = (short) displacement(16);
    line.expect(")");
    line.expect(",");
    Register source = expectAgain(destination, width);
    line.expect(")");
    return new Atomic(operator, true, width, base, offset, source);
  }

  private Instruction exchange(Width width, NamedRegister destination) {
    line.expect("(");
    Register base = register();
    short offset = (short) displacement(16);
    line.expect(",");
    Register source = expectAgain(destination, width);
    line.expect(")");
    return new Atomic(AtomicOperator.XCHG, true, width, base, offset, source);
  }

  private Instruction compareExchange(Width width, NamedRegister destination) {
    line.expect("(");
    Register base = register();
    short offset = (short) displacement(16);
    line.expect(",");
    if (expectAgain(destination, width) != Register.R0) {
      throw line.errorBefore("compare and exchange uses r0");
    }
    line.expect(",");
    Register source = register(width);
    line.expect(")");
    return new Atomic(AtomicOperator.CMPXCHG, true, width, base, offset, source);
  }

  private Instruction addressSpaceCast(NamedRegister destination) {
    line.expect("(");
    Register source = register();
    line.expect(",");
    int toSpace = (int) line.takeInteger(16, true);
    line.expect(",");
    int fromSpace = (int) line.takeInteger(16, true);
    line.expect(")");
    return new AddressSpaceCast(wide(destination), source, toSpace & 0xffff, fromSpace & 0xffff);
  }

  private Instruction loadImmediate(NamedRegister destination) {
    line.expect("=");
    WideImmediate immediate = wideImmediate();
    line.expect("ll");
    return new LoadImmediate(wide(destination), immediate);
  }

  private WideImmediate wideImmediate() {
    if (line.atInteger()) {
      return new Constant(line.takeInteger(64, true));
    }
    if (line.accept("map_by_fd")) {
      return new MapByFd(argument());
    }
    if (line.accept("map_by_idx")) {
      return new MapByIndex(argument());
    }
    if (line.accept("var_addr")) {
      return new VariableAddress(argument());
    }
    if (line.accept("code_addr")) {
      line.expect("(");
      int offset = target(32);
      line.expect(")");
      return new CodeAddress(offset);
    }
    if (line.accept("map_val")) {
      return mapValue();
    }
    throw line.expected("a number or one of map_by_fd map_by_idx map_val var_addr code_addr");
  }

  private WideImmediate mapValue() {
    line.expect("(");
    boolean byIndex = line.accept("map_by_idx");
    if (!byIndex) {
      line.expect("map_by_fd");
    }
    int map = argument();
    line.expect(")");
    int offset = (int) displacement(32);
    return byIndex ? new MapValueByIndex(map, offset) : new MapValueByFd(map, offset);
  }

  private int argument() {
    line.expect("(");
    int argument = (int) line.takeInteger(32, false);
    line.expect(")");
    return argument;
  }

  /** {@code (u32 *)}. */
  private MemoryType memoryType() {
    line.expect("(");
    MemoryType type =
        line.acceptAny(MEMORY_TYPES).orElseThrow(() -> line.expected("a type such as u32 or s8"));
    line.expect("*");
    line.expect(")");
    return type;
  }

  /** The rest of {@code (u32 *)} after its first parenthesis, for an atomic operation. */
  private Width memoryWidth() {
    Width width = line.acceptAny(ATOMIC_TYPES).orElseThrow(() -> line.expected("u32 or u64"));
    line.expect("*");
    line.expect(")");
    return width;
  }

  private Operand operand(Width width) {
    return line.atInteger()
        ? Operand.of((int) line.takeInteger(32, width == Width.W32))
        : Operand.of(register(width));
  }

  private NamedRegister anyRegister() {
    return line.acceptAny(REGISTERS).orElseThrow(() -> line.expected("a register"));
  }

  private Register register() {
    return register(Width.W64);
  }

  private Register register(Width width) {
    if (line.atAny(REGISTERS).filter(register -> register.width() == width).isEmpty()) {
      throw line.expected(width == Width.W32 ? "a register w0 to w10" : "a register r0 to r10");
    }
    return anyRegister().register();
  }

  /** Takes the register that the line assigns to, as the source that the instruction has it be too. */
  private void expectAgain(NamedRegister destination) {
    line.expect(name(destination));
  }

  private Register expectAgain(NamedRegister destination, Width width) {
    line.expect(name(new NamedRegister(destination.register(), width)));
    return destination.register();
  }

  /** The register of an instruction that has only a 64-bit form. */
  private Register wide(NamedRegister destination) {
    if (destination.width() == Width.W32) {
      throw line.errorBefore("this instruction fills all of its register: write r instead of w");
    }
    return destination.register();
  }

  /** {@code  + 8}, {@code  - 8} or nothing. */
  private long displacement(int bits) {
    boolean plus = line.accept("+");
    return plus || line.at("-") ? line.takeInteger(bits, false) : 0;
  }

  /** A target as an offset: {@code +3}, {@code -3} or a label. */
  private int target(int bits) {
    boolean plus = line.accept("+");
    if (plus || line.at("-")) {
      return (int) line.takeInteger(bits, false);
    }
    String label = line.takeName("a label, or a number of slots with its sign");
    Integer target = labels.get(label);
    if (target == null) {
      throw line.errorBefore("the label '" + label + "' is not defined");
    }
    int offset = target - slot - 1;
    if (Arithmetic.signExtend(bits, offset) != offset) {
      throw line.errorBefore(
          "the label '" + label + "' is " + offset + " slots away, too far for " + bits + " bits");
    }
    return offset;
  }

  private static String name(NamedRegister register) {
    return (register.width() == Width.W32 ? "w" : "r") + register.register().number();
  }

  private static Map<String, MemoryType> memoryTypes() {
    Map<String, MemoryType> types = new HashMap<>();
    for (AccessSize size : AccessSize.values()) {
      types.put("u" + size.bits(), new MemoryType(size, false));
      if (size != AccessSize.DOUBLE) {
        types.put("s" + size.bits(), new MemoryType(size, true));
      }
    }
    return Map.copyOf(types);
  }

  private static Map<String, ByteSwap> byteSwaps() {
    Map<String, ByteSwap> swaps = new HashMap<>();
    for (ByteOrderConversion conversion : ByteOrderConversion.values()) {
      for (int bits : new int[] {16, 32, 64}) {
        swaps.put(conversion.mnemonic() + bits, new ByteSwap(conversion, bits, Register.R0));
      }
    }
    return Map.copyOf(swaps);
  }
}
