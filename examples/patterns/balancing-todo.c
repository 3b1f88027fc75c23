// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Load balancers, limiters and counters: hashes, rings, buckets, and indexes made from them.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")
#define RING 65537
#define PLACES 251
#define RECENT 32

struct flow {
	__be32 source, destination;
	union {
		__u32 ports;
		__be16 port[2];
	};
	__u8 protocol, padding[3];
};

struct service {
	__u32 places[PLACES];
	__u32 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __be32);
	__type(value, struct service);
} services SEC(".maps");

INLINE __u32 rotated(__u32 word, int by)
{
	return word << by | word >> (32 - by);
}

INLINE __u32 mixed(__u32 a, __u32 b, __u32 c)
{
	c ^= b;
	c -= rotated(b, 14);
	a ^= c;
	a -= rotated(c, 11);
	b ^= a;
	b -= rotated(a, 25);
	c ^= b;
	c -= rotated(b, 16);
	return c;
}

INLINE int flow_of(struct xdp_md *context, struct flow *flow)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	__u32 *ports = (void *)(ip + 1);

	if ((void *)(ports + 1) > end_of(context))
		return -1;
	flow->source = ip->saddr;
	flow->destination = ip->daddr;
	flow->ports = *ports;
	flow->protocol = ip->protocol;
	return 0;
}

/* For -mcpu=v2: hash - hash / 251 * 251, where the hash was extended by two shifts. */
SEC("xdp") // twin: map-value-bounds
int place_by_remainder(struct xdp_md *context)
{
	struct flow flow = {};

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *service = bpf_map_lookup_elem(&services, &flow.destination);
	if (!service)
		return XDP_PASS;
	__u32 place = mixed(flow.source, flow.ports, flow.protocol) % PLACES;
	return service->places[place] ? XDP_TX : XDP_PASS;
}

/* Clang 14 makes ports - ports / count * count of the remainder. */
SEC("xdp") // twin: map-value-bounds
int place_by_variable_count(struct xdp_md *context)
{
	struct flow flow = {};

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *service = bpf_map_lookup_elem(&services, &flow.destination);
	if (!service)
		return XDP_PASS;
	__u32 count = service->count;
	if (count == 0 || count > PLACES)
		return XDP_DROP;
	return service->places[flow.ports % count] ? XDP_TX : XDP_PASS;
}

/* For -mcpu=v2: the same as place_by_remainder. */
SEC("xdp") // twin: map-value-bounds
int filter_of_bits(struct xdp_md *context)
{
	struct flow flow = {};
	__u32 zero = 0, hits = 0;

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *filter = bpf_map_lookup_elem(&services, &zero);
	if (!filter)
		return XDP_PASS;
	for (int i = 0; i < 3; i++) {
		__u32 bit = mixed(flow.source, flow.destination, i) % (PLACES * 32);
		if (filter->places[bit / 32] & 1u << bit % 32)
			hits++;
	}
	return hits == 3 ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
