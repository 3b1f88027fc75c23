// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Loops that the compiler leaves as loops.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32[64]);
} tables SEC(".maps");

SEC("tc") // twin: map-value-bounds, termination
int pointer_instead_of_index(struct __sk_buff *context)
{
	__u32 zero = 0, sum = 0;
	__u32 *value = bpf_map_lookup_elem(&tables, &zero);

	if (!value)
		return TC_ACT_OK;
	__u32 *last = value + 64;
	ROLLED
	while (value < last)
		sum += *value++;
	return sum ? TC_ACT_OK : TC_ACT_SHOT;
}

char LICENSE[] SEC("license") = "GPL";
