; found MEMBERSHIP: the referee took a pointer far outside of its value for one into the value that happened to lie there
; kind xdp
; maps generated
; input seed=-1203072546349349572 size=10 placement=SPREAD
 0: call 14
 1: r9 = r0
 2: w4 = w9
 3: r4 &= 15
 4: r4 <<= 55
 5: r4 s>>= 41
 6: r0 = map_val(map_by_idx(1)) + 0 ll
 8: r0 += r4
 9: exit
