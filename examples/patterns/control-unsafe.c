// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Switches, tail calls, loops and functions that are called.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u32);
} programs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u8[64]);
} values SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} totals SEC(".maps");

SEC("xdp") // twin: packet-bounds
int switch_over_protocols(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);
	__u32 bytes;

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	switch (ip->protocol) {
	case IPPROTO_TCP:
		bytes = 20;
		break;
	case IPPROTO_UDP:
	case IPPROTO_ICMP:
		bytes = 8;
		break;
	case IPPROTO_SCTP:
		bytes = 12;
		break;
	case IPPROTO_GRE:
		bytes = 3;
		break;
	default:
		return XDP_PASS;
	}
	if ((void *)(ip + 1) + bytes > end)
		return XDP_DROP;
	return *(__u32 *)(ip + 1) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int switch_as_table(struct xdp_md *context)
{
	__u32 zero = 0, index;
	__u8 *value = bpf_map_lookup_elem(&values, &zero);

	if (!value)
		return XDP_DROP;
	switch (context->rx_queue_index) {
	case 0:
		index = 5;
		break;
	case 1:
		index = 9;
		break;
	case 2:
		index = 64;
		break;
	case 3:
		index = 17;
		break;
	case 4:
		index = 33;
		break;
	case 5:
		index = 2;
		break;
	default:
		index = 11;
	}
	return value[index] ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: map-value-bounds
int switch_in_a_loop(struct __sk_buff *context)
{
	__u32 zero = 0, position = 0, state = 0;
	__u8 *value = bpf_map_lookup_elem(&values, &zero);

	if (!value)
		return TC_ACT_OK;
#pragma clang loop unroll(disable)
	for (int i = 0; i < 33; i++) {
		__u8 byte = value[position];
		switch (state) {
		case 0:
			state = byte == '/' ? 1 : 0;
			break;
		case 1:
			state = byte == '.' ? 2 : 0;
			break;
		case 2:
			state = byte == '.' ? 3 : 0;
			break;
		case 3:
			return TC_ACT_SHOT;
		}
		position += 2;
	}
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int tail_call_and_fallback(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 13 > end)
		return XDP_DROP;
	bpf_tail_call(context, &programs, ((__u8 *)data)[13] & 7);
	data = start_of(context);
	end = end_of(context);
	if (data + 14 > end)
		return XDP_DROP;
	return ((__u8 *)data)[12] ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: reference
int tail_call_in_branches(struct __sk_buff *context)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *socket = bpf_sk_lookup_udp(context, &tuple, sizeof(tuple.ipv4), -1, 0);

	if (socket)
		context->mark = 1;
	switch (context->protocol) {
	case bpf_htons(ETH_P_IP):
		bpf_tail_call(context, &programs, 1);
		break;
	case bpf_htons(ETH_P_IPV6):
		bpf_tail_call(context, &programs, 2);
		break;
	}
	return TC_ACT_SHOT;
}

struct search {
	__u32 wanted, found;
	__u8 *value;
};

static long visit(__u32 index, struct search *search)
{
	if (index > 64)
		return 1;
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&values, &zero);
	if (!value)
		return 1;
	if (value[index] == search->wanted) {
		search->found = index;
		return 1;
	}
	return 0;
}

SEC("tc") // twin: map-value-bounds
int loop_by_helper(struct __sk_buff *context)
{
	struct search search = {.wanted = context->mark & 255};

	bpf_loop(context->len, visit, &search, 0);
	return search.found ? TC_ACT_SHOT : TC_ACT_OK;
}

static long add(__u32 index, __u64 *sum)
{
	*sum += index;
	return 0;
}

SEC("tc") // twin: map-value-bounds
int result_of_loop(struct __sk_buff *context)
{
	__u64 sum = 0;
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&values, &zero);
	long rounds = bpf_loop(10, add, &sum, 0);

	if (!value || rounds < 0 || rounds >= 64)
		return TC_ACT_OK;
	return value[rounds] + value[sum & 127] ? TC_ACT_OK : TC_ACT_SHOT;
}

struct walk {
	struct xdp_md *context;
	__u32 offset;
	__u32 next;
};

static long step(__u32 index, struct walk *walk)
{
	void *data = start_of(walk->context);
	void *end = end_of(walk->context);

	if (walk->offset > 1500)
		return 1;
	__u8 *byte = data + walk->offset;
	if ((void *)(byte + 1) > end)
		return 1;
	walk->next = byte[0];
	walk->offset += byte[1] * 8 + 8;
	return walk->next == 59;
}

SEC("xdp") // twin: packet-bounds
int headers_by_helper(struct xdp_md *context)
{
	struct walk walk = {.context = context, .offset = 54};

	bpf_loop(64, step, &walk, 0);
	return walk.next == IPPROTO_TCP ? XDP_PASS : XDP_DROP;
}

static long sum_up(void *map, __u32 *key, __u64 *value, __u64 *sum)
{
	*sum += value[1];
	return *sum > 1000;
}

SEC("xdp") // twin: map-value-bounds
int each_element(struct xdp_md *context)
{
	__u64 sum = 0;

	bpf_for_each_map_elem(&totals, sum_up, &sum, 0);
	return sum ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
