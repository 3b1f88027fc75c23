// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Offsets that come from the packet, and headers of variable length.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[256]);
} table SEC(".maps");

SEC("xdp") // twin: map-value-bounds
int remainder_as_index(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);

	if (!values || data + 4 > end)
		return XDP_DROP;
	return values[*(__u32 *)data % 251] ? XDP_PASS : XDP_DROP;
}

#define EXTENSIONS 8

char LICENSE[] SEC("license") = "GPL";
