package dev.assay.verifier;

import dev.assay.btf.BtfBuilder;
import dev.assay.btf.BtfBuilder.Part;
import dev.assay.btf.KernelTypes;
import java.util.Arrays;

/** A small kernel: its types, functions, tracepoints, hooks, iterators and variables. */
public final class Kernel {
  private Kernel() {}

  /** What a test attaches to stands beside what it is for. */
  public static final KernelTypes TYPES = types();

  private static KernelTypes types() {
    BtfBuilder b = new BtfBuilder();
    int u64 = b.integer("u64", 8);
    int number = b.integer("int", 4);
    int character = b.integer("char", 1);
    int common =
        b.struct("sock_common", 16, Part.at(0, "skc_daddr", number), Part.at(8, "skc_cookie", u64));
    int socket = b.struct("sock", 32, Part.at(0, "__sk_common", common), Part.at(16, "mark", u64));
    int toSocket = b.pointer(b.constant(socket));
    int tcp = b.struct("tcp_sock", 48, Part.at(0, "sk", socket), Part.at(32, "srtt", number));
    int forward = b.pointer(character);
    int task = b.struct(
        "task_struct",
        64,
        Part.at(0, "pid", number),
        Part.at(4, "bits", number),
        Part.at(8, "socket", toSocket),
        Part.at(16, "comm", b.array(character, 16)),
        Part.at(32, "name", forward),
        Part.at(40, "user", b.pointer(b.tag("user", socket))),
        Part.at(
            48, "either", b.union("", 8, Part.at(0, "sk", toSocket), Part.at(0, "number", u64))));
    int toTask = b.pointer(task);
    int path = b.struct("path", 16, Part.at(0, "mnt", u64), Part.at(8, "dentry", u64));
    int inode = b.struct("inode", 8, Part.at(0, "i_ino", u64));
    int toInode = b.pointer(inode);
    int file = b.struct(
        "file",
        64,
        Part.at(0, "f_flags", number),
        Part.at(16, "f_path", path),
        Part.at(32, "f_inode", toInode),
        Part.at(40, "other", toInode),
        Part.at(48, "task", toTask));
    int toFile = b.pointer(file);
    int open =
        b.struct("open", 8, Part.at(0, "count", u64), Part.at(8, "rest", b.array(number, 0)));
    int wide = b.struct("wide", 16, Part.at(0, "a", u64), Part.at(8, "b", u64));
    int huge = b.struct("huge", 24, Part.at(0, "a", u64));
    int seqFile = b.struct("seq_file", 8, Part.at(0, "count", u64));
    // As in the kernel: in a union of one, so that it has 8 bytes also where pointers have 4.
    int seq = b.union("", 8, Part.at(0, "seq", b.pointer(seqFile)));
    int meta = b.struct("bpf_iter_meta", 16, Part.at(0, "", seq));
    int toVoid = b.pointer(0);

    b.function("tcp_close", 0, Part.of("sk", toSocket), Part.of("timeout", number));
    b.function("tcp_open", b.pointer(tcp), Part.of("sk", toSocket));
    b.function(
        "many",
        number,
        Part.of("w", wide),
        Part.of("t", b.typedef("task_t", toTask)),
        Part.of("e", b.enumeration("kind")),
        Part.of("v", toVoid),
        Part.of("s", forward),
        Part.of("o", b.pointer(open)));
    b.function("passes_too_much", number, Part.of("h", huge));
    b.function("prints", number, Part.of("text", forward), Part.of("", 0));
    Part[] twelve = new Part[12];
    Part[] thirteen = new Part[13];
    Arrays.fill(twelve, Part.of("p", character));
    Arrays.fill(thirteen, Part.of("p", character));
    b.function("twelve", number, twelve);
    b.function("thirteen", number, thirteen);
    b.function("owns", number, Part.of("sk__ref", toSocket));
    b.tracepoint("sched_switch", Part.of("preempt", number), Part.of("prev", toTask));
    b.tracepoint("opened", Part.of("open", b.pointer(open)));
    b.tracepoint(
        "kfree_skb",
        Part.of("a", toTask),
        Part.of("b", toVoid),
        Part.of("c", number),
        Part.of("rx_sk", toSocket));
    b.tracepoint(
        "cachefiles_lookup", Part.of("a", toTask), Part.of("b", toTask), Part.of("c", toTask));
    b.function(
        "bpf_lsm_file_open", number, Part.of("file", toFile), Part.of("t__nullable", toTask));
    b.function("bpf_lsm_task_free", 0, Part.of("task", toTask));
    b.function("bpf_iter_task", number, Part.of("meta", b.pointer(meta)), Part.of("task", toTask));
    b.function("bpf_iter_elem", number, Part.of("meta", b.pointer(meta)), Part.of("key", toVoid));
    b.section(".data..percpu", b.variable("current_task", toTask), b.variable("idle", task));
    b.section(".data", b.variable("init_task", task), b.variable("jiffies", u64));
    return KernelTypes.of(b.types());
  }
}
