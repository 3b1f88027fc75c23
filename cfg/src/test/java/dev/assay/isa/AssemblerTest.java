package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "r1 += 5",
        "w1 = -1",
        "r1 s/= r2",
        "w1 s%= 7",
        "r1 s>>= r3",
        "w2 = w3",
        "r1 = -r1",
        "w1 = (s8)w2",
        "r1 = (s32)r2",
        "r0 = be16 r0",
        "r0 = le64 r0",
        "r0 = bswap32 r0",
        "r1 = *(u8 *)(r2 + 4)",
        "r1 = *(s32 *)(r10 - 32768)",
        "*(u64 *)(r10 - 8) = r1",
        "*(u16 *)(r1 + 0) = -3",
        "lock *(u64 *)(r1 + 0) += r2",
        "lock *(u32 *)(r1 - 4) ^= w2",
        "r2 = atomic_fetch_or((u64 *)(r1 + 8), r2)",
        "w2 = atomic_fetch_and((u32 *)(r1 + 8), w2)",
        "r2 = xchg_64(r1 + 0, r2)",
        "w2 = xchg32_32(r1 + 0, w2)",
        "r0 = cmpxchg_64(r1 + 0, r0, r2)",
        "w0 = cmpxchg32_32(r1 + 0, w0, w2)",
        "r0 = *(u16 *)skb[12]",
        "r0 = *(u8 *)skb[-4096]",
        "r0 = *(u32 *)skb[r3]",
        "r0 = *(u32 *)skb[r3 - 1]",
        "goto +3",
        "gotol -100000",
        "may_goto +1",
        "if r1 == 5 goto +3",
        "if w1 s> w2 goto -1",
        "if w1 & 8 goto +0",
        "call 12",
        "call -1",
        "call local -2147483648",
        "call btf[77]",
        "call btf[77] module 3",
        "callx r1",
        "exit",
        "r1 = 0xfedcba9876543210 ll",
        "r1 = map_by_fd(3) ll",
        "r1 = map_val(map_by_fd(3)) + 8 ll",
        "r1 = var_addr(9) ll",
        "r1 = code_addr(+5) ll",
        "r1 = map_by_idx(0) ll",
        "r1 = map_val(map_by_idx(2)) - 8 ll",
        "r1 = addr_space_cast(r2, 0, 1)",
      })
  void readsWhatTheDisassemblerPrints(String text) {
    Code code = Assembler.assemble(text);
    assertEquals(1, code.instructions().size());
    assertEquals(text, Disassembler.text(code.at(0)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
      w1 = *(u32 *)(r2 + 4) > r1 = *(u32 *)(r2 + 4)
      *(u8 *)(r2 - 4) = w3 > *(u8 *)(r2 - 4) = r3
      *(u8*)(r2) = 0xff > *(u8 *)(r2 + 0) = 255
      w1 = 0xffffffff > w1 = -1
      r1 = -0x80000000 > r1 = -2147483648
      r1 = -1 ll > r1 = 0xffffffffffffffff ll
      """)
  void readsOtherSpellings(String text, String canonical) {
    assertEquals(canonical, Disassembler.text(Assembler.assemble(text).at(0)));
  }

  @Test
  void labelsCountSlots() {
    Code code = Assembler.assemble("""
        // counts down
        start: begin:
              r1 = 0x1 ll     ; two slots
        loop: r1 -= 1         # one
              if r1 != 0 goto loop
              goto start
        """);
    assertEquals("""
        0: r1 = 0x1 ll
        2: r1 -= 1
        3: if r1 != 0 goto 2
        4: goto 0
        """, Disassembler.listing(code));
    assertEquals(code, Assembler.assemble(Disassembler.listing(code)));
  }

  @Test
  void callsNameLabelsFirstAndThenHelpers() {
    Code code = Assembler.assemble(
        """
            call map_lookup_elem
            call double
            exit
        double:
            r0 = r1
            exit
        """, name -> name.equals("map_lookup_elem") ? OptionalInt.of(1) : OptionalInt.empty());
    assertEquals(new CallHelper(1), code.at(0));
    assertEquals(new CallLocal(1), code.at(1));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
      r1 = r11       @ 1:6: expected a register r0 to r10, found 'r11'
      r1 = w1        @ 1:6: expected a register r0 to r10, found 'w1'
      w1 += r1       @ 1:7: expected a register w0 to w10, found 'r1'
      r1 = 0xffffffff @ 1:6: 0xffffffff does not fit 32 bits with sign
      w1 = 4294967296 @ 1:6: 4294967296 does not fit 32 bits
      r1 = 12x       @ 1:6: '12x' is not a decimal or 0x number of at most 64 bits
      goto nowhere   @ 1:6: the label 'nowhere' is not defined
      goto 3         @ 1:6: the label '3' is not defined
      goto +32768    @ 1:7: 32768 does not fit 16 bits with sign
      call nobody    @ 1:6: 'nobody' is neither a label nor a known helper
      r1 ? r2        @ 1:4: unexpected character '?'
      exit now       @ 1:6: expected the end of the instruction, found 'now'
      jump +1        @ 1:1: expected an instruction, found 'jump'
      if r1 = 0 goto +1 @ 1:7: expected a comparison such as == or s>, found '='
      if r1 == 0     @ 1:11: expected 'goto', found the end of the line
      r1 = *(u24 *)(r2 + 0) @ 1:8: expected a type such as u32 or s8, found 'u24'
      w1 = *(s8 *)(r2 + 0) @ 1:12: a sign-extending or 64-bit load fills all of its register: write r instead of w
      *(s8 *)(r2 + 0) = 1 @ 1:7: a store has an unsigned type
      r1 = be16 r2   @ 1:11: expected 'r1', found 'r2'
      w1 = be16 w1   @ 1:11: this instruction fills all of its register: write r instead of w
      r1 = -r2       @ 1:7: expected 'r1', found 'r2'
      r1 = ll        @ 1:6: expected a number or one of map_by_fd map_by_idx map_val var_addr code_addr, found 'll'
      r10 = 1        @ 1:7: this would write to r10, which is read-only
      r10 = xchg_64(r1 + 0, r10) @ 1:26: this would write to r10, which is read-only
      r1 = cmpxchg_64(r2 + 0, r1, r3) @ 1:25: compare and exchange uses r0
      r1 = *(u8 *)skb[0] @ 1:13: packet access reads u8, u16 or u32 into r0
      """)
  void saysWhereAndWhatIsWrong(String text, String message) {
    AssemblyException error = assertThrows(AssemblyException.class, () -> Assembler.assemble(text));
    String place = error.line() + ":" + error.column() + ": ";
    assertEquals(
        message, place + error.getMessage().substring(error.getMessage().indexOf(": ") + 2));
  }

  @Test
  void refusesALabelDefinedTwice() {
    AssemblyException error =
        assertThrows(AssemblyException.class, () -> Assembler.assemble("a: exit\n a: exit"));
    assertEquals("line 2, column 3: the label 'a' is defined twice", error.getMessage());
  }

  @Test
  void refusesALabelTooFarForAShortJump() {
    String text = "goto far\n" + "exit\n".repeat(32768) + "far: exit";
    AssemblyException error = assertThrows(AssemblyException.class, () -> Assembler.assemble(text));
    assertEquals(
        "line 1, column 6: the label 'far' is 32768 slots away, too far for 16 bits",
        error.getMessage());
    assertEquals(32770, Assembler.assemble(text.replace("goto", "gotol")).size());
  }

  @Property(tries = 5_000)
  void textIsCodeOrAnError(@ForAll("texts") String text) {
    try {
      Code code = Assembler.assemble(text);
      assertEquals(code, Assembler.assemble(Disassembler.listing(code)));
    } catch (AssemblyException e) {
      assertTrue(e.line() >= 1 && e.column() >= 1, e::getMessage);
    }
  }

  /** Lines that are instructions but for a few tokens. */
  @Provide
  Arbitrary<String> texts() {
    List<List<String>> lines =
        Instructions.WRITTEN_ROWS.stream().map(AssemblerTest::tokens).toList();
    List<String> vocabulary = Stream.concat(
            lines.stream().flatMap(List::stream),
            Stream.of(
                "\n", ":", "ll", "loop", "w7", "r12", "-", "0x", "99999999999999999999", "\u00e9"))
        .distinct()
        .toList();
    return Arbitraries.randomValue(random -> {
      StringBuilder text = new StringBuilder("loop:");
      for (int line = random.nextInt(4); line > 0; line--) {
        lines.get(random.nextInt(lines.size())).stream()
            .map(token ->
                random.nextInt(12) > 0 ? token : vocabulary.get(random.nextInt(vocabulary.size())))
            .forEach(token -> text.append(token).append(' '));
        text.append('\n');
      }
      return text.toString();
    });
  }

  private static List<String> tokens(RegistryRow row) {
    EncodedInstruction encoded = Instructions.encoding(row, 1, 1, -1, -1, 8);
    try {
      byte[] bytes = Instructions.bytes(encoded, ByteOrder.LITTLE_ENDIAN);
      String text = Disassembler.text(Decoder.decodeAt(bytes, 0, ByteOrder.LITTLE_ENDIAN));
      return Stream.of(text.split("(?<=\\W)|(?=\\W)", -1))
          .filter(token -> !token.isBlank())
          .toList();
    } catch (MalformedCodeException e) {
      throw new AssertionError(e);
    }
  }
}
