package dev.assay.referee.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * The argument of one {@code bpf} command: {@code union bpf_attr} of Linux's {@code include/uapi/linux/bpf.h}, as of 6.18. What is not set is 0.
 *
 * <pre>
 *  BPF_MAP_CREATE             BPF_PROG_LOAD                         BPF_BTF_LOAD
 *  +0  u32 map_type           +0   u32 prog_type                    +0  u64 btf
 *  +4  u32 key_size           +4   u32 insn_cnt                     +8  u64 btf_log_buf
 *  +8  u32 value_size         +8   u64 insns                        +16 u32 btf_size
 *  +12 u32 max_entries        +16  u64 license                      +20 u32 btf_log_size
 *  +16 u32 map_flags          +24  u32 log_level                    +24 u32 btf_log_level
 *  +20 u32 inner_map_fd       +28  u32 log_size
 *  +24 u32 numa_node          +32  u64 log_buf
 *  +28 char map_name[16]      +40  u32 kern_version
 *  +44 u32 map_ifindex        +44  u32 prog_flags
 *  +48 u32 btf_fd             +48  char prog_name[16]
 *  +52 u32 btf_key_type_id    +64  u32 prog_ifindex
 *  +56 u32 btf_value_type_id  +68  u32 expected_attach_type
 *                             +72  u32 prog_btf_fd
 *                             +76  u32 func_info_rec_size
 *                             +80  u64 func_info
 *                             +88  u32 func_info_cnt
 * </pre>
 */
final class Attribute {
  private static final int SIZE = 144;

  private final Arena arena;
  private final MemorySegment bytes;

  Attribute(Arena arena) {
    this.arena = arena;
    this.bytes = arena.allocate(SIZE, Long.BYTES);
  }

  Attribute number(int offset, int value) {
    bytes.set(ValueLayout.JAVA_INT, offset, value);
    return this;
  }

  Attribute address(int offset, MemorySegment target) {
    bytes.set(ValueLayout.JAVA_LONG, offset, target.address());
    return this;
  }

  Attribute bytes(int offset, byte[] content) {
    MemorySegment copy = arena.allocate(Math.max(1, content.length), Long.BYTES);
    MemorySegment.copy(content, 0, copy, ValueLayout.JAVA_BYTE, 0, content.length);
    return address(offset, copy);
  }

  Attribute text(int offset, String text) {
    return address(offset, arena.allocateFrom(text, StandardCharsets.US_ASCII));
  }

  SystemCall.Result call(int command) {
    return SystemCall.bpf(command, bytes);
  }
}
