package dev.assay.verifier.invariants;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PREVAIL's test assembly as a program of ours.
 *
 * <p>What has no instruction is written out: {@code assume c} as a jump over the end of a path, a {@link Counter} where a loop
 * starts, the end of the code as an exit. A path that ends so, and not at the end of the code, returns
 * {@link #ENDED}.
 */
final class PrevailAssembly {
  /** What r0 is where a path ends before the end of the code. */
  static final int ENDED = 0x5ead0001;

  private static final Pattern BINARY =
      Pattern.compile("([rw])(\\d+) ?(s>>|s/|s%|<<|>>|[-+*/%&|^]|)= ?(\\S+)");
  private static final Pattern SIGN_EXTENSION = Pattern.compile("r(\\d+) s(8|16|32)= r(\\d+)");
  private static final Pattern NEGATION = Pattern.compile("([rw])(\\d+) = - ?[rw]\\d+");
  private static final Pattern SWAP = Pattern.compile("r(\\d+) = (be|le|swap)(\\d+) r\\d+");
  private static final Pattern LOAD =
      Pattern.compile("r(\\d+) = \\*\\(([us])(\\d+) \\*\\)\\(r(\\d+) ([-+]) (\\d+)\\)");
  private static final Pattern STORE =
      Pattern.compile("\\*\\(u(\\d+) \\*\\)\\(r(\\d+) ([-+]) (\\d+)\\) = (\\S+)");
  private static final Pattern ATOMIC = Pattern.compile(
      "lock \\*\\(u(\\d+) \\*\\)\\(r(\\d+) ([-+]) (\\d+)\\) (\\S+)= r(\\d+)( fetch)?");
  private static final Pattern LEGACY =
      Pattern.compile("r0 = \\*\\(u(\\d+) \\*\\)skb\\[(r?)(\\d+)]");
  private static final Pattern CONDITION =
      Pattern.compile("([rw])(\\d+) (s?[<>]=?|[!=]=|&[!=]=) (\\S+)");
  private static final Pattern WIDE = Pattern.compile("r(\\d+) = (-?\\w+)ll");
  private static final Pattern MAP =
      Pattern.compile("r(\\d+) = (?:map_fd |map_by_idx\\()(\\d+)\\)?");
  private static final Pattern MAP_VALUE =
      Pattern.compile("r(\\d+) = (?:map_val|mva\\(map_by_idx)\\((\\d+)\\)+ \\+ (\\d+)");

  private static final Map<String, ArithmeticOperator> ARITHMETIC = Map.ofEntries(
      Map.entry("", ArithmeticOperator.MOV),
      Map.entry("+", ArithmeticOperator.ADD),
      Map.entry("-", ArithmeticOperator.SUB),
      Map.entry("*", ArithmeticOperator.MUL),
      Map.entry("/", ArithmeticOperator.DIV),
      Map.entry("%", ArithmeticOperator.MOD),
      Map.entry("s/", ArithmeticOperator.SDIV),
      Map.entry("s%", ArithmeticOperator.SMOD),
      Map.entry("&", ArithmeticOperator.AND),
      Map.entry("|", ArithmeticOperator.OR),
      Map.entry("^", ArithmeticOperator.XOR),
      Map.entry("<<", ArithmeticOperator.LSH),
      Map.entry(">>", ArithmeticOperator.RSH),
      Map.entry("s>>", ArithmeticOperator.ARSH));

  private static final Map<String, AtomicOperator> ATOMICS = Map.of(
      "+", AtomicOperator.ADD,
      "|", AtomicOperator.OR,
      "&", AtomicOperator.AND,
      "^", AtomicOperator.XOR,
      "x", AtomicOperator.XCHG,
      "cx", AtomicOperator.CMPXCHG);

  private final Set<Integer> cuts;
  private final Map<Integer, Counter> counters;
  private final Map<Integer, Integer> callees;
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> targets = new TreeMap<>();
  private final List<Integer> lineOfSlot = new ArrayList<>();
  private final Set<Integer> assumptions = new TreeSet<>();
  private final Set<Integer> silent = new TreeSet<>();
  private int line;

  private PrevailAssembly(
      Set<Integer> cuts, Map<Integer, Counter> counters, Map<Integer, Integer> callees) {
    this.cuts = cuts;
    this.counters = counters;
    this.callees = callees;
  }

  /**
   * A program, and where it comes from.
   *
   * @param lines for each slot the line that it comes from, counted from 0, or −1 for the exit at the end of the code
   * @param assumptions the slots of the jumps that stand for {@code assume}
   * @param silent the slots of the code that counts rounds
   */
  record Program(Code code, List<Integer> lines, Set<Integer> assumptions, Set<Integer> silent) {}

  /**
   * Translates the code of a case.
   *
   * @param cuts the lines, counted from 0, instead of which a path ends
   * @param counters for lines where a loop starts what counts how often they are reached
   * @param callees for registers that {@code callx} uses the helper that they hold the number of
   */
  static Program assemble(
      InvariantCase test,
      Set<Integer> cuts,
      Map<Integer, Counter> counters,
      Map<Integer, Integer> callees) {
    PrevailAssembly assembly = new PrevailAssembly(cuts, counters, callees);
    assembly.translate(test);
    return new Program(
        assembly.linked(), assembly.lineOfSlot, assembly.assumptions, assembly.silent);
  }

  private void translate(InvariantCase test) {
    boolean open = true;
    for (Map.Entry<String, List<String>> block : test.blocks().entrySet()) {
      labels.put(block.getKey(), lineOfSlot.size());
      for (String text : block.getValue()) {
        Counter counter = counters.get(line);
        if (counter != null) {
          counter.code().forEach(this::count);
        }
        if (cuts.contains(line)) {
          end();
        } else {
          translate(text);
        }
        open = !text.equals("exit") && !text.startsWith("goto");
        line++;
      }
    }
    if (open) {
      line = -1;
      emit(new Instruction.Exit());
    }
  }

  private Code linked() {
    int slot = 0;
    List<Instruction> result = new ArrayList<>();
    for (Instruction instruction : instructions) {
      String label = targets.get(slot);
      int offset = label == null ? 0 : target(label) - (slot + 1);
      result.add(
          label == null
              ? instruction
              : switch (instruction) {
                case Instruction.Jump j -> new Instruction.Jump(offset, false);
                case Instruction.CallLocal c -> new Instruction.CallLocal(offset);
                case Instruction.ConditionalJump j ->
                  new Instruction.ConditionalJump(
                      j.comparison(), j.width(), j.left(), j.right(), (short) offset);
                default -> throw new IllegalStateException(instruction.toString());
              });
      slot += instruction.slots();
    }
    return Code.of(result);
  }

  private int target(String label) {
    Integer slot = labels.get(label);
    if (slot == null) {
      throw new IllegalArgumentException("no label " + label);
    }
    return slot;
  }

  private void count(Instruction instruction) {
    silent.add(lineOfSlot.size());
    emit(instruction);
  }

  private void emit(Instruction instruction) {
    instructions.add(instruction);
    for (int i = 0; i < instruction.slots(); i++) {
      lineOfSlot.add(line);
    }
  }

  private void emit(Instruction instruction, String target) {
    targets.put(lineOfSlot.size(), target);
    emit(instruction);
  }

  private void end() {
    emit(new Instruction.Binary(
        ArithmeticOperator.MOV, Width.W32, Register.of(0), Operand.of(ENDED)));
    emit(new Instruction.Exit());
  }

  private void translate(String text) {
    if (text.equals("exit")) {
      emit(new Instruction.Exit());
    } else if (text.startsWith("goto ")) {
      emit(new Instruction.Jump(0, false), text.substring(5).replace(";", ""));
    } else if (text.startsWith("call <")) {
      emit(new Instruction.CallLocal(0), text.substring(5));
    } else if (text.startsWith("call ")) {
      emit(new Instruction.CallHelper(Integer.parseInt(text.substring(5))));
    } else if (text.startsWith("callx r")) {
      int register = Integer.parseInt(text.substring(7));
      emit(
          callees.containsKey(register)
              ? new Instruction.CallHelper(callees.get(register))
              : new Instruction.CallRegister(Register.of(register)));
    } else if (text.startsWith("assume ")) {
      assumptions.add(lineOfSlot.size());
      Instruction.ConditionalJump jump = condition(text.substring(7));
      emit(new Instruction.ConditionalJump(
          jump.comparison(), jump.width(), jump.left(), jump.right(), (short) 2));
      end();
    } else if (text.startsWith("if ")) {
      int to = text.indexOf(" goto ");
      branch(condition(text.substring(3, to)), text.substring(to + 6));
    } else if (!memory(text) && !wide(text)) {
      arithmetic(text);
    }
  }

  /** Of the comparisons only "no common bit" has no opcode: it jumps over a jump. */
  private void branch(Instruction.ConditionalJump jump, String target) {
    if (jump.comparison() == Comparison.NOT_SET) {
      emit(new Instruction.ConditionalJump(
          Comparison.SET, jump.width(), jump.left(), jump.right(), (short) 1));
      emit(new Instruction.Jump(0, false), target);
    } else {
      emit(jump, target);
    }
  }

  private static Instruction.ConditionalJump condition(String text) {
    Matcher m = match(CONDITION, text);
    Comparison comparison =
        switch (m.group(3)) {
          case "==" -> Comparison.EQ;
          case "!=" -> Comparison.NE;
          case "<" -> Comparison.LT;
          case "<=" -> Comparison.LE;
          case ">" -> Comparison.GT;
          case ">=" -> Comparison.GE;
          case "s<" -> Comparison.SLT;
          case "s<=" -> Comparison.SLE;
          case "s>" -> Comparison.SGT;
          case "s>=" -> Comparison.SGE;
          case "&!=" -> Comparison.SET;
          case "&==" -> Comparison.NOT_SET;
          default -> throw new IllegalArgumentException(text);
        };
    return new Instruction.ConditionalJump(
        comparison, width(m.group(1)), register(m.group(2)), operand(m.group(4)), (short) 0);
  }

  private boolean memory(String text) {
    Matcher load = LOAD.matcher(text);
    Matcher store = STORE.matcher(text);
    Matcher atomic = ATOMIC.matcher(text);
    Matcher legacy = LEGACY.matcher(text);
    if (load.matches()) {
      emit(new Instruction.Load(
          register(load.group(1)),
          register(load.group(4)),
          displacement(load.group(5), load.group(6)),
          size(load.group(3)),
          load.group(2).equals("s")));
    } else if (store.matches()) {
      emit(new Instruction.Store(
          register(store.group(2)),
          displacement(store.group(3), store.group(4)),
          size(store.group(1)),
          operand(store.group(5))));
    } else if (atomic.matches()) {
      AtomicOperator operator = ATOMICS.get(atomic.group(5));
      emit(new Instruction.Atomic(
          operator,
          atomic.group(7) != null || !operator.isSimple(),
          atomic.group(1).equals("32") ? Width.W32 : Width.W64,
          register(atomic.group(2)),
          displacement(atomic.group(3), atomic.group(4)),
          register(atomic.group(6))));
    } else if (legacy.matches()) {
      emit(
          legacy.group(2).isEmpty()
              ? new Instruction.LoadPacketAbsolute(
                  size(legacy.group(1)), Integer.parseInt(legacy.group(3)))
              : new Instruction.LoadPacketIndirect(
                  size(legacy.group(1)), register(legacy.group(3)), 0));
    } else {
      return false;
    }
    return true;
  }

  private boolean wide(String text) {
    Matcher constant = WIDE.matcher(text);
    Matcher map = MAP.matcher(text);
    Matcher value = MAP_VALUE.matcher(text);
    if (constant.matches()) {
      emit(new Instruction.LoadImmediate(
          register(constant.group(1)), new WideImmediate.Constant(number(constant.group(2)))));
    } else if (map.matches()) {
      emit(new Instruction.LoadImmediate(
          register(map.group(1)), new WideImmediate.MapByIndex(Integer.parseInt(map.group(2)))));
    } else if (value.matches()) {
      emit(new Instruction.LoadImmediate(
          register(value.group(1)),
          new WideImmediate.MapValueByIndex(
              Integer.parseInt(value.group(2)), Integer.parseInt(value.group(3)))));
    } else {
      return false;
    }
    return true;
  }

  private void arithmetic(String text) {
    Matcher extension = SIGN_EXTENSION.matcher(text);
    Matcher negation = NEGATION.matcher(text);
    Matcher swap = SWAP.matcher(text);
    if (extension.matches()) {
      emit(new Instruction.Binary(
          ArithmeticOperator.valueOf("MOVSX" + extension.group(2)),
          Width.W64,
          register(extension.group(1)),
          Operand.of(register(extension.group(3)))));
    } else if (negation.matches()) {
      emit(new Instruction.Negate(width(negation.group(1)), register(negation.group(2))));
    } else if (swap.matches()) {
      ByteOrderConversion conversion =
          switch (swap.group(2)) {
            case "be" -> ByteOrderConversion.TO_BIG_ENDIAN;
            case "le" -> ByteOrderConversion.TO_LITTLE_ENDIAN;
            default -> ByteOrderConversion.SWAP;
          };
      emit(new Instruction.ByteSwap(
          conversion, Integer.parseInt(swap.group(3)), register(swap.group(1))));
    } else {
      Matcher m = match(BINARY, text);
      emit(new Instruction.Binary(
          ARITHMETIC.get(m.group(3)),
          width(m.group(1)),
          register(m.group(2)),
          operand(m.group(4))));
    }
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not understood: " + text);
    }
    return matcher;
  }

  private static Width width(String prefix) {
    return prefix.equals("w") ? Width.W32 : Width.W64;
  }

  private static Register register(String number) {
    return Register.of(Integer.parseInt(number));
  }

  private static Operand operand(String text) {
    return text.matches("[rw]\\d+")
        ? Operand.of(register(text.substring(1)))
        : Operand.of((int) number(text));
  }

  private static short displacement(String sign, String number) {
    return (short) (sign.equals("-") ? -Integer.parseInt(number) : Integer.parseInt(number));
  }

  private static AccessSize size(String bits) {
    return switch (bits) {
      case "8" -> AccessSize.BYTE;
      case "16" -> AccessSize.HALF;
      case "32" -> AccessSize.WORD;
      default -> AccessSize.DOUBLE;
    };
  }

  private static long number(String text) {
    if (text.startsWith("-")) {
      return -number(text.substring(1));
    }
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : Long.parseUnsignedLong(text);
  }
}
