// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Spilled registers, slots that are overwritten in part, and arrays on the stack.
#include "patterns.h"

struct flow {
	__be32 source, destination;
	__be16 ports[2];
	__u8 protocol;
	__u8 padding[3];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct flow);
	__type(value, __u64);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, char[16]);
	__type(value, __u64);
} names SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

SEC("xdp") // twin: stack-initialised
int key_field_by_field(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);
	__be16 *ports = (void *)(ip + 1);
	struct flow flow;

	if ((void *)(ports + 2) > end)
		return XDP_PASS;
	flow.source = ip->saddr;
	flow.destination = ip->daddr;
	flow.ports[0] = ports[0];
	flow.ports[1] = ports[1];
	flow.protocol = ip->protocol;
	flow.padding[0] = flow.padding[1] = 0;
	__u64 *packets = bpf_map_lookup_elem(&flows, &flow);
	if (packets)
		*packets += 1;
	return XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int key_cleared_and_overwritten(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);
	struct flow flow;

	__builtin_memset(&flow, 0, sizeof(flow) - 1);
	if ((void *)(ip + 1) > end)
		return XDP_PASS;
	flow.source = ip->saddr;
	flow.destination = ip->daddr;
	if (ip->ihl == 5 && (void *)(ip + 1) + 4 <= end)
		__builtin_memcpy(flow.ports, ip + 1, 4);
	flow.protocol = ip->protocol;
	return bpf_map_lookup_elem(&flows, &flow) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int key_written_on_both_paths(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);
	struct flow flow;
	__u64 *words = (void *)&flow;

	words[1] = 0;
	if ((void *)(ip + 1) > end)
		return XDP_PASS;
	if (ip->saddr < ip->daddr) {
		flow.source = ip->saddr;
		flow.destination = ip->daddr;
	} else {
		flow.source = ip->daddr;
		flow.protocol = ip->protocol;
	}
	return bpf_map_lookup_elem(&flows, &flow) ? XDP_DROP : XDP_PASS;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: stack-initialised
int name_of_process(void *context)
{
	char name[16];
	__u64 *calls;

	bpf_get_current_comm(name, 15);
	calls = bpf_map_lookup_elem(&names, name);
	if (calls)
		__sync_fetch_and_add(calls, 1);
	return 0;
}

SEC("xdp") // twin: stack-initialised
int loop_that_fills(struct xdp_md *context)
{
	char name[16];

#pragma clang loop unroll(disable)
	for (int i = 0; i < 15; i++)
		name[i] = context->rx_queue_index + i;
	return bpf_map_lookup_elem(&names, name) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int loop_that_fills_words(struct xdp_md *context)
{
	__u64 words[8], sum = 0;

#pragma clang loop unroll(disable)
	for (int i = 0; i < 7; i++)
		words[i] = bpf_get_prandom_u32();
#pragma clang loop unroll(disable)
	for (int i = 0; i < 8; i++)
		sum += words[i] * i;
	return sum & 1 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int loop_over_cleared_array(struct xdp_md *context)
{
	__u32 counts[16];

	__builtin_memset(counts, 0, sizeof(counts) - 4);
#pragma clang loop unroll(disable)
	for (int i = 0; i < 32; i++)
		counts[bpf_get_prandom_u32() & 15]++;
	return counts[context->rx_queue_index & 15] > 4 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-bounds
int masked_index_into_stack(struct xdp_md *context)
{
	__u8 table[32] = {1, 2, 3};

	table[context->ingress_ifindex & 63] = 1;
	return table[context->rx_queue_index & 31] ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-bounds
int index_is_tested(struct xdp_md *context)
{
	__u32 table[8] = {};
	__u32 index = context->rx_queue_index;

	if (index > 8)
		return XDP_DROP;
	opaque(index);
	table[index] = context->ingress_ifindex;
	return bpf_map_lookup_elem(&numbers, &table[index]) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int pointer_is_spilled(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *volatile spilled = data;
	__u8 *volatile limit = end;

	bpf_get_prandom_u32();
	if (spilled + 19 > limit)
		return XDP_DROP;
	return spilled[19] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: pointer
int spilled_pointer_is_overwritten(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	void *volatile slots[2] = {data, data};

	if (data + 4 > end)
		return XDP_DROP;
	*(volatile __u16 *)&slots[0] = 5;
	return *(__u32 *)slots[0] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int number_is_spilled(struct xdp_md *context)
{
	__u32 zero = 0;
	volatile __u64 index = context->rx_queue_index & 15;
	__u32 *halves = bpf_map_lookup_elem(&numbers, &zero);

	if (!halves)
		return XDP_DROP;
	return halves[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int number_is_spilled_in_32_bits(struct xdp_md *context)
{
	__u32 zero = 0;
	volatile __u32 index = context->rx_queue_index & 7;
	__u8 *bytes = bpf_map_lookup_elem(&numbers, &zero);

	if (!bytes)
		return XDP_DROP;
	return bytes[index + 1] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int part_of_a_spilled_number(struct xdp_md *context)
{
	__u32 zero = 0;
	volatile __u64 index = context->rx_queue_index;
	__u8 *bytes = bpf_map_lookup_elem(&numbers, &zero);

	if (!bytes)
		return XDP_DROP;
	*(volatile __u8 *)&index &= 15;
	return bytes[*(volatile __u8 *)&index] ? XDP_PASS : XDP_DROP;
}

struct pair {
	void *start, *end;
};

NOINLINE int first_byte(struct pair *pair)
{
	if (pair->start > pair->end)
		return 0;
	return *(__u8 *)pair->start;
}

SEC("xdp") // twin: packet-bounds
int pointers_in_a_struct(struct xdp_md *context)
{
	struct pair pair = {start_of(context), end_of(context)};

	return first_byte(&pair) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: stack-initialised
int struct_is_copied(struct xdp_md *context)
{
	struct flow flow = {.protocol = 6}, copy;

	flow.source = context->rx_queue_index;
	opaque(flow.source);
	__builtin_memcpy(&copy, &flow, sizeof(copy) - 4);
	copy.destination = 7;
	return bpf_map_lookup_elem(&flows, &copy) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-bounds
int loop_from_the_back(struct xdp_md *context)
{
	__u8 digits[10] = {};
	__u32 number = bpf_get_prandom_u32();
	int position = 17;

#pragma clang loop unroll(disable)
	while (number && position > 0) {
		digits[--position] = '0' + number % 10;
		number /= 10;
	}
	return digits[9] == '7' ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int bytes_read_as_a_word(struct xdp_md *context)
{
	__u32 zero = 0;
	volatile __u8 parts[4] = {};
	__u8 *bytes = bpf_map_lookup_elem(&numbers, &zero);

	if (!bytes)
		return XDP_DROP;
	parts[0] = context->rx_queue_index & 15;
	return bytes[*(volatile __u32 *)parts] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
