; found FAULT: the referee took a run that it stopped itself for one that exceeds its bound, where none is proved
; kind socket_filter
; maps generated
; input seed=659818088187596142 size=20 placement=SPREAD
 0: call 7
 1: r9 = r0
 2: if r9 s<= 3 goto 5
 3: r9 += -3
 4: goto 2
 5: *(u64 *)(r10 - 16) = r9
 6: r3 = *(u64 *)(r10 - 16)
 7: r1 = map_by_idx(0) ll
 9: r2 = code_addr(14) ll
11: r4 = 0
12: call 164
13: exit
14: r0 = 0
15: exit
