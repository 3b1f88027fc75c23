// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// What a branch found out is used behind another branch.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

INLINE void count(__u32 which)
{
	__u64 *counter = bpf_map_lookup_elem(&counters, &which);
	if (counter)
		__sync_fetch_and_add(counter, 1);
}

SEC("xdp") // twin: not-null
int one_of_two(struct xdp_md *context)
{
	__u32 key = context->ingress_ifindex, other = context->rx_queue_index;
	__u64 *first = bpf_map_lookup_elem(&numbers, &key);
	__u64 *second = bpf_map_lookup_elem(&numbers, &other);

	if (!first && !second)
		return XDP_PASS;
	count(1);
	if (first)
		return *first ? XDP_DROP : XDP_PASS;
	return *second ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
