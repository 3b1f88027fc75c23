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

struct request {
	__u32 source, destination;
	__u16 port;
	__u8 protocol, flags;
};

GLOBAL int sum_of(int one, int other)
{
	opaque(one);
	return one + other;
}

SEC("xdp") // twin: map-value-bounds
int global_function_of_numbers(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);

	if (!value)
		return XDP_DROP;
	__u32 index = sum_of(context->rx_queue_index, 5);
	if (index > 64)
		return XDP_DROP;
	return value[index] ? XDP_PASS : XDP_DROP;
}

GLOBAL int port_of(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct udphdr *udp = data + 34;

	if ((void *)udp > end)
		return -1;
	return bpf_ntohs(udp->dest);
}

SEC("xdp") // twin: packet-bounds
int global_function_of_context(struct xdp_md *context)
{
	int port = port_of(context);

	if (port < 0)
		return XDP_ABORTED;
	return port == 53 ? XDP_DROP : XDP_PASS;
}

GLOBAL int fill(struct request *request)
{
	if (!request)
		return -1;
	request->flags = 1;
	request->port = bpf_get_prandom_u32();
	return 0;
}

SEC("xdp") // twin: map-value-bounds
int global_function_of_pointer(struct xdp_md *context)
{
	struct request request = {};
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);

	if (!value || fill(&request))
		return XDP_DROP;
	return value[request.port & 65] ? XDP_PASS : XDP_DROP;
}

NOINLINE int parse(void *data, void *end, struct request *request)
{
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end + 1)
		return -1;
	request->source = ip->saddr;
	request->destination = ip->daddr;
	request->protocol = ip->protocol;
	return ip->ihl * 4;
}

SEC("xdp") // twin: packet-bounds
int packet_as_arguments(struct xdp_md *context)
{
	struct request request = {};
	void *data = start_of(context);
	void *end = end_of(context);
	int length = parse(data, end, &request);

	if (length < 0)
		return XDP_DROP;
	struct udphdr *udp = data + sizeof(struct ethhdr) + length;
	if ((void *)(udp + 1) > end)
		return XDP_DROP;
	request.port = udp->dest;
	return bpf_map_lookup_elem(&numbers, &request.source) && request.port ? XDP_DROP : XDP_PASS;
}

NOINLINE __u64 *number_of(__u32 key)
{
	return bpf_map_lookup_elem(&numbers, &key);
}

SEC("xdp") // twin: not-null
int pointer_as_result(struct xdp_md *context)
{
	__u64 *number = number_of(context->ingress_ifindex);

	if (context->ingress_ifindex == 0)
		return XDP_PASS;
	*number += 1;
	return XDP_DROP;
}

NOINLINE int third(__u8 *value, __u32 index)
{
	return value[index];
}

NOINLINE int second(__u8 *value, __u32 index)
{
	return third(value, index) + third(value, index + 1);
}

NOINLINE int first(__u8 *value, __u32 index)
{
	return second(value, index) + second(value + 2, index);
}

SEC("xdp") // twin: map-value-bounds
int calls_in_a_row(struct xdp_md *context)
{
	__u32 zero = 0, index = context->rx_queue_index;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);

	if (!value || index > 61)
		return XDP_DROP;
	return first(value, index) ? XDP_PASS : XDP_DROP;
}

NOINLINE int clear(void *memory, __u32 size)
{
	for (__u32 i = 0; i < size; i++)
		((volatile __u8 *)memory)[i] = 0;
	return 0;
}

SEC("xdp") // twin: map-value-bounds
int size_as_argument(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);
	__u8 local[24];

	if (!value)
		return XDP_DROP;
	clear(value, 65);
	clear(local, sizeof(local));
	return XDP_PASS;
}

NOINLINE int validate(struct xdp_md *context, void **start, void **end)
{
	*start = start_of(context);
	*end = end_of(context);
	if (*start + 33 > *end)
		return 0;
	return 1;
}

SEC("xdp") // twin: packet-bounds
int pointers_through_arguments(struct xdp_md *context)
{
	void *data, *end;

	if (!validate(context, &data, &end))
		return XDP_DROP;
	return ((struct iphdr *)(data + 14))->daddr ? XDP_PASS : XDP_DROP;
}

NOINLINE void increment(__u64 *number, __u32 by)
{
	if (by)
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
	if (offset > 1500 || data + offset > end)
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
	if (!value || sum > 64)
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
	if (!value || sum > 64)
		return XDP_DROP;
	return value[sum] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
