// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Spilled registers, slots that are overwritten in part, and arrays on the stack.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

SEC("xdp") // twin: map-value-bounds
int bytes_read_as_a_word(struct xdp_md *context)
{
	__u32 zero = 0;
	volatile __u8 parts[4] = {};
	__u8 *bytes = bpf_map_lookup_elem(&numbers, &zero);

	if (!bytes)
		return XDP_DROP;
	parts[0] = context->rx_queue_index & 7;
	return bytes[*(volatile __u32 *)parts] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
