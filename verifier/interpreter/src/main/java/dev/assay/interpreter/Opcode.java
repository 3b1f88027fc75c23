package dev.assay.interpreter;

/**
 * The operations that {@link Loop} runs itself, numbered densely for one {@code switch}. Names end in the width
 * in bits.
 *
 * <p>Second operands are always registers: {@link Translation} gives each immediate a register that nobody
 * writes. All else is {@link #RARE}.
 */
final class Opcode {
  static final int RARE = 0;
  static final int ENTER = 1;
  static final int EXIT = 2;
  static final int JUMP = 3;

  static final int ADD64 = 4;
  static final int SUB64 = 5;
  static final int MUL64 = 6;
  static final int DIV64 = 7;
  static final int SDIV64 = 8;
  static final int MOD64 = 9;
  static final int SMOD64 = 10;
  static final int OR64 = 11;
  static final int AND64 = 12;
  static final int XOR64 = 13;
  static final int LSH64 = 14;
  static final int RSH64 = 15;
  static final int ARSH64 = 16;
  static final int MOV64 = 17;
  static final int MOVSX8_64 = 18;
  static final int MOVSX16_64 = 19;
  static final int MOVSX32_64 = 20;
  static final int NEGATE64 = 21;

  static final int ADD32 = 22;
  static final int SUB32 = 23;
  static final int MUL32 = 24;
  static final int DIV32 = 25;
  static final int SDIV32 = 26;
  static final int MOD32 = 27;
  static final int SMOD32 = 28;
  static final int OR32 = 29;
  static final int AND32 = 30;
  static final int XOR32 = 31;
  static final int LSH32 = 32;
  static final int RSH32 = 33;
  static final int ARSH32 = 34;
  static final int MOV32 = 35;
  static final int MOVSX8_32 = 36;
  static final int MOVSX16_32 = 37;
  static final int NEGATE32 = 38;

  static final int SWAP16 = 39;
  static final int SWAP32 = 40;
  static final int SWAP64 = 41;

  static final int LOAD8 = 42;
  static final int LOAD16 = 43;
  static final int LOAD32 = 44;
  static final int LOAD64 = 45;
  static final int LOAD_SIGNED8 = 46;
  static final int LOAD_SIGNED16 = 47;
  static final int LOAD_SIGNED32 = 48;
  static final int STORE8 = 49;
  static final int STORE16 = 50;
  static final int STORE32 = 51;
  static final int STORE64 = 52;

  static final int EQ64 = 53;
  static final int NE64 = 54;
  static final int SET64 = 55;
  static final int GT64 = 56;
  static final int GE64 = 57;
  static final int LT64 = 58;
  static final int LE64 = 59;
  static final int SGT64 = 60;
  static final int SGE64 = 61;
  static final int SLT64 = 62;
  static final int SLE64 = 63;

  static final int EQ32 = 64;
  static final int NE32 = 65;
  static final int SET32 = 66;
  static final int GT32 = 67;
  static final int GE32 = 68;
  static final int LT32 = 69;
  static final int LE32 = 70;
  static final int SGT32 = 71;
  static final int SGE32 = 72;
  static final int SLT32 = 73;
  static final int SLE32 = 74;

  private Opcode() {}
}
