package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.object.MapDefinition;
import dev.assay.verifier.verdict.Finding;
import org.junit.jupiter.api.Test;

/** What findings say: what is wrong, what would have to hold, and what is known of the registers that it is about. */
class FindingTextTest {
  private static Verification ending(String program) {
    return verify(program + """
        out:
        r0 = 0
        exit
        """);
  }

  /** The program's findings are these: where, which check, what is wrong; then what would have to hold; then what is known. */
  private static void says(Verification program, String findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : program.isNotAccepted().findings()) {
      text.append(finding.slot() + " " + finding.check() + ": " + finding.message() + "\n");
      text.append("  " + finding.required() + "\n");
      finding.known().forEach(line -> text.append("  " + line + "\n"));
    }
    assertEquals(findings, text.toString());
  }

  @Test
  void whatArithmeticNeeds() {
    says(ending("""
        r3 += r7
        """), """
        0 initialised: r7 is read, but not written on every path to here
          r7 is written before
          r7: not initialised on every path
        """);
    says(ending("""
        r7 = 5
        r1 *= r7
        """), """
        1 pointer-arithmetic: this operation on a pointer gives no pointer
          a pointer is only moved by a number, or subtracted from another
          r1: context pointer
          r7: number 5
        """);
    says(ending("""
        r2 = r1
        r2 = -r2
        """), """
        1 pointer-arithmetic: this operation on a pointer gives no pointer
          r2 is a number
          r2: context pointer
        """);
    says(ending("""
        r2 = (s8)r1
        """), """
        0 pointer-arithmetic: sign extension of a pointer
          the operand is a number
          r1: context pointer
        """);
    says(ending("""
        r7 = *(u32 *)(r1 + 12)
        r6 = 7
        r6 /= r7
        """).given(o -> o.withAllowDivisionByZero(false)), """
        2 division-by-zero: the divisor may be zero
          the divisor is not zero
          r7: number in [0, 4294967295]
        """);
    says(ending("""
        w7 = w10
        """).strict(), """
        0 pointer-arithmetic: 32-bit arithmetic on a pointer
          the operand is a number
          r10: stack pointer
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r0 += 8
        """).with(Maps.hash(16)), """
        6 not-null: arithmetic on a pointer that may be null
          the pointer is compared with null before
          r0: pointer to a value of hash (16 bytes), or null
        """);
    says(ending("""
        r1 = map_by_idx(0) ll
        r1 += 8
        """).with(Maps.hash(16)), """
        2 pointer-arithmetic: this pointer cannot be moved
          the pointer stays as it was given
          r1: map hash
        """);
  }

  @Test
  void whatTheFrameNeeds() {
    says(ending("""
        r2 = r10
        *(u32 *)(r2 - 513) = 1
        """), """
        1 stack-bounds: store of 4 bytes at stack offset -513 may lie outside the frame
          the offset from r10 is at least -512 and at most -4
          r2: stack pointer
        """);
    says(ending("""
        r7 = *(u32 *)(r1 + 12)
        r7 &= 0x3f8
        r2 = r10
        r2 -= r7
        r0 = *(u64 *)(r2 - 8)
        """), """
        4 stack-bounds: load of 8 bytes at stack offset in [-1024, -8], a multiple of 8 may lie outside the frame
          the offset from r10 is at least -512 and at most -8
          r2: stack pointer, offset in [-1016, 0], a multiple of 8
        """);
    says(ending("""
        r0 = *(u8 *)(r10 - 9)
        """), """
        0 stack-initialised: the byte at r10-9 is read, but not written on every path to here
          all bytes that are read were written before, or --uninitialised-stack lets others be read
          r10: stack pointer
        """);
    says(ending("""
        r0 = *(u8 *)(r10 - 9)
        """).strict(), """
        0 stack-initialised: the byte at r10-9 is read, but not written on every path to here
          all bytes that are read were written before
          r10: stack pointer
        """);
    says(ending("""
        r7 = *(u32 *)(r1 + 12)
        r7 &= 8
        *(u64 *)(r10 - 8) = 0
        r2 = r10
        r2 -= r7
        r0 = *(u64 *)(r2 - 8)
        """), """
        5 stack-initialised: the byte at r10-16 is read, but not written on every path to here
          all bytes that are read were written before, or --uninitialised-stack lets others be read
          r2: stack pointer, offset in [-8, 0], a multiple of 8
        """);
  }

  @Test
  void whatValuesOfMapsNeed() {
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u32 *)(r0 + 0)
        r7 &= 15
        r0 += r7
        *(u16 *)(r0 + 1) = 1
        """).with(Maps.hash(16)), """
        10 map-value-bounds: store of 2 bytes at offset in [1, 16] may lie outside the value of hash (16 bytes)
          the offset is at least 0 and at most 14
          r0: pointer to a value of hash (16 bytes), offset in [0, 15]
        """);
    says(
        ending("""
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = map_by_idx(0) ll
            call map_lookup_elem
            if r0 == 0 goto out
            r0 = *(u8 *)(r0 + 7)
            """).as("sched_cls").with(Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4)),
        """
        7 special-field: load of 1 byte touches the field bpf_spin_lock at offset 4 of values of hash
          only the helpers for bpf_spin_lock touch it
          r0: pointer to a value of hash (16 bytes)
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        *(u8 *)(r0 + 7) = 1
        """).with(Maps.withFlags(Maps.hash(16), Maps.READ_ONLY_FOR_PROGRAMS)), """
        7 writable: values of hash may not be written by programs
          the map permits it
          r0: pointer to a value of hash (16 bytes)
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r0 = *(u8 *)(r0 + 7)
        """).with(Maps.withFlags(Maps.hash(16), Maps.WRITE_ONLY_FOR_PROGRAMS)), """
        7 writable: values of hash may not be read by programs
          the map permits it
          r0: pointer to a value of hash (16 bytes)
        """);
  }

  @Test
  void whatThePacketNeeds() {
    says(ending("""
        r2 = *(u32 *)(r1 + 76)
        *(u8 *)(r2 + 0) = 1
        """).as("cgroup_skb/ingress"), """
        1 writable: programs of type cgroup_skb/ingress may not write the packet directly
          the packet is written through a helper
          r2: packet pointer; the packet has at least 0 bytes
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r0 = *(u8 *)(r2 - 1)
        """), """
        2 packet-bounds: load of 1 byte may start before the packet
          the offset from data is not negative
          r2: packet pointer; the packet has at least 0 bytes
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u16 *)(r2 + 13)
        """), """
        5 packet-bounds: load of 2 bytes at packet offset 13 may go beyond data_end
          the end of the access is compared with data_end before, on every path
          r2: packet pointer; the packet has at least 14 bytes
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r0 = *(u8 *)(r3 + 0)
        """), """
        2 packet-bounds: load of 1 byte at packet offset in [0, 65535] may go beyond data_end
          the end of the access is compared with data_end before, on every path
          r3: packet pointer, offset in [0, 65535] (from data_end on: 0); the packet has at least 0 bytes
        """);
    says(ending("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        *(u64 *)(r0 + 9) = 1
        """).with(Maps.ringBuffer()), """
        6 memory-bounds: store of 8 bytes at offset 9 may lie outside the 16 bytes of reserved memory
          the offset is at least 0 and at most 8
          r0: pointer to reserved memory (16 bytes)
        8 reference: something that was acquired is not given back before the program's end
          everything acquired is released on every path
        """);
  }

  @Test
  void whatTheContextNeeds() {
    says(ending("""
        r0 = *(u32 *)(r1 + 24)
        """), """
        0 context-access: load of 4 bytes at offset 24 of the context of xdp is not permitted
          offset and size are those of a field that programs may read
          r1: context pointer
        """);
    says(ending("""
        *(u32 *)(r1 + 0) = 1
        """), """
        0 context-access: store of 4 bytes at offset 0 of the context of xdp is not permitted
          offset and size are those of a field that programs may write
          r1: context pointer
        """);
    says(ending("""
        r1 += 4
        r0 = *(u32 *)(r1 + 0)
        """), """
        1 context-access: load of 4 bytes in the context of xdp through a pointer that was moved
          r1 points to its start, and the instruction has the field's offset
          r1: context pointer, offset 4
        """);
    says(ending("""
        r2 = *(s32 *)(r1 + 76)
        """).as("sched_cls"), """
        0 context-access: a pointer in the context is loaded with its sign extended
          pointers are loaded as they are
          r1: context pointer
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = r10
        r2 = *(s32 *)(r10 - 8)
        """).strict(), """
        1 pointer-leak: part of a stored pointer is read as a number
          pointers are read as a whole
          r10: stack pointer
        """);
  }

  @Test
  void whatStoresNeed() {
    says(ending("""
        *(u64 *)(r10 - 8) = r7
        """), """
        0 initialised: r7 is stored, but not written on every path to here
          r7 is written before
          r7: not initialised on every path
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        *(u64 *)(r0 + 0) = r10
        """).with(Maps.hash(16)).strict(), """
        7 pointer-leak: a pointer is stored where it can be read as a number
          pointers are stored on the stack only, as a whole
          r0: pointer to a value of hash (16 bytes)
          r10: stack pointer
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = r10
        *(u8 *)(r10 - 8) = 1
        """).strict(), """
        1 pointer-leak: a stored pointer is overwritten in part
          pointers are overwritten as a whole
          r10: stack pointer
        """);
  }

  @Test
  void whatAddressesAre() {
    says(ending("""
        r7 = 8
        r0 = *(u8 *)(r7 + 0)
        """), """
        1 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number 8
        """);
    says(ending("""
        r7 = 0
        r0 = *(u8 *)(r7 + 0)
        """), """
        1 not-null: r7 is null here
          r7 is a pointer
          r7: number 0
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r0 = *(u8 *)(r0 + 0)
        """).with(Maps.hash(16)), """
        6 not-null: r0 may be null
          r0 is compared with null before
          r0: pointer to a value of hash (16 bytes), or null
        """);
    says(ending("""
        r0 = *(u8 *)(r7 + 0)
        """), """
        0 initialised: r7 is used as an address, but not written on every path to here
          r7 is written before
          r7: not initialised on every path
        """);
    says(verify("""
        r7 = code_addr(f) ll
        r0 = *(u8 *)(r7 + 0)
        out:
        r0 = 0
        exit
        f:
        exit
        """), """
        2 pointer: code is accessed as data
          r7 points to data
          r7: address of the function at slot 5
        """);
  }

  @Test
  void whatAtomicOperationsNeed() {
    says(ending("""
        *(u64 *)(r10 - 16) = 1
        *(u64 *)(r10 - 8) = 1
        r2 = 1
        r3 = r10
        lock *(u64 *)(r3 - 12) += r2
        """), """
        4 alignment: an atomic operation on 8 bytes at offset -12 may not be aligned
          the offset is a multiple of 8
          r3: stack pointer
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r5 = 1
        lock *(u64 *)(r2 + 0) += r5
        """), """
        6 pointer: atomic operations on the packet are not permitted
          atomic operations are on the stack, on map values or on allocated memory
          r2: packet pointer; the packet has at least 8 bytes
        """);
    says(ending("""
        r5 = 1
        lock *(u32 *)(r1 + 0) += w5
        """), """
        1 pointer: atomic operations on the context are not permitted
          atomic operations are on the stack, on map values or on allocated memory
          r1: context pointer
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = 1
        r2 = r10
        lock *(u64 *)(r10 - 8) += r2
        """), """
        2 pointer-leak: r2 is a pointer in an atomic operation
          r2 is a number
          r2: stack pointer
          r10: stack pointer
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = 1
        lock *(u64 *)(r10 - 8) += r2
        """), """
        1 initialised: r2 is not written on every path to here
          r2 is a number
          r2: not initialised on every path
          r10: stack pointer
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = 1
        r0 = r10
        r3 = 1
        r0 = cmpxchg_64(r10 - 8, r0, r3)
        """), """
        3 pointer-leak: r0 is a pointer in an atomic operation
          r0 is a number
          r0: stack pointer
          r3: number 1
          r10: stack pointer
        """);
  }

  @Test
  void whatComparisonsNeed() {
    says(ending("""
        if r1 == r7 goto out
        """), """
        0 initialised: r7 is compared, but not written on every path to here
          r7 is written before
          r7: not initialised on every path
        """);
    says(ending("""
        r7 = 5
        if r1 > r7 goto out
        """).strict(), """
        1 comparison: a pointer is compared with something that is not in its region
          both are numbers, or maps, or point into one region, or one is a pointer and the other 0
          r1: context pointer
          r7: number 5
        """);
  }

  @Test
  void whichFunctionsAreCalled() {
    says(ending("""
        call 99999
        """), """
        0 callable: helper 99999 is not known to Linux 6.18
          the function exists on the host
        """);
    says(ending("""
        r2 = 0
        call xdp_adjust_head
        """).as("sched_cls"), """
        1 callable: programs of type sched_cls may not call xdp_adjust_head
          the function is one that this program type may call
        """);
    says(ending("""
        r1 = r10
        r1 += -8
        r2 = 8
        r3 = 0
        call probe_read_kernel
        """).as("kprobe").licensed("Proprietary"), """
        4 callable: probe_read_kernel is only for programs under a GPL-compatible license, and the object's is "Proprietary"
          the object's license section names a GPL-compatible license
        """);
    says(ending("""
        r1 = r10
        r1 += -8
        r2 = 8
        r3 = 0
        call copy_from_user
        """).as("kprobe"), """
        4 callable: copy_from_user may sleep, and this program may not
          the program is sleepable
        """);
  }

  @Test
  void whatArgumentsAre() {
    says(ending("""
        call xdp_adjust_head
        """), """
        0 initialised: argument r2 of xdp_adjust_head is not written on every path to here
          r2 is written before
          r2: not initialised on every path
        """);
    says(ending("""
        r2 = r10
        call xdp_adjust_head
        """).strict(), """
        1 pointer-leak: argument r2 of xdp_adjust_head is a pointer, where a number is expected
          r2 is a number
          r2: stack pointer
        """);
    says(ending("""
        r1 = 0
        r2 = 0
        call map_lookup_elem
        """), """
        2 not-null: argument r1 of map_lookup_elem may be null
          r1 is a map
          r1: number 0
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        """).with(Maps.ringBuffer()), """
        5 argument: map_lookup_elem does not work on ringbuf, a map of type ringbuf
          the map has a type that the function works on
          r1: map ringbuf
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        """).with(MapDefinition.of("odd", 999, 4, 4, 1)), """
        5 argument: map_lookup_elem does not work on odd, whose type is not known
          the map has a type that the function works on
          r1: map odd
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_delete_elem
        """).with(Maps.withFlags(Maps.hash(16), Maps.READ_ONLY_FOR_PROGRAMS)), """
        5 writable: map_delete_elem changes hash, which programs may only read
          the map permits it
          r1: map hash
        """);
  }

  @Test
  void whatSizesAre() {
    says(ending("""
        r1 = *(u64 *)(r1 + 0)
        r2 = r1
        r1 = r10
        r1 += -8
        r3 = 0
        call probe_read_kernel
        """).as("kprobe"), """
        5 stack-bounds: argument r1: bytes, their number in [0, 4294967295], from stack offset -8 may lie outside the frame
          the memory lies within the frame
          r1: stack pointer, offset -8
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = 0
        r1 = r10
        r1 += -8
        r2 = 0
        call trace_printk
        """), """
        4 argument: the size r2 of trace_printk may be zero
          r2 is at least 1
          r2: number 0
        """);
    says(ending("""
        r1 = r10
        r1 += -8
        r2 = r1
        r3 = 0
        call probe_read_kernel
        """).as("kprobe"), """
        4 argument: argument r2 of probe_read_kernel is not a number of bytes
          r2 is a number of bytes
          r2: stack pointer, offset -8
        """);
    says(ending("""
        r1 = 0
        r2 = 4
        r3 = 0
        r4 = 0
        r5 = 0
        call csum_diff
        """), """
        5 not-null: argument r1 of csum_diff is null, and its size r2 may not be 0
          the size of null is 0
          r1: number 0
          r2: number 4
        """);
    says(ending("""
        r1 = r10
        r1 += -8
        r2 = 0
        r3 = -1
        call btf[1]
        """).calling("memset"), """
        4 argument: the size r3 of memset may be negative
          r3 is at least 0
          r3: number -1
        """);
  }

  @Test
  void whatMemoryIsHandedOn() {
    says(ending("""
        r7 = *(u32 *)(r1 + 12)
        r7 &= 15
        r1 = r10
        r1 += -8
        r2 = r7
        r3 = 0
        call probe_read_kernel
        """), """
        6 stack-bounds: argument r1: bytes, their number in [0, 15], from stack offset -8 may lie outside the frame
          the memory lies within the frame
          r1: stack pointer, offset -8
        """);
    says(ending("""
        *(u64 *)(r10 - 8) = 0
        r1 = r10
        r1 += -10
        r2 = 8
        call trace_printk
        """), """
        4 stack-initialised: argument r1: the byte at stack offset -10 is handed to the function, but not written on every path to here
          all 8 bytes were written before
          r1: stack pointer, offset -10
        """);
    says(ending("""
        r2 = 0
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        """).with(Maps.hash(16)), """
        3 not-null: argument r2 is null, where memory is needed
          argument r2 points to the stack, the packet, a map value or other memory of known size
          r2: number 0
        """);
    says(ending("""
        r2 = 5
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        """).with(Maps.hash(16)), """
        3 argument: argument r2 is no pointer to memory that can be handed on
          argument r2 points to the stack, the packet, a map value or other memory of known size
          r2: number 5
        """);
    says(ending("""
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        """).with(Maps.hash(16)), """
        2 initialised: argument r2 is not written on every path to here
          argument r2 points to the stack, the packet, a map value or other memory of known size
          r2: not initialised on every path
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 3
        if r4 > r3 goto out
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        """).with(Maps.hash(16)), """
        7 packet-bounds: argument r2: 4 bytes from packet offset 0 may go beyond data_end
          the end of the memory is compared with data_end before, on every path
          r2: packet pointer; the packet has at least 3 bytes
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 8
        if r4 > r3 goto out
        r1 = r2
        r2 = 8
        call trace_printk
        """), """
        7 writable: argument r1: programs of type xdp may not hand on the packet here
          the memory is not the packet
          r1: packet pointer; the packet has at least 8 bytes
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = r0
        r1 += 9
        r2 = 8
        r3 = 0
        call probe_read_kernel
        """).with(Maps.hash(16)), """
        11 map-value-bounds: argument r1: 8 bytes from offset 9 may lie outside the value of hash (16 bytes)
          the memory lies within the value
          r1: pointer to a value of hash (16 bytes), offset 9
        """);
    says(
        ending("""
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = map_by_idx(0) ll
            call map_lookup_elem
            if r0 == 0 goto out
            r1 = r0
            r1 += 7
            r2 = 1
            r3 = 0
            call probe_read_kernel
            """).as("sched_cls").with(Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4)),
        """
        11 special-field: argument r1 covers the field bpf_spin_lock of values of hash
          only the helpers for bpf_spin_lock touch it
          r1: pointer to a value of hash (16 bytes), offset 7
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = r0
        r2 = 8
        r3 = 0
        call probe_read_kernel
        """).with(Maps.withFlags(Maps.hash(16), Maps.READ_ONLY_FOR_PROGRAMS)), """
        10 writable: argument r1: programs may not hand on values of hash to be written
          the map permits it
          r1: pointer to a value of hash (16 bytes)
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = r0
        r2 = 8
        call trace_printk
        """).with(Maps.withFlags(Maps.hash(16), Maps.WRITE_ONLY_FOR_PROGRAMS)), """
        9 writable: argument r1: programs may not hand on values of hash to be read
          the map permits it
          r1: pointer to a value of hash (16 bytes)
        """);
    says(ending("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r1 = r0
        r2 = 17
        r3 = 0
        call probe_read_kernel
        """).with(Maps.ringBuffer()), """
        9 memory-bounds: argument r1: 17 bytes from offset 0 may lie outside the 16 bytes of reserved memory
          the memory lies within the region
          r1: pointer to reserved memory (16 bytes)
        11 reference: something that was acquired is not given back before the program's end
          everything acquired is released on every path
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        *(u64 *)(r10 - 24) = 0
        *(u64 *)(r10 - 16) = r10
        r2 = r10
        r2 += -4
        r3 = r10
        r3 += -24
        r4 = 0
        r1 = map_by_idx(0) ll
        call map_update_elem
        """).strict().with(Maps.hash(16)), """
        10 pointer-leak: argument r3: a stored pointer is handed to the function as data
          the memory holds numbers only
          r3: stack pointer, offset -24
        """);
  }

  @Test
  void whatIsGivenBack() {
    says(ending("""
        call sk_release
        """).as("sched_cls"), """
        0 argument: argument r1 of sk_release is not a socket
          r1 is a socket
          r1: context pointer
        0 reference: argument r1 of sk_release is given back, but was not acquired
          r1 was acquired and not given back before
          r1: context pointer
        """);
    says(verify("""
        r2 = 7
        r3 = 0
        call sk_assign
        r0 = 1
        exit
        """).as("sk_lookup"), """
        2 argument: argument r2 of sk_assign is not a full socket
          r2 is a full socket
          r2: number 7
        """);
    says(ending("""
        r0 = 0
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        call sk_release
        """).as("sched_cls"), """
        3 reference: argument r1 of sk_release is given back, but was not acquired
          r1 was acquired and not given back before
          r1: pointer to a socket
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r1 = r0
        call timer_cancel
        """).with(Maps.hash(16)).as("sched_cls"), """
        8 argument: argument r1 of timer_cancel is not the bpf_timer of a map value
          r1 is the bpf_timer of a map value
          r1: pointer to a value of hash (16 bytes)
        """);
    says(
        ending("""
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = map_by_idx(0) ll
            call map_lookup_elem
            if r0 == 0 goto out
            r1 = r0
            r1 += 4
            call spin_unlock
            """).as("sched_cls").with(Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4)),
        """
        9 lock: a lock is given back that is not held
          the same lock was taken before
          r1: pointer to a value of hash (16 bytes), offset 4
        """);
  }

  @Test
  void howProgramsAndCallbacksEnd() {
    says(verify("""
        r3 = *(u32 *)(r1 + 0)
        r1 = 1
        r2 = code_addr(f) ll
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        f:
        r0 = 0
        exit
        """), """
        5 argument: this pointer cannot be handed to a callback
          the callback's context is a stack pointer, a map value or null
        """);
    says(verify("""
        r3 = 0
        r1 = 1
        r2 = code_addr(f) ll
        r4 = 0
        call loop
        out:
        r0 = 0
        exit
        f:
        r0 = 2
        exit
        """), """
        5 return-value: the callback function at slot 8 may return something else than it must
          it returns at least 0 and at most 1
          r0: number 2
        """);
    says(ending("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        """).with(Maps.ringBuffer()), """
        6 reference: something that was acquired is not given back before the program's end
          everything acquired is released on every path
        """);
    says(verify("""
        r0 = 2
        exit
        """).as("cgroup_skb/ingress"), """
        1 return-value: the program may return a value that programs of type cgroup_skb/ingress must not return
          r0 is at least 0 and at most 1
          r0: number 2
        """);
    says(verify("""
        r0 = r10
        exit
        """).strict(), """
        1 pointer-leak: the program returns a pointer
          r0 is a number
          r0: stack pointer
        """);
    says(verify("""
        exit
        """), """
        0 initialised: r0 is returned, but not written on every path to here
          r0 is written before
          r0: not initialised on every path
        """);
  }

  @Test
  void whatLegacyPacketLoadsNeed() {
    says(ending("""
        r6 = r1
        call btf[1]
        r0 = *(u8 *)skb[0]
        call btf[2]
        """).as("socket_filter").calling("bpf_rcu_read_lock", "bpf_rcu_read_unlock"), """
        2 lock: a legacy packet load in a critical section
          the lock is given back and the critical section left before
        """);
    says(
        ending("""
            r6 = r1
            *(u32 *)(r10 - 4) = 0
            r2 = r10
            r2 += -4
            r1 = map_by_idx(0) ll
            call map_lookup_elem
            if r0 == 0 goto out
            r7 = r0
            r1 = r7
            r1 += 4
            call spin_lock
            r0 = *(u8 *)skb[0]
            r1 = r7
            r1 += 4
            call spin_unlock
            """).as("sched_cls").with(Maps.withField(Maps.hash(16), "bpf_spin_lock", 4, 4)),
        """
        12 lock: a legacy packet load while a lock is held
          the lock is given back and the critical section left before
        """);
    says(ending("""
        r6 = r1
        r7 = r10
        r0 = *(u8 *)skb[r7 + 0]
        """).as("socket_filter").privileged(), """
        2 argument: r7 is no number, and is used as an index
          r7 is a number
          r7: stack pointer
        """);
    says(ending("""
        r6 = 0
        r0 = *(u8 *)skb[0]
        """).as("socket_filter"), """
        1 argument: r6 is not the context, which legacy packet access needs
          r6 is the context
          r6: number 0
        """);
  }

  @Test
  void whatAddressesAreLoaded() {
    says(ending("""
        r1 = map_by_idx(3) ll
        """), """
        0 pointer: the object has no map with index 3
          the object defines the map
        """);
    says(ending("""
        r1 = map_val(map_by_idx(0)) + 0 ll
        """).with(Maps.array(16)), """
        0 pointer: array has 4 entries, so that none has a fixed address
          the map has one entry
        """);
  }

  @Test
  void whatAPointerIs() {
    says(verify("""
        r1 = r10
        call f
        out:
        r0 = 0
        exit
        f:
        r0 = *(u8 *)(r1 + 0)
        exit
        """), """
        4 stack-bounds: load of 1 byte at stack offset 0 may lie outside the frame
          the offset from r10 is at least -512 and at most -1
          r1: pointer into the stack of a caller
        """);
    says(ending("""
        r6 = *(u64 *)(r1 + 168)
        if r6 == 0 goto out
        r0 = *(u32 *)(r6 + 1000)
        """).as("sched_cls"), """
        2 context-access: load of 4 bytes at offset 1000 of a socket is not permitted
          offset and size are those of a field that programs may read
          r6: pointer to a socket
        """);
    says(ending("""
        r6 = *(u64 *)(r1 + 168)
        r0 = *(u32 *)(r6 + 4)
        """).as("sched_cls"), """
        1 not-null: r6 may be null
          r6 is compared with null before
          r6: pointer to a socket, or null
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        r0 = *(u32 *)(r0 + 4)
        """).with(Maps.ofType("hash_of_maps", 4, 4).withInnerMap(1), Maps.hash(16)), """
        6 pointer: a map is accessed directly
          maps are accessed through helpers
          r0: map found in hash_of_maps, or null
        """);
    says(ending("""
        r6 = *(u64 *)(r1 + 168)
        if r6 == 0 goto out
        r7 = 1
        lock *(u32 *)(r6 + 4) += w7
        """).as("sched_cls"), """
        3 pointer: atomic operations on sockets are not permitted
          atomic operations are on the stack, on map values or on allocated memory
          r6: pointer to a socket
        """);
  }

  @Test
  void whatANumberIs() {
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u64 *)(r0 + 0)
        r0 = *(u8 *)(r7 + 0)
        """).with(Maps.hash(16)), """
        8 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number of any value
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u64 *)(r0 + 0)
        if r7 < 5 goto out
        r0 = *(u8 *)(r7 + 0)
        """).with(Maps.hash(16)), """
        9 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number of unsigned value in [5, 18446744073709551615]
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u64 *)(r0 + 0)
        if r7 s< 5 goto out
        r0 = *(u8 *)(r7 + 0)
        """).with(Maps.hash(16)), """
        9 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number in [5, 2^63-1]
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u64 *)(r0 + 0)
        if r7 s> 5 goto out
        r0 = *(u8 *)(r7 + 0)
        """).with(Maps.hash(16)), """
        9 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number in [-2^63, 5]
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u32 *)(r0 + 0)
        r7 <<= 31
        r0 = *(u8 *)(r7 + 0)
        """).with(Maps.hash(16)), """
        9 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number in [0, 9223372034707292160], a multiple of 2147483648
        """);
    says(ending("""
        *(u32 *)(r10 - 4) = 0
        r2 = r10
        r2 += -4
        r1 = map_by_idx(0) ll
        call map_lookup_elem
        if r0 == 0 goto out
        r7 = *(u32 *)(r0 + 0)
        r7 <<= 32
        r0 = *(u8 *)(r7 + 0)
        """).with(Maps.hash(16)), """
        9 pointer: r7 is a number, and is used as an address
          r7 is a pointer
          r7: number in [-2^63, 9223372032559808512]
        """);
  }

  @Test
  void whatAPacketPointerIs() {
    says(ending("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r3 += -4
        r0 = *(u8 *)(r3 + 0)
        """), """
        3 packet-bounds: load of 1 byte may start before the packet
          the offset from data is not negative
          r3: packet pointer, offset in [-4, 65531] (from data_end on: -4); the packet has at least 0 bytes
        """);
    says(ending("""
        r6 = *(u32 *)(r1 + 12)
        r7 = r10
        if r6 == 0 goto j
        r7 = r1
        j:
        r6 = 0
        r2 = 1
        r0 = *(u8 *)(r7 + 100)
        """).with(Maps.hash(16)), """
        6 stack-bounds: load of 1 byte at stack offset 100 may lie outside the frame
          the offset from r10 is at least -512 and at most -1
          r7: stack pointer
        6 pointer-class: this instruction accesses the context here, and plain memory (stack, map values, packet, allocated memory) on another path, which the host does not do in the same way
          each of them is accessed by an instruction of its own
          r7: context pointer
        6 context-access: load of 1 byte at offset 100 of the context of xdp is not permitted
          offset and size are those of a field that programs may read
          r7: context pointer
        """);
  }

  @Test
  void whatObjectsOfTheKernelNeed() {
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r2 += 8
        *(u64 *)(r2 + 0) = 1
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        2 writable: memory of the kernel is written directly
          kernel objects are only read
          r2: pointer to the kernel's task_struct, offset 8
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 0)
        r2 = *(u64 *)(r2 + 48)
        *(u64 *)(r2 + 0) = 1
        """).in("lsm/file_open").on(Kernel.TYPES), """
        2 writable: memory of the kernel is written directly
          kernel objects are only read
          r2: pointer to the kernel's task_struct, loaded from a field
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r2 = *(u64 *)(r2 + 48)
        *(u64 *)(r2 + 0) = 1
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        2 writable: memory of the kernel is written directly
          kernel objects are only read
          r2: pointer to the kernel's sock, loaded from a field, and not to be relied on
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        *(u64 *)(r2 + 0) = 1
        """).as("fentry"), """
        1 writable: memory of the kernel is written directly
          kernel objects are only read
          r2: kernel pointer or number
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r2 = *(u64 *)(r2 + 32)
        *(u64 *)(r2 + 0) = 1
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        2 writable: memory of the kernel is written directly
          kernel objects are only read
          r2: kernel pointer or number
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r3 = 1
        lock *(u64 *)(r2 + 0) += r3
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        2 pointer: atomic operations on kernel objects are not permitted
          atomic operations are on the stack, on map values or on allocated memory
          r2: pointer to the kernel's task_struct
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r0 = *(u32 *)(r2 + 8)
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        1 memory-bounds: load of 4 bytes at offset 8 has a part of the pointer socket: struct task_struct (64 bytes)
          all 8 bytes of the pointer are loaded
          r2: pointer to the kernel's task_struct
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r0 = *(u64 *)(r2 + 0)
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        1 memory-bounds: load of 8 bytes at offset 0 is not within one member: struct task_struct (64 bytes)
          offset and size are those of a member
          r2: pointer to the kernel's task_struct
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r0 = *(u64 *)(r2 + 64)
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        1 memory-bounds: load of 8 bytes at offset 64 lies outside struct task_struct (64 bytes)
          the access lies within the struct
          r2: pointer to the kernel's task_struct
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r3 = *(u32 *)(r2 + 0)
        r2 += r3
        r0 = *(u64 *)(r2 + 8)
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        3 memory-bounds: load of 8 bytes at an offset in struct task_struct (64 bytes) that is not known
          the offset is a constant
          r2: pointer to the kernel's task_struct, offset in [0, 4294967295]
        """);
    says(ending("""
        r2 = *(u64 *)(r1 + 8)
        r0 = *(u32 *)(r2 + 0)
        """).in("tp_btf/sched_switch").strict().on(Kernel.TYPES), """
        1 pointer-leak: load of 4 bytes in an object of the kernel, which may hold addresses
          the policy is privileged, as for loaders with CAP_PERFMON
          r2: pointer to the kernel's task_struct
        """);
  }

  @Test
  void whatArgumentsOfTargetsAre() {
    says(ending("""
        r0 = *(u64 *)(r1 + 56)
        """).in("fentry/many").on(Kernel.TYPES), """
        0 context-access: load of 8 bytes at offset 56: the arguments of many take 56 bytes
          the offset is that of an argument
          r1: context pointer
        """);
    says(ending("""
        r0 = *(u64 *)(r1 + 64)
        """).in("fexit/many").on(Kernel.TYPES), """
        0 context-access: load of 8 bytes at offset 64: the arguments of many and its result take 64 bytes
          the offset is that of an argument
          r1: context pointer
        """);
    says(ending("""
        r0 = *(u32 *)(r1 + 8)
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        0 context-access: load of 4 bytes of argument 2 (prev) of btf_trace_sched_switch, which is a pointer
          all 8 bytes of the pointer are loaded
          r1: context pointer
        """);
    says(ending("""
        r2 = var_addr(1) ll
        r0 = *(u64 *)(r2 + 0)
        """).in("tp_btf/sched_switch").calling("current_task").on(Kernel.TYPES), """
        2 pointer: the per-CPU variable current_task is accessed directly
          bpf_per_cpu_ptr or bpf_this_cpu_ptr gives the address for a CPU
          r2: address of the per-CPU variable current_task
        """);
  }

  @Test
  void whatFunctionsTake() {
    says(
        ending("""
            r6 = *(u64 *)(r1 + 0)
            r1 = map_by_idx(0) ll
            r2 = r6
            r3 = 0
            r4 = 0
            call task_storage_get
            """)
            .in("fentry/tcp_close")
            .with(Maps.ofType("task_storage", 4, 8))
            .on(Kernel.TYPES),
        """
        6 argument: argument r2 of task_storage_get is not a pointer to the kernel's task_struct
          r2 is a pointer to the kernel's task_struct
          r2: pointer to the kernel's sock
        """);
    says(ending("""
        r1 = *(u64 *)(r1 + 8)
        r1 = *(u64 *)(r1 + 48)
        call skc_to_tcp_sock
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        2 argument: argument r1 of skc_to_tcp_sock was loaded from where nothing keeps its object
          r1 is an argument of the program, or what a function gave
          r1: pointer to the kernel's sock, loaded from a field, and not to be relied on
        """);
    says(ending("""
        r1 = *(u64 *)(r1 + 16)
        call btf[1]
        """).in("fentry/many").calling("bpf_task_acquire").on(Kernel.TYPES), """
        1 argument: argument r1 of bpf_task_acquire is not one for which the kernel vouches
          r1 is an argument of the program, or what a function gave
          r1: pointer to the kernel's task_struct
        3 reference: something that was acquired is not given back before the program's end
          everything acquired is released on every path
        """);
    says(ending("""
        r1 = 7
        r2 = 0
        call per_cpu_ptr
        """).in("tp_btf/sched_switch").on(Kernel.TYPES), """
        2 argument: argument r1 of per_cpu_ptr is not the address of a per-CPU variable of the kernel
          r1 is the address of a per-CPU variable of the kernel
          r1: number 7
        """);
    says(ending("""
        r1 = 1
        r2 = 5
        r3 = 0
        r4 = 0
        call loop
        """), """
        4 argument: argument r2 of loop is not the address of a function of this program
          r2 is the address of a function of this program
          r2: number 5
        """);
    says(ending("""
        r1 = 7
        r2 = 0
        call xdp_adjust_head
        """), """
        2 argument: argument r1 of xdp_adjust_head is not the context as it was given
          r1 is the context as it was given
          r1: number 7
        """);
    says(ending("""
        r1 = 7
        r2 = 0
        call ringbuf_submit
        """), """
        2 argument: argument r1 of ringbuf_submit is not the start of memory that was reserved and not yet given back
          r1 is the start of memory that was reserved and not yet given back
          r1: number 7
        """);
    says(ending("""
        r1 = r10
        r1 += -8
        *(u64 *)(r10 - 8) = 0
        r2 = 8
        r3 = r1
        call strncmp
        """), """
        5 argument: argument r3 of strncmp is not a string in read-only data, ended by 0
          r3 is a string in read-only data, ended by 0
          r3: stack pointer, offset -8
        """);
    says(ending("""
        r2 = *(u32 *)(r1 + 12)
        r1 = map_by_idx(0) ll
        r3 = 0
        call ringbuf_reserve
        """).with(Maps.ringBuffer()), """
        4 argument: argument r2 of ringbuf_reserve is not a number that is known
          r2 is a number that is known
          r2: number in [0, 4294967295]
        6 reference: something that was acquired is not given back before the program's end
          everything acquired is released on every path
        """);
  }
}
