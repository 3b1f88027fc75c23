// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Global functions, and static ones that the compiler may not inline.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[64]);
} bytes SEC(".maps");

NOINLINE void increment(__u64 *number, __u32 by)
{
	if (number)
		*number += by;
}

SEC("xdp") // twin: not-null
int null_as_argument(struct xdp_md *context)
{
	__u32 key = 1;

	increment(bpf_map_lookup_elem(&numbers, &key), 2);
	key = 2;
	increment(bpf_map_lookup_elem(&numbers, &key), context->rx_queue_index);
	return XDP_PASS;
}

NOINLINE int byte_at(void *data, void *end, __u32 offset)
{
	if (offset > 1500 || data + offset + 1 > end)
		return -1;
	return *(__u8 *)(data + offset);
}

SEC("xdp") // twin: packet-bounds
int called_many_times(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	int sum = 0;

	for (int i = 0; i < 10; i++) {
		int byte = byte_at(data, end, i * 7 + context->rx_queue_index);
		if (byte < 0)
			break;
		sum += byte;
	}
	return sum > 100 ? XDP_PASS : XDP_DROP;
}

NOINLINE int branch(__u32 by)
{
	if (by > 7)
		bpf_ktime_get_ns();
	return by + 1;
}

SEC("xdp") // twin: map-value-bounds
int branch_twice(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);
	__u32 sum = branch(context->rx_queue_index);

	sum += branch(context->ingress_ifindex);
	if (!value || sum > 63)
		return XDP_DROP;
	return value[sum] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int branch_thrice(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);
	__u32 sum = branch(context->rx_queue_index);

	sum += branch(context->ingress_ifindex);
	sum += branch(7);
	if (!value || sum > 63)
		return XDP_DROP;
	return value[sum] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
