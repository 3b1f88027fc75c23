package dev.assay.interpreter.conformance;

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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The assembly of uBPF, in which bpf_conformance's tests are written.
 *
 * {@snippet lang="text" :
 *        lddw %r1, 0x1122334455667788
 *        stxdw [%r10-8], %r1
 *        lock fetch add32 [%r10-8], %r1
 * loop:  jlt %r0, 10, loop      # or +3: slots from the next instruction
 *        exit
 * }
 *
 * <p>The label {@code exit} is the last exit instruction, unless the program defines it.
 */
final class UbpfAssembler {
  private static final Pattern LABEL = Pattern.compile("(\\w+):\\s*(.*)");
  private static final Pattern MEMORY = Pattern.compile("\\[%r(\\d+)(?:([+-])(\\w+))?]");
  private static final Pattern SIGN_EXTENSION = Pattern.compile("movsx(8|16|32)(32|64)");
  private static final Pattern BYTE_SWAP = Pattern.compile("(le|be|swap|bswap)(16|32|64)");
  private static final Pattern MEMORY_ACCESS = Pattern.compile("(ldx|ldxs|st|stx)(b|h|w|dw)");

  private final Map<String, Integer> labels = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  private UbpfAssembler() {}

  /**
   * Assembles a program.
   *
   * @throws IllegalArgumentException for a line that is not understood
   */
  static Code assemble(String text) {
    UbpfAssembler assembler = new UbpfAssembler();
    assembler.readLines(text);
    List<Instruction> instructions = new ArrayList<>();
    int slot = 0;
    for (String line : assembler.lines) {
      try {
        Instruction instruction = assembler.instruction(line, slot);
        instructions.add(instruction);
        slot += instruction.slots();
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("not understood: " + line, e);
      }
    }
    return Code.of(instructions);
  }

  private void readLines(String text) {
    int slot = 0;
    int lastExit = -1;
    for (String raw : text.lines().toList()) {
      String line = raw.replaceFirst("#.*", "").strip();
      Matcher label = LABEL.matcher(line);
      if (label.matches()) {
        labels.put(label.group(1), slot);
        line = label.group(2);
      }
      if (!line.isEmpty()) {
        lastExit = line.equals("exit") ? slot : lastExit;
        lines.add(line);
        slot += line.startsWith("lddw") ? 2 : 1;
      }
    }
    labels.putIfAbsent("exit", lastExit);
  }

  private Instruction instruction(String line, int slot) {
    String[] words = line.split("[\\s,]+");
    String name = words[0];
    Matcher memoryAccess = MEMORY_ACCESS.matcher(name);
    Matcher byteSwap = BYTE_SWAP.matcher(name);
    Matcher signExtension = SIGN_EXTENSION.matcher(name);
    if (name.equals("exit")) {
      return new Instruction.Exit();
    } else if (name.equals("lock")) {
      return atomic(words);
    } else if (name.equals("call")) {
      return call(words, slot);
    } else if (name.equals("lddw")) {
      return new Instruction.LoadImmediate(
          register(words[1]), new WideImmediate.Constant(number(words[2])));
    } else if (name.equals("ja") || name.equals("ja32")) {
      return new Instruction.Jump(offset(words[1], slot), name.equals("ja32"));
    } else if (memoryAccess.matches()) {
      return memoryAccess(memoryAccess, words);
    } else if (byteSwap.matches()) {
      return byteSwap(byteSwap, words);
    } else if (signExtension.matches()) {
      ArithmeticOperator operator = ArithmeticOperator.valueOf("MOVSX" + signExtension.group(1));
      Width width = signExtension.group(2).equals("32") ? Width.W32 : Width.W64;
      return new Instruction.Binary(operator, width, register(words[1]), operand(words[2]));
    }
    boolean narrow = name.endsWith("32");
    Width width = narrow ? Width.W32 : Width.W64;
    String stem = (narrow ? name.substring(0, name.length() - 2) : name).toUpperCase(Locale.ROOT);
    if (stem.equals("NEG")) {
      return new Instruction.Negate(width, register(words[1]));
    } else if (stem.startsWith("J")) {
      Comparison comparison = Comparison.valueOf(stem.substring(1));
      short offset = (short) offset(words[3], slot);
      return new Instruction.ConditionalJump(
          comparison, width, register(words[1]), operand(words[2]), offset);
    }
    ArithmeticOperator operator = ArithmeticOperator.valueOf(stem);
    return new Instruction.Binary(operator, width, register(words[1]), operand(words[2]));
  }

  private static Instruction atomic(String[] words) {
    boolean fetch = words[1].equals("fetch");
    String name = words[fetch ? 2 : 1];
    boolean narrow = name.endsWith("32");
    String stem = (narrow ? name.substring(0, name.length() - 2) : name).toUpperCase(Locale.ROOT);
    AtomicOperator operator = AtomicOperator.valueOf(stem);
    boolean always = operator == AtomicOperator.XCHG || operator == AtomicOperator.CMPXCHG;
    Matcher memory = memory(words[fetch ? 3 : 2]);
    Register source = register(words[fetch ? 4 : 3]);
    Width width = narrow ? Width.W32 : Width.W64;
    return new Instruction.Atomic(
        operator, fetch || always, width, base(memory), displacement(memory), source);
  }

  private Instruction call(String[] words, int slot) {
    if (words[1].equals("local")) {
      return new Instruction.CallLocal(offset(words[2], slot));
    }
    return words[1].startsWith("%")
        ? new Instruction.CallRegister(register(words[1]))
        : new Instruction.CallHelper((int) number(words[1]));
  }

  private static Instruction memoryAccess(Matcher name, String[] words) {
    AccessSize size =
        switch (name.group(2)) {
          case "b" -> AccessSize.BYTE;
          case "h" -> AccessSize.HALF;
          case "w" -> AccessSize.WORD;
          default -> AccessSize.DOUBLE;
        };
    boolean load = name.group(1).startsWith("ldx");
    Matcher memory = memory(words[load ? 2 : 1]);
    return load
        ? new Instruction.Load(
            register(words[1]),
            base(memory),
            displacement(memory),
            size,
            name.group(1).equals("ldxs"))
        : new Instruction.Store(base(memory), displacement(memory), size, operand(words[2]));
  }

  private static Instruction byteSwap(Matcher name, String[] words) {
    ByteOrderConversion conversion =
        switch (name.group(1)) {
          case "le" -> ByteOrderConversion.TO_LITTLE_ENDIAN;
          case "be" -> ByteOrderConversion.TO_BIG_ENDIAN;
          default -> ByteOrderConversion.SWAP;
        };
    return new Instruction.ByteSwap(
        conversion, Integer.parseInt(name.group(2)), register(words[1]));
  }

  private int offset(String target, int slot) {
    if (target.startsWith("+") || target.startsWith("-")) {
      return (int) number(target);
    }
    Integer label = labels.get(target);
    if (label == null) {
      throw new IllegalArgumentException("no label " + target);
    }
    return label - (slot + 1);
  }

  private static Matcher memory(String text) {
    Matcher memory = MEMORY.matcher(text);
    if (!memory.matches()) {
      throw new IllegalArgumentException("no memory operand: " + text);
    }
    return memory;
  }

  private static Register base(Matcher memory) {
    return Register.of(Integer.parseInt(memory.group(1)));
  }

  private static short displacement(Matcher memory) {
    return memory.group(2) == null ? 0 : (short) number(memory.group(2) + memory.group(3));
  }

  private static Register register(String text) {
    if (!text.startsWith("%r")) {
      throw new IllegalArgumentException("no register: " + text);
    }
    return Register.of(Integer.parseInt(text.substring(2)));
  }

  private static Operand operand(String text) {
    return text.startsWith("%") ? Operand.of(register(text)) : Operand.of((int) number(text));
  }

  private static long number(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    long value = digits.startsWith("0x")
        ? Long.parseUnsignedLong(digits.substring(2), 16)
        : Long.parseUnsignedLong(digits);
    return negative ? -value : value;
  }
}
