package dev.assay.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {
  private static final Platform LINUX = LinuxPlatform.load();

  @ParameterizedTest
  @CsvSource({
    "xdp, xdp",
    "xdp.frags, xdp",
    "xdp/devmap, xdp/devmap",
    "tc, sched_cls",
    "classifier, sched_cls",
    "tcx/ingress, sched_cls",
    "action, sched_act",
    "socket, socket_filter",
    "kprobe, kprobe",
    "kprobe/do_unlinkat, kprobe",
    "kprobe.multi/do_*, kprobe/multi",
    "kprobe.session/do_*, kprobe/session",
    "uretprobe//bin/bash:readline, kprobe",
    "tp/syscalls/sys_enter_open, tracepoint",
    "raw_tp/sched_switch, raw_tracepoint",
    "raw_tracepoint.w/x, raw_tracepoint_writable",
    "tp_btf/sched_switch, tracing/raw_tp",
    "fentry/vfs_read, tracing/fentry",
    "fexit.s/vfs_read, tracing/fexit",
    "iter/task, tracing/iter",
    "lsm/file_open, lsm/mac",
    "lsm_cgroup/socket_bind, lsm/cgroup",
    "cgroup/skb, cgroup_skb/ingress",
    "cgroup_skb/egress, cgroup_skb/egress",
    "cgroup/connect4, cgroup_sock_addr/connect4",
    "cgroup/sendmsg_unix, cgroup_sock_addr/sendmsg_unix",
    "cgroup/sock, cgroup_sock/create",
    "sockops, sock_ops",
    "sk_skb, sk_skb",
    "sk_skb/stream_parser, sk_skb/stream_parser",
    "sk_reuseport, sk_reuseport/select",
    "struct_ops/bpf_cubic_init, struct_ops",
    "freplace/handler, ext",
    "syscall, syscall",
    "netfilter, netfilter"
  })
  void sectionsMeanKinds(String section, String kind) {
    assertEquals(Optional.of(kind), LINUX.programKindOfSection(section).map(ProgramKind::name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".text",
        "xd",
        "xdpx",
        "xdp/prog",
        "xdp_md",
        "tc/x",
        "classifier/x",
        "socket1",
        "kprobes",
        "kprobe.x/y",
        "sk_skb/stream",
        "lsm.s.x",
        "maps",
        "cgroup/sock1",
        "kprobe.multi.x"
      })
  void namesThatLibbpfDroppedOrNeverKnewAreUnknown(String section) {
    assertEquals(Optional.empty(), LINUX.programKindOfSection(section));
    assertEquals(Optional.empty(), LINUX.attachTarget(section));
  }

  @Test
  void sleepableSectionsGiveSleepableKinds() {
    assertTrue(LINUX.programKindOfSection("lsm.s/file_open").orElseThrow().sleepable());
    assertFalse(LINUX.programKindOfSection("lsm/file_open").orElseThrow().sleepable());
    assertTrue(LINUX.programKindOfSection("syscall").orElseThrow().sleepable());
  }

  @Test
  void theTargetFollowsTheSlash() {
    assertEquals(Optional.of("file_open"), LINUX.attachTarget("lsm.s/file_open"));
    assertEquals(
        Optional.of("syscalls/sys_enter_open"), LINUX.attachTarget("tp/syscalls/sys_enter_open"));
    assertEquals(Optional.empty(), LINUX.attachTarget("kprobe"));
    assertEquals(Optional.empty(), LINUX.attachTarget("kprobe/"));
    assertEquals(Optional.empty(), LINUX.attachTarget("xdp/devmap"));
  }

  @Property(tries = 200)
  void anyNameIsLookedUpAsARowByRowSearchWould(@ForAll("names") String section) {
    Optional<Table.Row> best = Table.read("linux/sections.tsv").rows().stream()
        .filter(row -> section.equals(row.text("section"))
            || (row.yes("suffix") && section.startsWith(row.text("section") + "/")))
        .max(java.util.Comparator.comparingInt(row -> row.text("section").length()));
    assertEquals(
        best.map(row -> row.text("kind")),
        LINUX.programKindOfSection(section).map(ProgramKind::name),
        section);
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<String> names() {
    var known = net.jqwik.api.Arbitraries.of(Table.read("linux/sections.tsv").rows().stream()
        .map(row -> row.text("section"))
        .toList());
    var tail = net.jqwik.api.Arbitraries.strings().withChars("/.smx").ofMaxLength(4);
    return net.jqwik.api.Combinators.combine(
            known, tail, net.jqwik.api.Arbitraries.integers().between(0, 3))
        .as((name, end, cut) -> name.substring(0, Math.max(0, name.length() - cut)) + end);
  }

  @Property(tries = 100)
  void noNameMakesTheSearchFail(@ForAll @StringLength(max = 20) String section) {
    assertEquals(
        LINUX.programKindOfSection(section).isPresent(),
        LINUX.programKindOfSection(section).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "xdp, xdp",
    "XDP, xdp",
    "BPF_PROG_TYPE_XDP, xdp",
    "bpf_prog_type_sched_cls, sched_cls",
    "cgroup_sock_addr/connect4, cgroup_sock_addr/connect4",
    "cgroup_skb, cgroup_skb/ingress",
    "tracing, tracing/raw_tp",
    "lwt_xmit, lwt_xmit",
    "tc, sched_cls",
    "fentry, tracing/fentry",
    "cgroup/connect6, cgroup_sock_addr/connect6"
  })
  void kindsHaveTheNamesThatUsersWrite(String name, String kind) {
    assertEquals(Optional.of(kind), LINUX.programKind(name).map(ProgramKind::name));
  }

  @Test
  void unknownKindsAreEmpty() {
    assertEquals(Optional.empty(), LINUX.programKind("unspec"));
    assertEquals(Optional.empty(), LINUX.programKind(""));
  }
}
