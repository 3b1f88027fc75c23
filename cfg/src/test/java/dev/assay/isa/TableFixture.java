package dev.assay.isa;

/** Small tables of groups and instructions, with what the real ones have no example of. */
final class TableFixture {
  static final String GROUP_COLUMNS =
      "name\tincludes\tstatus\torigin\tdefault\treference\twithout\ttext\n";
  static final String COLUMNS =
      "opcode\tdst\tsrc\toffset\timm\tnext_imm\toperation\tgroups\tstatus\tmcpu\treference\ttext\n";
  static final String EXIT =
      "0x95\t0x0\t0x0\t0\t0x00\t-\tExit\tsmall\tpermanent\tv1\t4.3\treturn\n";

  static final ConformanceGroups GROUPS = ConformanceGroups.parse("groups", GROUP_COLUMNS + """
      small	-	permanent	rfc9669	yes	RFC 1	-	few
      big	small	permanent	rfc9669	yes	RFC 1	-	more
      bigger	big	permanent	rfc9669	no	RFC 1	-	most
      old	-	historical	rfc9669	no	RFC 2, section 3	-	former
      other	-	provisional	extension	yes	nobody	-	strange
      """);

  /** {@code r1 += r2} in small and big, {@code r1 *= r2} in old and other, a historical call in small. */
  static final InstructionRegistry REGISTRY =
      InstructionRegistry.parse(GROUPS, "instructions", COLUMNS + """
          0x0f	any	any	0	0x00	-	Binary ADD W64 register	big,small	permanent	v1	4.1	sum
          0x1f	any	any	0	0x00	-	Binary SUB W64 register	old	historical	v1	4.1	difference
          0x2f	any	any	0	0x00	-	Binary MUL W64 register	old,other	permanent	v2	4.1	product
          0x85	0x0	0x0	0	any	-	CallHelper	small	historical	v1	4.3.1	call
          0xbf	any	any	0	0x00	-	Binary MOV W64 register	bigger	permanent	v4	4.1	copy
          """ + EXIT);

  private TableFixture() {}
}
