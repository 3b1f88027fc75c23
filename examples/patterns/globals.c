// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Global variables, settings and tables in them, structs by value, data that goes from program to program.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")

struct rule {
	__u16 from, to;
	__u8 protocol, action;
};

struct counters {
	__u64 packets, bytes;
};

const volatile struct rule rules[8] = {{22, 22, IPPROTO_TCP, XDP_DROP}, {1000, 2000, IPPROTO_UDP, XDP_PASS}};
const volatile __u32 used_rules = 2;
const volatile __u8 sizes[16] = {8, 8, 4, 4, 20};
const volatile bool verbose = false;
volatile __u32 next_free = 1;
struct counters by_protocol[256];
struct counters by_queue[64];
__u64 sequence;
__u32 recent[32];
int ready = 1;

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u32);
} programs SEC(".maps");

struct parsed {
	__u32 offset;
	__u16 port;
	__u8 protocol, valid;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct parsed);
} handover SEC(".maps");

INLINE struct parsed *parsed(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&handover, &zero);
}

SEC("xdp") // twin: map-value-bounds
int counted_by_protocol(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;

	if (!ready || (void *)(ip + 1) > end_of(context))
		return XDP_PASS;
	struct counters *counters = &by_protocol[ip->protocol];
	__sync_fetch_and_add(&counters->packets, 1);
	__sync_fetch_and_add(&counters->bytes, end_of(context) - data);
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int counted_by_clamped_queue(struct xdp_md *context)
{
	__u32 queue = context->rx_queue_index;

	if (queue > 63)
		queue = 63;
	by_queue[queue].packets++;
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int ring_in_a_global(struct xdp_md *context)
{
	__u64 number = __sync_fetch_and_add(&sequence, 1);

	recent[number % 32] = context->rx_queue_index;
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int first_matching_rule(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	struct udphdr *udp = (void *)(ip + 1);

	if ((void *)(udp + 1) > end_of(context))
		return XDP_PASS;
	__u16 port = bpf_ntohs(udp->dest);
	ROLLED
	for (__u32 i = 0; i < 8; i++) {
		if (i >= used_rules)
			break;
		if (rules[i].protocol == ip->protocol && port >= rules[i].from && port <= rules[i].to)
			return rules[i].action;
	}
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int size_from_a_table(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + ETH_HLEN;

	if ((void *)(ip + 1) > end)
		return XDP_PASS;
	__u32 size = sizes[ip->protocol & 15];
	void *next = ip + 1;
	if (next + size + 1 > end)
		return XDP_PASS;
	return ((__u8 *)next)[size] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int slot_is_taken(struct xdp_md *context)
{
	__u32 slot = next_free;

	if (slot >= 32)
		return XDP_DROP;
	recent[slot] = context->rx_queue_index;
	next_free = slot + 1;
	return XDP_PASS;
}

/* Clang returns no structs and takes none by value, but for functions that it inlines. */
INLINE struct parsed parse(void *data, void *end)
{
	struct parsed result = {};
	struct iphdr *ip = data + ETH_HLEN;
	__be16 *ports = (void *)(ip + 1);

	if ((void *)(ports + 2) > end)
		return result;
	result.offset = (void *)ports - data;
	result.port = bpf_ntohs(ports[1]);
	result.protocol = ip->protocol;
	result.valid = 1;
	return result;
}

SEC("xdp") // twin: packet-bounds
int struct_as_result(struct xdp_md *context)
{
	struct parsed result = parse(start_of(context), end_of(context));

	if (!result.valid || result.protocol != IPPROTO_UDP)
		return XDP_PASS;
	return result.port == 53 ? XDP_DROP : XDP_PASS;
}

struct range {
	__u32 from, to;
};

INLINE __u32 limited(struct range range, __u32 number)
{
	if (number < range.from)
		return range.from;
	return number > range.to ? range.to : number;
}

SEC("xdp") // twin: map-value-bounds
int struct_as_argument(struct xdp_md *context)
{
	struct range range = {.from = 3, .to = 31};

	recent[limited(range, context->rx_queue_index)]++;
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int handed_to_the_next(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	struct parsed *to = parsed();

	if (!to || (void *)(ip + 1) > end_of(context))
		return XDP_PASS;
	to->offset = ETH_HLEN + ip->ihl * 4;
	to->protocol = ip->protocol;
	to->valid = 1;
	bpf_tail_call(context, &programs, 1);
	to->valid = 0;
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int taken_from_the_last(struct xdp_md *context)
{
	void *data = start_of(context);
	struct parsed *from = parsed();

	if (!from || !from->valid || from->offset > 1500)
		return XDP_PASS;
	struct udphdr *udp = data + from->offset;
	if ((void *)(udp + 1) > end_of(context))
		return XDP_PASS;
	return udp->dest == bpf_htons(53) ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: context-access
int handed_on_in_the_context(struct __sk_buff *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;

	if ((void *)(ip + 1) > end_of(context))
		return TC_ACT_OK;
	context->cb[0] = ip->protocol;
	context->cb[4] = ETH_HLEN + ip->ihl * 4;
	bpf_tail_call(context, &programs, ip->protocol == IPPROTO_TCP ? 2 : 3);
	return TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int taken_from_the_context(struct __sk_buff *context)
{
	void *data = start_of(context);
	__u32 offset = context->cb[4];

	if (offset > 255)
		return TC_ACT_SHOT;
	struct tcphdr *tcp = data + offset;
	if ((void *)(tcp + 1) > end_of(context))
		return TC_ACT_SHOT;
	return tcp->syn && tcp->fin ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int taken_from_before_the_packet(struct xdp_md *context)
{
	void *data = start_of(context), *end = end_of(context);
	struct parsed *from = (void *)(long)context->data_meta;

	if ((void *)(from + 1) > data)
		return XDP_PASS;
	__u32 offset = from->offset & 0xff;
	if (data + offset + 8 > end)
		return XDP_PASS;
	return *(__u64 *)(data + offset) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int count_is_kept_within(struct xdp_md *context)
{
	struct parsed *from = parsed();

	if (!from || verbose)
		return XDP_PASS;
	if (from->offset >= 32)
		from->offset = 0;
	recent[from->offset++]++;
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
