package dev.assay.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.platform.FunctionContract.Effect;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinuxPlatformTest {
  private static final Platform LINUX = LinuxPlatform.load();

  private static ProgramKind kind(String name) {
    return LINUX.programKind(name).orElseThrow();
  }

  private static FunctionContract helper(String name) {
    return LINUX.helper(name).orElseThrow();
  }

  private static FunctionContract helper(String name, String kind) {
    return LINUX.helper(helper(name).id(), kind(kind)).orElseThrow();
  }

  @Test
  void everyHelperOfTheKernelIsThere() {
    for (int id = 1; id <= 211; id++) {
      assertEquals(id, LINUX.helper(id).orElseThrow().id());
    }
    assertEquals(Optional.empty(), LINUX.helper(0));
    assertEquals(Optional.empty(), LINUX.helper(212));
    assertEquals(Optional.empty(), LINUX.helper(-1));
    assertEquals(Optional.empty(), LINUX.helper("no_such"));
  }

  @Test
  void everyMapTypeOfTheKernelIsThere() {
    assertEquals(
        IntStream.rangeClosed(1, 33).boxed().toList(),
        LINUX.mapTypes().stream().map(MapType::number).toList());
    assertEquals("hash", LINUX.mapType(1).orElseThrow().name());
    assertEquals("arena", LINUX.mapType(33).orElseThrow().name());
    assertEquals(Optional.empty(), LINUX.mapType(0));
    assertEquals(Optional.empty(), LINUX.mapType(34));
    assertEquals(Optional.empty(), LINUX.mapType(Integer.MIN_VALUE));
  }

  @Test
  void whatTheKernelDoesNotSayInItsTypesIsThere() {
    TargetFacts facts = LINUX.targetFacts();
    assertEquals(
        new TargetRule(
            TargetRule.Declared.TYPEDEF,
            1,
            TargetRule.Pointers.VOUCHED,
            TargetRule.Nullable.LISTED,
            TargetRule.ResultSlot.NONE),
        facts.rule(kind("tracing/raw_tp")).orElseThrow());
    assertEquals(
        TargetRule.ResultSlot.INTEGER,
        facts.rule(kind("tracing/fmod_ret")).orElseThrow().result());
    assertEquals(facts.rule(kind("lsm/mac")), facts.rule(kind("lsm/mac").asSleepable()));
    assertEquals(Optional.empty(), facts.rule(kind("xdp")));
    assertEquals(Optional.empty(), facts.rule(kind("ext")), "what it replaces is no kernel's");
    assertEquals(
        Optional.of(TargetFacts.Argument.NULLABLE), facts.argument("btf_trace_kfree_skb", 3));
    assertEquals(Optional.empty(), facts.argument("btf_trace_kfree_skb", 0));
    assertEquals(
        Optional.of(TargetFacts.Argument.NUMBER), facts.argument("btf_trace_cachefiles_lookup", 2));
    assertEquals(
        Optional.of(TargetFacts.Argument.UNVOUCHED), facts.argument("bpf_lsm_task_free", 0));
    assertEquals(Optional.of(TargetFacts.Field.NULLABLE), facts.field("socket", "sk"));
    assertEquals(Optional.empty(), facts.field("sock", "sk"));
    // Everyone who names a kind names one that there is.
    for (Table.Row row : Table.read("linux/target-kinds.tsv").rows()) {
      assertTrue(kind(row.text("kind")).hasTypedArguments(), row.text("kind"));
    }
    for (Table.Row row : Table.read("linux/target-results.tsv").rows()) {
      assertTrue(kind(row.text("kind")).hasTypedArguments(), row.text("kind"));
    }
  }

  @Test
  void whatASecurityHookMayReturnDependsOnTheHook() {
    TargetFacts facts = LINUX.targetFacts();
    assertEquals(
        Optional.of(new IntegerRange(-4095, 0)),
        facts.result(kind("lsm/mac"), "bpf_lsm_file_open"));
    assertEquals(
        Optional.of(new IntegerRange(0, 1)),
        facts.result(kind("lsm/mac").asSleepable(), "bpf_lsm_audit_rule_known"));
    assertEquals(Optional.empty(), facts.result(kind("lsm/mac"), "bpf_lsm_task_free"));
    assertEquals(
        Optional.of(new IntegerRange(1, 1)),
        facts.result(kind("lsm/cgroup"), "bpf_lsm_sk_free_security"));
    assertEquals(Optional.empty(), facts.result(kind("xdp"), "bpf_lsm_file_open"));
  }

  @Test
  void prototypesCarryTheNameAndNoMoreArgumentsThanRegisters() {
    for (FunctionContract helper : LINUX.helpers()) {
      assertTrue(helper.prototype().contains("bpf_" + helper.name() + "("), helper.prototype());
      boolean variadic = helper.prototype().contains("...");
      String list = helper.prototype().substring(helper.prototype().indexOf('(') + 1);
      int parameters = list.equals("void)") ? 0 : list.split(",").length;
      if (!variadic && helper.id() != 17) {
        assertEquals(parameters, helper.arguments().size() + missing(helper), helper.prototype());
      }
    }
  }

  /** Arguments that the kernel does not look at: get_branch_snapshot's flags. */
  private static int missing(FunctionContract helper) {
    return helper.id() == 176 ? 1 : 0;
  }

  @Test
  void constPointersAreNotWritten() {
    for (FunctionContract helper : LINUX.helpers()) {
      String[] parameters =
          helper.prototype().substring(helper.prototype().indexOf('(') + 1).split(",");
      for (int i = 0; i < helper.arguments().size() && i < parameters.length; i++) {
        boolean constant = parameters[i].strip().startsWith("const ");
        if (constant && helper.arguments().get(i) instanceof Argument.SizedMemory memory) {
          assertEquals(MemoryAccess.READ, memory.access(), helper.prototype());
        }
      }
    }
  }

  @Test
  void mapLookupTakesAMapAndAKey() {
    FunctionContract lookup = helper("bpf_map_lookup_elem");

    assertEquals(1, lookup.id());
    assertEquals(List.of(new Argument.MapPointer(), new Argument.MapKey()), lookup.arguments());
    assertEquals(new Result.MapValue(true), lookup.result());
    assertTrue(lookup.accepts(LINUX.mapType("hash").orElseThrow()));
    assertFalse(lookup.accepts(LINUX.mapType("ringbuf").orElseThrow()));
    assertTrue(LINUX.programKinds().stream().allMatch(lookup::callable));
  }

  @Test
  void fibLookupWritesItsParameters() {
    assertEquals(
        List.of(
            new Argument.Context(false),
            new Argument.SizedMemory(MemoryAccess.READ_WRITE, false, 3),
            new Argument.Size(false),
            new Argument.Anything()),
        helper("fib_lookup").arguments());
    assertTrue(helper("fib_lookup").has(Effect.GPL_ONLY));
  }

  @Test
  void probeReadStringReturnsAtMostItsSize() {
    assertEquals(new Result.ErrorOrSize(2), helper("probe_read_kernel_str").result());
    assertEquals(
        new Argument.SizedMemory(MemoryAccess.WRITE, false, 2),
        helper("probe_read_kernel_str").arguments().getFirst());
  }

  @Test
  void ringBufferRecordsAreOwned() {
    assertTrue(helper("ringbuf_reserve").has(Effect.ACQUIRES));
    assertEquals(new Result.AllocatedMemory(2), helper("ringbuf_reserve").result());
    assertEquals(OptionalInt.of(1), helper("ringbuf_submit").released());
    assertEquals(new Result.Nothing(), helper("ringbuf_submit").result());
  }

  @Test
  void helpersThatMayMoveThePacketSaySo() {
    assertTrue(helper("skb_pull_data").has(Effect.MOVES_PACKET));
    assertTrue(helper("xdp_adjust_head").has(Effect.MOVES_PACKET));
    assertTrue(helper("tail_call").has(Effect.MOVES_PACKET));
    assertFalse(helper("skb_load_bytes").has(Effect.MOVES_PACKET));
    assertEquals(
        23, LINUX.helpers().stream().filter(h -> h.has(Effect.MOVES_PACKET)).count());
  }

  @Test
  void kindsSeeTheirFormOfAHelper() {
    assertEquals(
        List.of(new Argument.Context(false)),
        helper("get_socket_cookie", "sched_cls").arguments());
    assertEquals(
        List.of(new Argument.Socket(false, true, true)),
        helper("get_socket_cookie", "fentry").arguments());
    assertInstanceOf(
        Argument.Context.class,
        helper("sk_storage_get", "cgroup_sock/create").arguments().get(1));
    assertEquals(Optional.empty(), LINUX.helper(helper("skb_load_bytes").id(), kind("xdp")));
  }

  @Test
  void mapTypesSeeTheirFormOfAHelper() {
    assertEquals(
        Optional.of(new Argument.MapValue(MemoryAccess.WRITE, false)),
        second("map_peek_elem", "queue"));
    assertEquals(
        Optional.of(new Argument.MapValue(MemoryAccess.READ, false)),
        second("map_peek_elem", "bloom_filter"));
    assertEquals(Optional.empty(), second("map_peek_elem", "hash"));
  }

  private static Optional<Argument> second(String helper, String map) {
    return LINUX
        .helper(helper(helper).id(), kind("xdp"), map(map))
        .map(form -> form.arguments().get(1));
  }

  private static MapType map(String name) {
    return LINUX.mapType(name).orElseThrow();
  }

  @Test
  void valuesOfSocketMapsAreSockets() {
    int update = helper("map_update_elem").id();

    assertEquals(
        Optional.of(new Argument.Socket(false, true, false)),
        LINUX
            .helper(update, kind("xdp"), map("sockmap"))
            .map(form -> form.arguments().get(2)));
    assertFalse(LINUX.helper(update, kind("xdp")).orElseThrow().accepts(map("sockmap")));
    assertEquals(Optional.empty(), LINUX.helper(update, kind("kprobe"), map("sockmap")));
    assertEquals(Optional.empty(), LINUX.helper(update, kind("sock_ops"), map("sockmap")));
    assertTrue(LINUX
        .helper(helper("map_delete_elem").id(), kind("sock_ops"), map("sockmap"))
        .isPresent());
  }

  @Test
  void bpfLoopCallsBackWithTheRound() {
    Argument.Callback callback =
        assertInstanceOf(Argument.Callback.class, helper("loop").arguments().get(1));

    assertEquals(
        List.of(CallbackContract.Parameter.INDEX, CallbackContract.Parameter.CONTEXT),
        callback.contract().parameters());
    assertEquals(CallbackContract.Calls.DURING, callback.contract().calls());
    assertEquals(new IntegerRange(0, 1), callback.contract().result());
  }

  @Test
  void libraryFunctionsReadAndWriteTheirLength() {
    FunctionContract memcpy = LINUX.libraryFunction("memcpy").orElseThrow();

    assertEquals(
        new Argument.SizedMemory(MemoryAccess.WRITE, false, 3),
        memcpy.arguments().getFirst());
    assertEquals(
        new Argument.SizedMemory(MemoryAccess.READ, false, 3),
        memcpy.arguments().get(1));
    assertEquals(new Result.Argument(1), memcpy.result());
    assertEquals(0, memcpy.id());
    assertEquals(Optional.empty(), LINUX.libraryFunction("strlen"));
  }

  @Test
  void iteratorsAreKernelFunctions() {
    FunctionContract create = LINUX.kernelFunction("bpf_iter_num_new").orElseThrow();

    assertEquals(
        new Argument.Iterator("bpf_iter_num", 8, Argument.ObjectUse.INITIALIZE),
        create.arguments().getFirst());
    assertTrue(create.has(Effect.ACQUIRES));
  }

  @Test
  void packetPointersOfXdpAreFourByteLoads() {
    Layout layout = kind("xdp").context();

    assertInstanceOf(
        FieldKind.PacketData.class, layout.access(0, 4, false).orElseThrow().kind());
    assertInstanceOf(
        FieldKind.PacketEnd.class, layout.access(4, 4, false).orElseThrow().kind());
    assertInstanceOf(
        FieldKind.PacketMeta.class, layout.access(8, 4, false).orElseThrow().kind());
    assertEquals(Optional.empty(), layout.access(0, 8, false));
    assertEquals(Optional.empty(), layout.access(0, 4, true));
    assertEquals(Optional.empty(), layout.access(20, 4, false));
    assertTrue(kind("xdp/devmap").context().access(20, 4, false).isPresent());
  }

  @Test
  void onlyTrafficControlSeesMetadataOfAnSkb() {
    assertInstanceOf(
        FieldKind.PacketMeta.class,
        kind("sched_cls").context().access(140, 4, false).orElseThrow().kind());
    assertEquals(Optional.empty(), kind("cgroup_skb/egress").context().access(140, 4, false));
    assertEquals(Optional.empty(), kind("socket_filter").context().access(76, 4, false));
  }

  @Test
  void theSocketOfAnSkbMayBeNull() {
    assertEquals(
        new FieldKind.Socket(SocketClass.COMMON, true),
        kind("sched_cls").context().access(168, 8, false).orElseThrow().kind());
    assertEquals(
        new FieldKind.Socket(SocketClass.FULL, false),
        kind("cgroup_sock_addr/connect4")
            .context()
            .access(64, 8, false)
            .orElseThrow()
            .kind());
  }

  @Test
  void accessesOutsideALayoutAreIllegal() {
    for (ProgramKind kind : LINUX.programKinds()) {
      Layout layout = kind.context();
      assertEquals(Optional.empty(), layout.access(-1, 1, false));
      assertEquals(Optional.empty(), layout.access(-8, 8, false));
      assertEquals(Optional.empty(), layout.access(layout.size(), 1, false));
      assertEquals(Optional.empty(), layout.access(Integer.MAX_VALUE, 8, false));
      assertEquals(Optional.empty(), layout.access(Integer.MIN_VALUE, 8, true));
      assertEquals(Optional.empty(), layout.access(0, 3, false));
      assertEquals(Optional.empty(), layout.access(0, 0, false));
      assertEquals(Optional.empty(), layout.access(0, 16, false));
    }
  }

  @Test
  void fieldsLieWithinTheirLayout() {
    for (SocketClass socket : SocketClass.values()) {
      assertTrue(LINUX.socketLayout(socket).fields().stream()
          .allMatch(f -> !f.load().equals(Field.Rule.NONE)));
    }
    assertEquals(80, LINUX.socketLayout(SocketClass.FULL).size());
    assertEquals(56, LINUX.flowKeysLayout().size());
    assertEquals(168, kind("kprobe").context().size());
    assertEquals(192, kind("sched_cls").context().size());
  }

  @Test
  void commonSocketsHideWhatOnlyFullOnesHave() {
    assertTrue(LINUX.socketLayout(SocketClass.FULL).access(16, 4, false).isPresent());
    assertEquals(Optional.empty(), LINUX.socketLayout(SocketClass.COMMON).access(16, 4, false));
    assertEquals(Optional.empty(), LINUX.socketLayout(SocketClass.COMMON).access(20, 4, false));
    assertTrue(LINUX.socketLayout(SocketClass.COMMON).access(4, 4, false).isPresent());
  }

  @Test
  void socketFiltersAndCgroupSkbAreStrict() {
    for (ProgramKind kind : LINUX.programKinds()) {
      boolean strict = kind.name().equals("socket_filter") || kind.name().startsWith("cgroup_skb/");
      assertEquals(strict ? Policy.STRICT : Policy.PRIVILEGED, kind.policy(), kind.name());
    }
  }

  @Test
  void legacyPacketInstructionsAreForThreeKinds() {
    assertEquals(
        List.of("socket_filter", "sched_cls", "sched_act"),
        LINUX.programKinds().stream()
            .filter(ProgramKind::legacyPacketAccess)
            .map(ProgramKind::name)
            .toList());
  }

  @Test
  void argumentsAreTypedByTheTarget() {
    assertEquals(Optional.of("bpf_lsm_"), kind("lsm/mac").btfTarget());
    assertEquals(Optional.of(""), kind("tracing/fentry").btfTarget());
    assertFalse(kind("kprobe").hasTypedArguments());
    assertInstanceOf(
        FieldKind.BtfArgument.class,
        kind("tracing/fexit").context().access(8, 8, false).orElseThrow().kind());
  }

  @Test
  void indicesOfKindsAreTheirPositions() {
    List<ProgramKind> kinds = LINUX.programKinds();
    for (int i = 0; i < kinds.size(); i++) {
      assertEquals(i, kinds.get(i).index());
      assertEquals(i, kinds.get(i).asSleepable().index());
    }
  }

  @Test
  void limitsAreTheKernels() {
    assertEquals(512, LINUX.limits().stackBytes());
    assertEquals(255, LINUX.limits().stackBytesAboveTailCall());
    assertEquals(8, LINUX.limits().callDepth());
    assertEquals(33, LINUX.limits().tailCalls());
    assertEquals(65535, LINUX.limits().packetBytes());
    assertEquals(1 << 29, LINUX.limits().pointerOffset());
    assertEquals(1 << 23, LINUX.limits().loopRounds());
  }
}
