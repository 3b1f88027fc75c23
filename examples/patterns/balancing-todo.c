// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Load balancers, limiters and counters: hashes, rings, buckets, and indexes made from them.
#include "patterns.h"

#define PLACES 251

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

char LICENSE[] SEC("license") = "GPL";
