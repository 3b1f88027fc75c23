; found MEMBERSHIP: bpf_xdp_store_bytes moved the packet in the interpreter, where Linux and the verifier leave it
; kind xdp
; input seed=1 size=64 placement=SPREAD
0: r7 = *(u32 *)(r1 + 0)
1: *(u64 *)(r10 - 8) = 1
2: r2 = 0
3: r3 = r10
4: r3 += -8
5: r4 = 8
6: call 190
7: r0 = 0
8: exit
