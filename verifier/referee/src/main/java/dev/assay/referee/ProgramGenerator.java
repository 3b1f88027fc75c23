package dev.assay.referee;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random programs of which a good share is accepted: arithmetic, checked accesses, branches, loops and calls that are mostly right, and now and then
 * subtly wrong (off by one, signed for unsigned, 32 bits for 64, a test of the wrong register).
 *
 * <p>By convention r6 holds the context, r7 the packet's start, r8 its end, and r9 is a number or a pointer that lives long. What is written so far
 * is followed roughly, so that most registers that are read hold numbers.
 */
public final class ProgramGenerator {
  static final int HASH = 0;
  static final int ARRAY = 1;
  private static final int VALUE_SIZE = 48;
  private static final int FRAME_USED = 64;
  private static final int MOST_DEPTH = 3;
  private static final List<MapDefinition> MAPS = List.of(
      MapDefinition.of("hash", 1, 4, VALUE_SIZE, 4),
      MapDefinition.of("array", 2, 4, VALUE_SIZE, 1));

  private static final int[] CORNERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    15,
    16,
    31,
    32,
    63,
    64,
    127,
    128,
    255,
    256,
    0xffff,
    0x10000,
    -1,
    -2,
    -8,
    -128,
    -129,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MIN_VALUE + 1,
    Integer.MAX_VALUE - 1
  };

  private static final Comparison[] COMPARISONS = {
    Comparison.EQ,
    Comparison.NE,
    Comparison.SET,
    Comparison.GT,
    Comparison.GE,
    Comparison.LT,
    Comparison.LE,
    Comparison.SGT,
    Comparison.SGE,
    Comparison.SLT,
    Comparison.SLE
  };

  private static final String[] KINDS = {"xdp", "xdp", "sched_cls", "cgroup_skb/ingress"};

  private final RandomGenerator random;
  private final CodeBuilder code = new CodeBuilder();
  private final List<Integer> functions = new ArrayList<>();
  private final List<Integer> callbacks = new ArrayList<>();
  private final String kind;
  private int numbers;
  private boolean packet;
  private int initialised;
  private boolean entry = true;

  private ProgramGenerator(long seed) {
    this.random = Input.random(seed);
    this.kind = KINDS[random.nextInt(KINDS.length)];
  }

  /** The program of a seed. */
  public static Subject generate(long seed) {
    ProgramGenerator generator = new ProgramGenerator(seed);
    generator.program();
    return new Subject(
        generator.code.build(),
        MAPS,
        LinuxPlatform.load().programKind(generator.kind).orElseThrow());
  }

  private void program() {
    code.add(move(Register.R6, Register.R1));
    loadPacket();
    for (int r : new int[] {0, 2, 3, 9}) {
      source(Register.of(r));
    }
    statements(2 + random.nextInt(8), 0);
    if (kind.startsWith("cgroup")) {
      code.add(new Instruction.Binary(
          ArithmeticOperator.MOV, Width.W64, Register.R0, Operand.of(random.nextInt(2))));
    } else {
      code.add(copyOf(Register.R0, number()));
    }
    code.add(new Instruction.Exit());
    entry = false;
    packet = false;
    for (int i = 0; i < functions.size(); i++) {
      function(functions.get(i));
    }
    callbacks.forEach(this::callbackBody);
  }

  /** A callee: r1 and r2 are numbers, r3 points to 16 bytes of its caller's frame. */
  private void function(int label) {
    code.bind(label);
    numbers = 0b110;
    initialised = 0;
    if (chance(2)) {
      int size = 1 << random.nextInt(4);
      int offset = -random.nextInt(16 / size) * size;
      code.add(new Instruction.Load(Register.R0, Register.R3, (short) offset, size(size), false));
      define(Register.R0);
    }
    if (chance(2)) {
      code.add(
          new Instruction.Store(Register.R3, (short) 0, AccessSize.DOUBLE, Operand.of(number())));
    }
    statements(1 + random.nextInt(4), MOST_DEPTH - 1);
    code.add(copyOf(Register.R0, number()));
    code.add(new Instruction.Exit());
  }

  private void loadPacket() {
    packet = true;
    boolean xdp = kind.equals("xdp");
    code.add(new Instruction.Load(
        Register.R7, Register.R6, (short) (xdp ? 0 : 76), AccessSize.WORD, false));
    code.add(new Instruction.Load(
        Register.R8, Register.R6, (short) (xdp ? 4 : 80), AccessSize.WORD, false));
  }

  private void statements(int count, int depth) {
    for (int i = 0; i < count; i++) {
      statement(depth);
    }
  }

  private void statement(int depth) {
    switch (random.nextInt(42)) {
      case 0, 1, 2, 3 -> arithmetic();
      case 4 -> mask(anyNumber());
      case 5 -> packetAtConstant();
      case 6 -> packetAtVariable();
      case 7, 8 -> stackStore();
      case 9, 10 -> stackLoad();
      case 11 -> lookup(depth);
      case 12 -> arrayValue();
      case 13, 14, 15 -> branch(depth);
      case 16, 17 -> loop(depth);
      case 18 -> call();
      case 19 -> atomic();
      case 20 -> swap();
      case 21 -> function();
      case 22, 23 -> checkedIndex();
      case 24 -> walkPacket(depth);
      case 25 -> comparePointers();
      case 26 -> pick(depth);
      case 27 -> callback(depth);
      case 28 -> loadContext();
      case 29, 30, 31 -> related();
      case 32, 33 -> extendOnBothSides();
      case 34 -> resizePacket();
      case 36, 37 -> testedImage();
      case 38 -> remainder();
      case 39, 40 -> summedArea();
      case 41 -> packetLength();
      default -> copyAndTest(depth);
    }
  }

  // Numbers.

  private void source(Register register) {
    switch (random.nextInt(4)) {
      case 0 ->
        code.add(new Instruction.Binary(
            ArithmeticOperator.MOV, Width.W64, register, Operand.of(constant())));
      case 1 ->
        code.add(new Instruction.LoadImmediate(register, new WideImmediate.Constant(wide())));
      default -> {
        code.add(new Instruction.CallHelper(chance(3) ? 7 : 5));
        clobber();
        define(Register.R0);
        if (register != Register.R0) {
          code.add(move(register, Register.R0));
        }
      }
    }
    define(register);
  }

  private void arithmetic() {
    Register destination = anyNumber();
    Width width = pick(Width.values());
    if (chance(10)) {
      code.add(new Instruction.Negate(width, destination));
      return;
    }
    ArithmeticOperator operator = pick(ArithmeticOperator.values());
    if (operator == ArithmeticOperator.MOVSX32 && width == Width.W32) {
      width = Width.W64;
    }
    boolean shift =
        switch (operator) {
          case LSH, RSH, ARSH -> true;
          default -> false;
        };
    Operand source;
    if (operator.extendsSign() || chance(2)) {
      source = Operand.of(number());
    } else {
      boolean division =
          switch (operator) {
            case DIV, SDIV, MOD, SMOD -> true;
            default -> false;
          };
      int value = shift ? random.nextInt(width == Width.W64 ? 64 : 32) : constant();
      source = Operand.of(division && value == 0 ? 1 : value);
    }
    if (!operator.extendsSign()
        && source instanceof Operand.OfRegister
        && operator == ArithmeticOperator.MOV) {
      destination = scratch();
      define(destination);
    }
    code.add(new Instruction.Binary(operator, width, destination, source));
  }

  private void mask(Register register) {
    int bound = 1 << random.nextInt(7);
    switch (random.nextInt(5)) {
      case 0 ->
        binary(ArithmeticOperator.MOD, pick(Width.values()), register, bound + random.nextInt(5));
      case 1 -> binary(ArithmeticOperator.RSH, Width.W64, register, 56 + random.nextInt(8));
      case 2 -> {
        binary(ArithmeticOperator.LSH, Width.W64, register, 32 + random.nextInt(30));
        binary(
            chance(2) ? ArithmeticOperator.RSH : ArithmeticOperator.ARSH,
            Width.W64,
            register,
            32 + random.nextInt(30));
      }
      default ->
        binary(
            ArithmeticOperator.AND,
            pick(Width.values()),
            register,
            chance(6) ? constant() : bound - 1);
    }
  }

  private void swap() {
    code.add(new Instruction.ByteSwap(
        pick(ByteOrderConversion.values()), 16 << random.nextInt(3), anyNumber()));
  }

  // Tests.

  private void branch(int depth) {
    if (depth >= MOST_DEPTH) {
      arithmetic();
      return;
    }
    int otherwise = code.label();
    int end = code.label();
    test(otherwise);
    Known before = known();
    statements(1 + random.nextInt(3), depth + 1);
    boolean both = chance(2);
    if (both) {
      code.jump(end);
    }
    code.bind(otherwise);
    Known first = known();
    restore(before);
    if (both) {
      statements(1 + random.nextInt(3), depth + 1);
    }
    code.bind(end);
    meet(first);
  }

  private void test(int label) {
    code.jumpIf(
        pick(COMPARISONS),
        pick(Width.values()),
        number(),
        chance(2) ? Operand.of(number()) : Operand.of(constant()),
        label);
  }

  /** A copy is tested and the original used, or the other way round; through a 32-bit move, a spill, or an addition. */
  private void copyAndTest(int depth) {
    Register original = number();
    Register copy = scratch();
    if (copy == original) {
      return;
    }
    switch (random.nextInt(5)) {
      case 4 -> {
        code.add(move(copy, original));
        binary(ArithmeticOperator.LSH, Width.W64, copy, 32);
        if (!chance(6)) {
          binary(chance(2) ? ArithmeticOperator.RSH : ArithmeticOperator.ARSH, Width.W64, copy, 32);
        }
      }
      case 0 -> {
        code.add(new Instruction.Store(
            Register.R10, (short) -8, AccessSize.DOUBLE, Operand.of(original)));
        code.add(new Instruction.Load(
            copy,
            Register.R10,
            (short) -8,
            chance(2) ? AccessSize.DOUBLE : AccessSize.WORD,
            false));
        initialised |= 0b1;
      }
      case 1 ->
        code.add(new Instruction.Binary(
            ArithmeticOperator.MOVSX32, Width.W64, copy, Operand.of(original)));
      default -> code.add(copyOf(copy, original));
    }
    define(copy);
    if (chance(2)) {
      binary(ArithmeticOperator.ADD, pick(Width.values()), copy, constant());
    }
    int end = code.label();
    Register tested = chance(2) ? copy : original;
    code.jumpIf(pick(COMPARISONS), pick(Width.values()), tested, Operand.of(constant()), end);
    Known before = known();
    use(chance(2) ? original : copy);
    if (chance(3)) {
      statement(depth + 1);
    }
    code.bind(end);
    meet(before);
  }

  /** A number is held against a bound and then used as an index. */
  private void checkedIndex() {
    Register index = anyNumber();
    int end = code.label();
    Width width = chance(4) ? Width.W32 : Width.W64;
    int bound = random.nextInt(VALUE_SIZE);
    if (chance(3)) {
      code.jumpIf(Comparison.SLT, width, index, Operand.of(0), end);
      code.jumpIf(Comparison.SGT, width, index, Operand.of(bound), end);
    } else {
      code.jumpIf(chance(2) ? Comparison.GT : Comparison.GE, width, index, Operand.of(bound), end);
    }
    Known before = known();
    use(chance(10) ? number() : index);
    code.bind(end);
    meet(before);
  }

  /** Two numbers are compared with each other, one of them then with a constant, and the other, or their difference, is used as an index. */
  private void related() {
    Register x = Register.R4;
    Register y = Register.R5;
    Register first = number();
    Register second = number();
    if (first == y || second == x) {
      return;
    }
    code.add(copyOf(x, first));
    code.add(copyOf(y, second));
    define(x);
    define(y);
    nudge(x);
    nudge(y);
    int end = code.label();
    code.jumpIf(pick(COMPARISONS), pick(Width.values()), x, Operand.of(y), end);
    nudge(x);
    nudge(y);
    bound(y, end);
    bound(x, end);
    Known before = known();
    if (chance(2)) {
      code.add(
          new Instruction.Binary(ArithmeticOperator.SUB, pick(Width.values()), y, Operand.of(x)));
      use(y);
    } else {
      use(x);
    }
    code.bind(end);
    meet(before);
  }

  /** A masked, shifted, swapped or multiplied copy is tested, and the original used. */
  private void testedImage() {
    Register original = Register.R4;
    Register image = Register.R5;
    Register source = number();
    if (source == image) {
      return;
    }
    code.add(copyOf(original, source));
    if (chance(2)) {
      mask(original);
    }
    code.add(copyOf(image, original));
    define(original);
    define(image);
    Width width = chance(3) ? Width.W32 : Width.W64;
    switch (random.nextInt(6)) {
      case 0 ->
        binary(
            ArithmeticOperator.AND,
            width,
            image,
            chance(2) ? -(1 << random.nextInt(7)) : constant());
      case 1 -> binary(ArithmeticOperator.RSH, width, image, 1 + random.nextInt(31));
      case 2 -> binary(ArithmeticOperator.LSH, width, image, 1 + random.nextInt(31));
      case 3 ->
        code.add(new Instruction.ByteSwap(
            pick(ByteOrderConversion.values()), 16 << random.nextInt(3), image));
      case 4 -> binary(ArithmeticOperator.MUL, width, image, constant());
      default -> binary(ArithmeticOperator.DIV, width, image, 1 + random.nextInt(20));
    }
    int end = code.label();
    code.jumpIf(
        pick(COMPARISONS),
        chance(4) ? Width.W32 : Width.W64,
        image,
        Operand.of(chance(2) ? 0 : constant()),
        end);
    if (chance(3)) {
      bound(original, end);
    }
    Known before = known();
    use(original);
    code.bind(end);
    meet(before);
  }

  /** What is left of a number after the largest multiple of a constant, mostly of the one that it was divided by. */
  private void remainder() {
    Register rest = Register.R4;
    Register product = Register.R5;
    Register source = number();
    if (source == product) {
      return;
    }
    code.add(copyOf(rest, source));
    code.add(copyOf(product, rest));
    define(rest);
    define(product);
    int divisor = 1 + random.nextInt(30);
    Width width = pick(Width.values());
    binary(ArithmeticOperator.DIV, chance(6) ? Width.W32 : width, product, divisor);
    binary(
        ArithmeticOperator.MUL,
        chance(6) ? Width.W32 : width,
        product,
        chance(8) ? divisor + 1 : divisor);
    code.add(new Instruction.Binary(
        ArithmeticOperator.SUB, chance(6) ? Width.W64 : width, rest, Operand.of(product)));
    use(rest);
  }

  /** An offset and a length, of which the sum is tested, or the length against the rest, are handed to a function. */
  private void summedArea() {
    if (kind.startsWith("cgroup")) {
      return;
    }
    Register offset = Register.R4;
    Register length = Register.R5;
    Register tested = Register.R3;
    Register first = number();
    Register second = number();
    if (first == length || second == offset) {
      return;
    }
    code.add(copyOf(offset, first));
    code.add(copyOf(length, second));
    if (!chance(5)) {
      smaller(offset);
    }
    if (!chance(5)) {
      smaller(length);
    }
    define(offset);
    define(length);
    int end = code.label();
    int base = packet ? random.nextInt(3) : random.nextInt(2);
    int size = (base == 0 ? VALUE_SIZE : FRAME_USED) + (chance(15) ? 1 : 0);
    Width width = chance(4) ? Width.W32 : Width.W64;
    if (base == 0 && chance(3)) {
      code.jumpIf(Comparison.GT, width, offset, Operand.of(size), end);
      binary(ArithmeticOperator.MOV, width, tested, size);
      code.add(new Instruction.Binary(ArithmeticOperator.SUB, width, tested, Operand.of(offset)));
      code.jumpIf(
          chance(3) ? Comparison.SGT : Comparison.GT, width, length, Operand.of(tested), end);
    } else {
      code.add(move(tested, offset));
      code.add(new Instruction.Binary(ArithmeticOperator.ADD, width, tested, Operand.of(length)));
      if (base == 2) {
        code.add(move(Register.R2, Register.R8));
        code.add(new Instruction.Binary(
            ArithmeticOperator.SUB, width, Register.R2, Operand.of(Register.R7)));
        undefine(Register.R2);
        code.jumpIf(
            chance(8) ? Comparison.GE : Comparison.GT, width, tested, Operand.of(Register.R2), end);
      } else {
        code.jumpIf(
            chance(3) ? Comparison.SGT : Comparison.GT, width, tested, Operand.of(size), end);
      }
    }
    undefine(tested);
    if (chance(3)) {
      bound(chance(2) ? offset : length, end);
    }
    Known before = known();
    switch (base) {
      case 0 ->
        code.add(new Instruction.LoadImmediate(
            Register.R1, new WideImmediate.MapValueByIndex(ARRAY, 0)));
      case 1 -> {
        for (int at = -FRAME_USED; at < 0; at += 8) {
          code.add(new Instruction.Store(
              Register.R10, (short) at, AccessSize.DOUBLE, Operand.of(constant())));
        }
        initialised = 0xff;
        code.add(move(Register.R1, Register.R10));
        binary(ArithmeticOperator.ADD, Width.W64, Register.R1, -FRAME_USED);
      }
      default -> code.add(move(Register.R1, Register.R7));
    }
    code.add(
        new Instruction.Binary(ArithmeticOperator.ADD, Width.W64, Register.R1, Operand.of(offset)));
    code.add(move(Register.R2, length));
    for (Register rest : new Register[] {Register.R3, Register.R4, Register.R5}) {
      binary(ArithmeticOperator.MOV, Width.W64, rest, 0);
    }
    code.add(new Instruction.CallHelper(28));
    clobber();
    define(Register.R0);
    code.bind(end);
    meet(before);
    undefine(Register.R0);
    clobber();
    binary(ArithmeticOperator.MOV, Width.W64, Register.R0, constant());
    define(Register.R0);
  }

  /** A number becomes one of at most 16 bits, and mostly a multiple of 4. */
  private void smaller(Register register) {
    binary(ArithmeticOperator.AND, pick(Width.values()), register, chance(4) ? 0xffff : 0xfc);
  }

  /** The distance of the packet's ends is tested. */
  private void packetLength() {
    if (!packet) {
      return;
    }
    Register length = scratch();
    undefine(length);
    int least = 1 + random.nextInt(40);
    int skip = code.label();
    code.add(move(length, Register.R8));
    code.add(new Instruction.Binary(
        ArithmeticOperator.SUB, pick(Width.values()), length, Operand.of(Register.R7)));
    define(length);
    code.jumpIf(
        chance(3) ? Comparison.SLT : Comparison.LT,
        pick(Width.values()),
        length,
        Operand.of(least),
        skip);
    Known before = known();
    code.add(new Instruction.Load(
        Register.R0,
        Register.R7,
        (short) (random.nextInt(least) + (chance(15) ? 1 : 0)),
        AccessSize.BYTE,
        false));
    define(Register.R0);
    code.bind(skip);
    meet(before);
  }

  private void nudge(Register register) {
    if (chance(3)) {
      binary(
          ArithmeticOperator.ADD,
          chance(4) ? Width.W32 : Width.W64,
          register,
          chance(3) ? constant() : random.nextInt(9) - 4);
    }
  }

  /** Leaves for {@code end} unless the number is small, or not negative, or both. */
  private void bound(Register register, int end) {
    if (chance(2)) {
      code.jumpIf(
          chance(2) ? Comparison.SGT : Comparison.GT,
          chance(5) ? Width.W32 : Width.W64,
          register,
          Operand.of(random.nextInt(30)),
          end);
    }
    if (chance(2)) {
      code.jumpIf(
          Comparison.SLT,
          chance(5) ? Width.W32 : Width.W64,
          register,
          Operand.of(random.nextInt(5) - 1),
          end);
    }
  }

  /** On both sides of a branch one register gets the low half of another, of different ones or moved differently; then it is used. */
  private void extendOnBothSides() {
    Register result = Register.R5;
    int otherwise = code.label();
    int end = code.label();
    Register left = number();
    Register right = chance(2) ? left : number();
    if (left == result || right == result) {
      return;
    }
    if (chance(2)) {
      bound(left, otherwise);
    }
    test(otherwise);
    extend(result, left);
    code.jump(end);
    code.bind(otherwise);
    extend(result, right);
    code.bind(end);
    define(result);
    if (chance(3)) {
      binary(ArithmeticOperator.MOV, Width.W64, chance(2) ? left : right, constant());
    }
    int skip = code.label();
    bound(chance(2) ? result : number(), skip);
    bound(chance(2) ? result : number(), skip);
    Known before = known();
    use(result);
    code.bind(skip);
    meet(before);
  }

  private void extend(Register result, Register source) {
    Operand operand = Operand.of(source);
    switch (random.nextInt(4)) {
      case 0 ->
        code.add(new Instruction.Binary(ArithmeticOperator.MOVSX32, Width.W64, result, operand));
      case 1 -> code.add(move(result, source));
      default ->
        code.add(new Instruction.Binary(ArithmeticOperator.MOV, Width.W32, result, operand));
    }
    nudge(result);
  }

  /** A number, which something may be known of, as an index into the array's value or the frame. */
  private void use(Register index) {
    Register base = scratchOtherThan(index);
    int size = 1 << random.nextInt(4);
    boolean frame = chance(3);
    if (frame) {
      for (int offset = -FRAME_USED; offset < 0; offset += 8) {
        if (chance(8)) {
          continue;
        }
        code.add(new Instruction.Store(
            Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(constant())));
      }
      initialised = 0xff;
      code.add(move(base, Register.R10));
    } else {
      code.add(new Instruction.LoadImmediate(base, new WideImmediate.MapValueByIndex(ARRAY, 0)));
    }
    undefine(base);
    code.add(new Instruction.Binary(
        chance(8) ? ArithmeticOperator.SUB : ArithmeticOperator.ADD,
        Width.W64,
        base,
        Operand.of(index)));
    access(base, frame ? -FRAME_USED + random.nextInt(20) : random.nextInt(12), size);
  }

  private void access(Register base, int offset, int size) {
    if (chance(2)) {
      Register into = chance(3) ? base : scratch();
      code.add(new Instruction.Load(into, base, (short) offset, size(size), size < 8 && chance(3)));
      define(into);
    } else {
      code.add(new Instruction.Store(
          base,
          (short) offset,
          size(size),
          chance(2) ? Operand.of(number()) : Operand.of(constant())));
    }
  }

  // The packet.

  private void packetAtConstant() {
    if (!packet) {
      return;
    }
    int length = 1 + random.nextInt(40);
    int size = Math.min(1 << random.nextInt(4), Integer.highestOneBit(length));
    int offset = random.nextInt(length - size + 1) + (chance(15) ? 1 : 0);
    Register end = scratch();
    undefine(end);
    int skip = code.label();
    code.add(move(end, Register.R7));
    binary(ArithmeticOperator.ADD, Width.W64, end, length);
    outside(end, skip);
    Known before = known();
    if (chance(12)) {
      resizePacket();
      before = new Known(before.numbers & known().numbers, before.initialised);
    }
    access(Register.R7, offset, size);
    if (chance(3)) {
      statement(MOST_DEPTH);
    }
    code.bind(skip);
    meet(before);
  }

  private void outside(Register end, int skip) {
    Comparison comparison =
        chance(12) ? pick(COMPARISONS) : chance(4) ? Comparison.GE : Comparison.GT;
    if (chance(3)) {
      code.jumpIf(comparison.mirrored(), Width.W64, Register.R8, Operand.of(end), skip);
    } else {
      code.jumpIf(comparison, Width.W64, end, Operand.of(Register.R8), skip);
    }
  }

  private void packetAtVariable() {
    if (!packet) {
      return;
    }
    Register index = anyNumber();
    mask(index);
    Register pointer = scratchOtherThan(index);
    undefine(pointer);
    Register end = scratchOtherThan(pointer);
    undefine(end);
    int length = 1 + random.nextInt(16);
    int size = Math.min(1 << random.nextInt(4), Integer.highestOneBit(length));
    int skip = code.label();
    code.add(move(pointer, Register.R7));
    code.add(new Instruction.Binary(ArithmeticOperator.ADD, Width.W64, pointer, Operand.of(index)));
    code.add(move(end, pointer));
    binary(ArithmeticOperator.ADD, Width.W64, end, length);
    outside(end, skip);
    Known before = known();
    if (chance(6)) {
      binary(ArithmeticOperator.ADD, Width.W64, index, random.nextInt(3) - 1);
    }
    access(pointer, random.nextInt(length - size + 1) + (chance(15) ? 1 : 0), size);
    undefine(pointer);
    code.bind(skip);
    meet(before);
  }

  /** A pointer that goes through the packet in strides, tested before each access. */
  private void walkPacket(int depth) {
    if (!packet || depth >= MOST_DEPTH - 1) {
      return;
    }
    Register pointer = Register.R4;
    Register end = Register.R5;
    int stride = 1 + random.nextInt(20);
    int size = Math.min(1 << random.nextInt(4), Integer.highestOneBit(stride));
    int head = code.label();
    int done = code.label();
    code.add(move(pointer, Register.R7));
    if (chance(3)) {
      binary(ArithmeticOperator.ADD, Width.W64, pointer, random.nextInt(20));
    }
    boolean counted = chance(2);
    if (counted) {
      binary(ArithmeticOperator.MOV, Width.W64, Register.R9, 0);
    }
    undefine(pointer);
    undefine(end);
    undefine(Register.R9);
    code.bind(head);
    if (counted) {
      code.jumpIf(Comparison.GE, Width.W64, Register.R9, Operand.of(1 + random.nextInt(12)), done);
      binary(ArithmeticOperator.ADD, Width.W64, Register.R9, 1);
    }
    code.add(move(end, pointer));
    binary(ArithmeticOperator.ADD, Width.W64, end, stride);
    outside(end, done);
    int offset = random.nextInt(stride - size + 1) + (chance(20) ? 1 : 0);
    code.add(new Instruction.Load(Register.R0, pointer, (short) offset, size(size), false));
    if (chance(4)) {
      binary(ArithmeticOperator.AND, Width.W64, Register.R0, 15);
      code.add(new Instruction.Binary(
          ArithmeticOperator.ADD, Width.W64, pointer, Operand.of(Register.R0)));
    } else {
      code.add(move(pointer, end));
    }
    code.jump(head);
    code.bind(done);
    undefine(Register.R0);
    source(Register.R9);
  }

  /** Pointers into one region or two are subtracted or compared. */
  private void comparePointers() {
    Register[] pointers = packet
        ? new Register[] {Register.R10, Register.R7, Register.R8}
        : new Register[] {Register.R10};
    Register left = pick(pointers);
    Register right = chance(3) ? pick(pointers) : left;
    Register copy = scratch();
    undefine(copy);
    code.add(move(copy, left));
    binary(ArithmeticOperator.ADD, Width.W64, copy, random.nextInt(16) - 8);
    if (chance(2)) {
      code.add(new Instruction.Binary(ArithmeticOperator.SUB, Width.W64, copy, Operand.of(right)));
      define(copy);
      use(copy);
      return;
    }
    int end = code.label();
    code.jumpIf(pick(COMPARISONS), Width.W64, copy, Operand.of(right), end);
    Known before = known();
    arithmetic();
    code.bind(end);
    meet(before);
  }

  /** A pointer to one of two things, or a number, by a test; then an access that must suit both. */
  private void pick(int depth) {
    Register pointer = scratch();
    undefine(pointer);
    int otherwise = code.label();
    int end = code.label();
    int first = -8 - 8 * random.nextInt(4);
    int second = -8 - 8 * random.nextInt(4);
    for (int offset : new int[] {first, second}) {
      code.add(new Instruction.Store(
          Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(constant())));
      initialised |= 1 << (-offset / 8 - 1);
    }
    Register tested = number();
    if (tested == pointer) {
      return;
    }
    Comparison comparison = pick(COMPARISONS);
    int constant = constant();
    code.jumpIf(comparison, Width.W64, tested, Operand.of(constant), otherwise);
    code.add(move(pointer, Register.R10));
    binary(ArithmeticOperator.ADD, Width.W64, pointer, first);
    code.jump(end);
    code.bind(otherwise);
    switch (random.nextInt(4)) {
      case 0 -> binary(ArithmeticOperator.MOV, Width.W64, pointer, chance(2) ? 0 : constant());
      case 1 ->
        code.add(
            new Instruction.LoadImmediate(pointer, new WideImmediate.MapValueByIndex(ARRAY, 8)));
      default -> {
        code.add(move(pointer, Register.R10));
        binary(ArithmeticOperator.ADD, Width.W64, pointer, second);
      }
    }
    code.bind(end);
    int skip = code.label();
    switch (random.nextInt(3)) {
      case 0 -> code.jumpIf(Comparison.EQ, Width.W64, pointer, Operand.of(0), skip);
      case 1 -> code.jumpIf(comparison, Width.W64, tested, Operand.of(constant), skip);
      default -> {}
    }
    Known before = known();
    code.add(
        new Instruction.Load(pointer, pointer, (short) 0, size(1 << random.nextInt(4)), false));
    define(pointer);
    code.bind(skip);
    meet(before);
  }

  private void loadContext() {
    Register into = scratch();
    code.add(new Instruction.Load(
        into,
        Register.R6,
        (short) (kind.equals("xdp") ? 12 : pick(new Integer[] {0, 4, 8, 16})),
        AccessSize.WORD,
        false));
    define(into);
  }

  /** The packet grows or shrinks at either end; its bounds are mostly loaded anew. */
  private void resizePacket() {
    if (!packet || !kind.equals("xdp")) {
      return;
    }
    if (chance(4)) {
      code.add(copyOf(Register.R2, number()));
    } else {
      binary(ArithmeticOperator.MOV, Width.W64, Register.R2, random.nextInt(60) - 30);
    }
    code.add(move(Register.R1, Register.R6));
    code.add(new Instruction.CallHelper(chance(2) ? 44 : 65));
    clobber();
    define(Register.R0);
    if (!chance(15)) {
      loadPacket();
    }
  }

  // The frame.

  private void stackStore() {
    int size = 1 << random.nextInt(4);
    int offset = -size
        - (chance(3)
            ? random.nextInt(FRAME_USED - size)
            : random.nextInt(FRAME_USED / size) * size);
    if (size == 8 && offset % 8 == 0 && chance(4)) {
      Register pointer = packet && chance(2) ? Register.R7 : Register.R10;
      Register into = scratch();
      code.add(new Instruction.Store(
          Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(pointer)));
      if (chance(3)) {
        code.add(new Instruction.Store(
            Register.R10,
            (short) (offset + random.nextInt(8)),
            AccessSize.BYTE,
            Operand.of(number())));
      }
      code.add(new Instruction.Load(into, Register.R10, (short) offset, AccessSize.DOUBLE, false));
      undefine(into);
      initialised &= ~(1 << (-offset / 8 - 1));
      return;
    }
    code.add(new Instruction.Store(
        Register.R10,
        (short) offset,
        size(size),
        chance(3) ? Operand.of(constant()) : Operand.of(number())));
    if (size == 8 && offset % 8 == 0) {
      initialised |= 1 << (-offset / 8 - 1);
    }
  }

  private void stackLoad() {
    int size = 1 << random.nextInt(4);
    int offset = -8 - 8 * random.nextInt(FRAME_USED / 8);
    if ((initialised >>> (-offset / 8 - 1) & 1) == 0) {
      if (chance(2)) {
        code.add(new Instruction.Store(
            Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(number())));
        initialised |= 1 << (-offset / 8 - 1);
      } else {
        return;
      }
    }
    Register into = scratch();
    int within = random.nextInt(8 - size + 1);
    code.add(new Instruction.Load(
        into, Register.R10, (short) (offset + within), size(size), size < 8 && chance(3)));
    define(into);
  }

  private void atomic() {
    int offset = -8 - 8 * random.nextInt(FRAME_USED / 8);
    code.add(new Instruction.Store(
        Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(number())));
    initialised |= 1 << (-offset / 8 - 1);
    AtomicOperator operator = pick(AtomicOperator.values());
    if (operator == AtomicOperator.CMPXCHG && (numbers & 1) == 0) {
      binary(ArithmeticOperator.MOV, Width.W64, Register.R0, constant());
      define(Register.R0);
    }
    Width width = pick(Width.values());
    code.add(new Instruction.Atomic(
        operator,
        !operator.isSimple() || chance(2),
        width,
        Register.R10,
        (short) (width == Width.W32 && chance(2) ? offset + 4 : offset),
        anyNumber()));
    if (chance(2)) {
      Register into = scratch();
      code.add(new Instruction.Load(into, Register.R10, (short) offset, AccessSize.DOUBLE, false));
      define(into);
    }
  }

  // Maps.

  private void key(Register register) {
    code.add(new Instruction.Store(
        Register.R10, (short) -4, AccessSize.WORD, Operand.of(random.nextInt(3))));
    code.add(move(register, Register.R10));
    binary(ArithmeticOperator.ADD, Width.W64, register, -4);
  }

  private void lookup(int depth) {
    int map = random.nextInt(2);
    key(Register.R2);
    code.add(new Instruction.LoadImmediate(Register.R1, new WideImmediate.MapByIndex(map)));
    code.add(new Instruction.CallHelper(1));
    clobber();
    undefine(Register.R0);
    Register value = Register.R0;
    if (chance(2)) {
      value = Register.R9;
      code.add(move(value, Register.R0));
      undefine(value);
    }
    int skip = code.label();
    if (!chance(15)) {
      code.jumpIf(Comparison.EQ, Width.W64, chance(2) ? Register.R0 : value, Operand.of(0), skip);
    }
    Known before = known();
    boolean atomic = chance(4);
    if (chance(2)) {
      Register index = anyNumber();
      if (index != value) {
        mask(index);
        if (atomic && !chance(8)) {
          binary(ArithmeticOperator.AND, Width.W64, index, -8);
        }
        code.add(
            new Instruction.Binary(ArithmeticOperator.ADD, Width.W64, value, Operand.of(index)));
      }
    }
    if (value == Register.R9 && chance(3) && depth < MOST_DEPTH) {
      statement(depth + 1);
    }
    int size = 1 << random.nextInt(4);
    if (atomic) {
      code.add(new Instruction.Atomic(
          AtomicOperator.ADD,
          chance(2),
          Width.W64,
          value,
          (short) (8 * random.nextInt(6)),
          anyNumber()));
    } else {
      access(value, random.nextInt(VALUE_SIZE - size + 1) + (chance(20) ? 1 : 0), size);
    }
    code.bind(skip);
    Known after = known();
    meet(before);
    meet(after);
    undefine(Register.R9);
    source(chance(2) ? Register.R0 : Register.R9);
  }

  private void arrayValue() {
    Register index = anyNumber();
    mask(index);
    use(index);
  }

  // Loops and calls.

  /** A loop that counts up or down, in strides, in a register or in the frame, mostly to a bound that it meets. */
  private void loop(int depth) {
    if (depth >= MOST_DEPTH - 1) {
      return;
    }
    Register counter = Register.R9;
    int rounds = 1 + random.nextInt(12);
    int stride = chance(2) ? 1 : 1 + random.nextInt(4);
    boolean down = chance(3);
    int from = random.nextInt(5) - 1;
    int to = from + rounds * stride;
    Width width = chance(3) ? Width.W32 : Width.W64;
    boolean unknownStart = chance(4);
    if (unknownStart) {
      binary(ArithmeticOperator.AND, Width.W64, counter, 15);
    } else {
      binary(ArithmeticOperator.MOV, Width.W64, counter, down ? to : from);
    }
    numbers |= 1 << 9;
    Known before = known();
    numbers &= ~(1 << 9);
    int head = code.label();
    int end = code.label();
    boolean testFirst = chance(2);
    code.bind(head);
    if (testFirst) {
      code.jumpIf(done(down), width, counter, Operand.of(down ? from : to), end);
    }
    // What the body reads must hold on each round, so that it starts from what held before and only
    // adds.
    statements(1 + random.nextInt(2), depth + 2);
    if (chance(2)) {
      numbers |= 1 << 9;
      use(counter);
      numbers &= ~(1 << 9);
    }
    if (chance(4)) {
      test(end);
    }
    binary(ArithmeticOperator.ADD, width, counter, down ? -stride : stride);
    int lost = before.numbers & ~numbers & ~(1 << 9);
    for (int r = 0; r < 10; r++) {
      if ((lost >>> r & 1) != 0) {
        binary(ArithmeticOperator.MOV, Width.W64, Register.of(r), constant());
      }
    }
    if (testFirst) {
      code.jump(head);
    } else {
      code.jumpIf(done(down).negated(), width, counter, Operand.of(down ? from : to), head);
    }
    code.bind(end);
    // A jump out of the middle may come before what the round writes.
    numbers |= lost;
    meet(before);
    numbers |= 1 << 9;
  }

  private Comparison done(boolean down) {
    return switch (random.nextInt(4)) {
      case 0 -> Comparison.EQ;
      case 1 -> down ? Comparison.LE : Comparison.GE;
      case 2 -> down ? Comparison.SLT : Comparison.GT;
      default -> down ? Comparison.SLE : Comparison.SGE;
    };
  }

  private void call() {
    if (!entry) {
      return;
    }
    int label;
    if (functions.isEmpty() || functions.size() < 3 && chance(2)) {
      label = code.label();
      functions.add(label);
    } else {
      label = functions.get(random.nextInt(functions.size()));
    }
    Register first = number();
    Register second = number();
    if (first != Register.R1) {
      code.add(move(Register.R1, first));
    }
    if (second != Register.R1 && second != Register.R2) {
      code.add(move(Register.R2, second));
    } else if (second == Register.R1) {
      binary(ArithmeticOperator.MOV, Width.W64, Register.R2, constant());
    }
    int offset = -16 - 8 * random.nextInt(5);
    for (int o = offset - 16; o < offset + 16; o += 8) {
      code.add(new Instruction.Store(
          Register.R10, (short) o, AccessSize.DOUBLE, Operand.of(constant())));
    }
    code.add(move(Register.R3, Register.R10));
    binary(ArithmeticOperator.ADD, Width.W64, Register.R3, offset);
    code.call(label);
    clobber();
    define(Register.R0);
  }

  /** {@code bpf_loop} over a callback that changes its caller's frame. */
  private void callback(int depth) {
    if (!entry || depth > 0) {
      return;
    }
    int label = code.label();
    callbacks.add(label);
    for (int offset = -16; offset < 0; offset += 8) {
      code.add(new Instruction.Store(
          Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(constant())));
      initialised |= 1 << (-offset / 8 - 1);
    }
    binary(ArithmeticOperator.MOV, Width.W64, Register.R1, random.nextInt(20));
    code.addressOf(Register.R2, label);
    code.add(move(Register.R3, Register.R10));
    binary(ArithmeticOperator.ADD, Width.W64, Register.R3, -16);
    binary(ArithmeticOperator.MOV, Width.W64, Register.R4, 0);
    code.add(new Instruction.CallHelper(181));
    clobber();
    define(Register.R0);
    if (chance(2)) {
      Register into = scratch();
      code.add(new Instruction.Load(
          into, Register.R10, (short) (chance(2) ? -16 : -8), AccessSize.DOUBLE, false));
      define(into);
      use(into);
    }
  }

  /** A callback: r1 is the round, r2 points to 16 bytes of the caller's frame. */
  private void callbackBody(int label) {
    code.bind(label);
    numbers = 0b10;
    initialised = 0;
    code.add(new Instruction.Load(Register.R3, Register.R2, (short) 0, AccessSize.DOUBLE, false));
    define(Register.R3);
    for (int i = random.nextInt(3); i > 0; i--) {
      Register register = chance(2) ? Register.R3 : Register.R1;
      switch (random.nextInt(3)) {
        case 0 -> binary(ArithmeticOperator.ADD, pick(Width.values()), register, random.nextInt(4));
        case 1 -> mask(register);
        default ->
          binary(
              pick(new ArithmeticOperator[] {
                ArithmeticOperator.XOR, ArithmeticOperator.OR, ArithmeticOperator.SUB
              }),
              Width.W64,
              register,
              constant());
      }
    }
    if (!chance(4)) {
      code.add(new Instruction.Store(
          Register.R2,
          (short) (chance(3) ? 8 : 0),
          AccessSize.DOUBLE,
          Operand.of(chance(2) ? Register.R3 : Register.R1)));
    }
    if (chance(2)) {
      use(Register.R1);
    }
    binary(ArithmeticOperator.MOV, Width.W64, Register.R0, chance(3) ? 1 : 0);
    code.add(new Instruction.Exit());
  }

  private void function() {
    switch (random.nextInt(5)) {
      case 0 -> {
        key(Register.R2);
        code.add(new Instruction.LoadImmediate(
            Register.R1, new WideImmediate.MapByIndex(random.nextInt(2))));
        code.add(new Instruction.CallHelper(3));
      }
      case 1 -> {
        key(Register.R2);
        for (int offset = -8 - VALUE_SIZE; offset < -8; offset += 8) {
          code.add(new Instruction.Store(
              Register.R10, (short) offset, AccessSize.DOUBLE, Operand.of(constant())));
          initialised |= 1 << (-offset / 8 - 1);
        }
        code.add(move(Register.R3, Register.R10));
        binary(ArithmeticOperator.ADD, Width.W64, Register.R3, -8 - VALUE_SIZE);
        binary(ArithmeticOperator.MOV, Width.W64, Register.R4, random.nextInt(3));
        code.add(new Instruction.LoadImmediate(
            Register.R1, new WideImmediate.MapByIndex(random.nextInt(2))));
        code.add(new Instruction.CallHelper(2));
      }
      case 2, 3 -> {
        code.add(new Instruction.CallHelper(7));
      }
      default -> code.add(new Instruction.CallHelper(8));
    }
    clobber();
    define(Register.R0);
  }

  // What is known of registers.

  private record Known(int numbers, int initialised) {}

  private Known known() {
    return new Known(numbers, initialised);
  }

  private void restore(Known known) {
    numbers = known.numbers;
    initialised = known.initialised;
  }

  private void meet(Known other) {
    numbers &= other.numbers;
    initialised &= other.initialised;
  }

  private void define(Register register) {
    numbers |= 1 << register.number();
  }

  private void undefine(Register register) {
    numbers &= ~(1 << register.number());
  }

  private void clobber() {
    numbers &= ~0b111110;
  }

  /** A register that holds a number, if only one that is made here. */
  private Register number() {
    if (numbers == 0) {
      binary(ArithmeticOperator.MOV, Width.W64, Register.R0, constant());
      define(Register.R0);
    }
    int register = random.nextInt(10);
    while ((numbers >>> register & 1) == 0) {
      register = (register + 1) % 10;
    }
    return Register.of(register);
  }

  private Register anyNumber() {
    return number();
  }

  private Register scratch() {
    return Register.of(random.nextInt(6));
  }

  private Register scratchOtherThan(Register taken) {
    Register register = scratch();
    return register == taken ? Register.of((register.number() + 1) % 6) : register;
  }

  // Small things.

  private void binary(ArithmeticOperator operator, Width width, Register register, int value) {
    code.add(new Instruction.Binary(operator, width, register, Operand.of(value)));
  }

  private Instruction copyOf(Register destination, Register source) {
    Width width = chance(4) ? Width.W32 : Width.W64;
    return new Instruction.Binary(ArithmeticOperator.MOV, width, destination, Operand.of(source));
  }

  private static Instruction move(Register destination, Register source) {
    return new Instruction.Binary(
        ArithmeticOperator.MOV, Width.W64, destination, Operand.of(source));
  }

  private static AccessSize size(int bytes) {
    return AccessSize.values()[Integer.numberOfTrailingZeros(bytes)];
  }

  private int constant() {
    return switch (random.nextInt(4)) {
      case 0 -> CORNERS[random.nextInt(CORNERS.length)];
      case 1 -> random.nextInt();
      default -> random.nextInt(40) - 8;
    };
  }

  private long wide() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> constant();
      case 2 -> 1L << random.nextInt(64);
      default -> constant() & 0xffffffffL;
    };
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
