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

struct server {
	__be32 address;
	__u32 weight;
	__u64 packets, bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16 * RING);
	__type(key, __u32);
	__type(value, __u32);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 512);
	__type(key, __u32);
	__type(value, struct server);
} servers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow);
	__type(value, __u32);
} flows SEC(".maps");

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

struct bucket {
	__u64 tokens, last;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __be32);
	__type(value, struct bucket);
} buckets SEC(".maps");

struct history {
	struct bpf_spin_lock lock;
	__u32 next;
	__u64 times[RECENT];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct history);
} histories SEC(".maps");

struct tally {
	__u64 packets, bytes, sizes[12];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, struct tally);
} tallies SEC(".maps");

struct prefix {
	__u32 length;
	__u8 address[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, __u32);
} prefixes SEC(".maps");

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

SEC("xdp") // twin: not-null
int sticky_flow(struct xdp_md *context)
{
	struct flow flow = {};
	__u32 chosen;

	if (flow_of(context, &flow))
		return XDP_PASS;
	__u32 *known = bpf_map_lookup_elem(&flows, &flow);
	if (known) {
		chosen = *known;
	} else {
		chosen = mixed(flow.source, flow.destination, flow.ports) % 512;
		bpf_map_update_elem(&flows, &flow, &chosen, BPF_ANY);
	}
	struct server *server = bpf_map_lookup_elem(&servers, &chosen);
	if (!chosen)
		return XDP_DROP;
	server->packets++;
	return XDP_TX;
}

SEC("xdp") // twin: not-null
int server_on_the_ring(struct xdp_md *context)
{
	struct flow flow = {};

	if (flow_of(context, &flow))
		return XDP_PASS;
	__u32 key = (flow.port[1] & 15) * RING + mixed(flow.source, flow.ports, 0) % RING;
	__u32 *number = bpf_map_lookup_elem(&ring, &key);
	if (!number)
		return XDP_DROP;
	struct server *server = bpf_map_lookup_elem(&servers, number);
	if (!number)
		return XDP_DROP;
	__sync_fetch_and_add(&server->packets, 1);
	__sync_fetch_and_add(&server->bytes, end_of(context) - start_of(context));
	return XDP_TX;
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
	__u32 place = mixed(flow.source, flow.ports, flow.protocol) % (PLACES + 2);
	return service->places[place] ? XDP_TX : XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int place_by_multiplication(struct xdp_md *context)
{
	struct flow flow = {};

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *service = bpf_map_lookup_elem(&services, &flow.destination);
	if (!service)
		return XDP_PASS;
	__u64 hash = mixed(flow.source, flow.ports, 7);
	__u32 place = hash * (PLACES + 2) >> 32;
	return service->places[place] ? XDP_TX : XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int first_with_room(struct xdp_md *context)
{
	struct flow flow = {};

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *service = bpf_map_lookup_elem(&services, &flow.destination);
	if (!service)
		return XDP_PASS;
	__u32 place = flow.ports % PLACES;
	ROLLED
	for (int i = 0; i < 5; i++) {
		if (service->places[place])
			return XDP_TX;
		if (++place >= PLACES + 3)
			place = 0;
	}
	return XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds, termination
int chosen_by_weight(struct xdp_md *context)
{
	struct flow flow = {};
	__u32 chosen = 0;

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *service = bpf_map_lookup_elem(&services, &flow.destination);
	if (!service)
		return XDP_PASS;
	__u32 left = bpf_get_prandom_u32() & 1023;
	ROLLED
	for (__u32 i = 0; i <= PLACES + 1; i++) {
		chosen = i;
		if (left < service->places[i])
			break;
		left -= service->places[i];
	}
	return chosen & 1 ? XDP_TX : XDP_PASS;
}

SEC("xdp") // twin: not-null
int tokens_of_a_bucket(struct xdp_md *context)
{
	struct flow flow = {};
	__u64 now = bpf_ktime_get_ns();

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &flow.source);
	if (!bucket) {
		struct bucket first = {.tokens = 100, .last = now};
		bpf_map_update_elem(&buckets, &flow.source, &first, BPF_NOEXIST);
		now++;
	}
	__u64 passed = now - bucket->last;
	__u64 tokens = bucket->tokens + passed * 1000 / 1000000000;
	if (tokens > 100)
		tokens = 100;
	bucket->last = now;
	if (tokens == 0) {
		bucket->tokens = 0;
		return XDP_DROP;
	}
	bucket->tokens = tokens - 1;
	return XDP_PASS;
}

SEC("tc") // twin: not-null
int departure_is_delayed(struct __sk_buff *context)
{
	__be32 key = context->mark;
	__u64 now = bpf_ktime_get_ns(), delay, *last;
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &key);

	if (!now)
		return TC_ACT_OK;
	last = &bucket->last;
	delay = (__u64)context->len * 1000000000 / (bucket->tokens ?: 1);
	__u64 next = *last + delay;
	if (context->tstamp > now)
		now = context->tstamp;
	if (next <= now) {
		*last = now;
		return TC_ACT_OK;
	}
	if (next - now > 2000000000)
		return TC_ACT_SHOT;
	*last = next;
	context->tstamp = next;
	return TC_ACT_OK;
}

SEC("xdp") // twin: map-value-bounds
int times_of_the_last(struct xdp_md *context)
{
	struct flow flow = {};

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct history *history = bpf_map_lookup_elem(&histories, &flow.source);
	if (!history)
		return XDP_PASS;
	__u32 next = history->next++;
	history->times[next & (RECENT + 1)] = bpf_ktime_get_ns();
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds, lock
int times_under_a_lock(struct xdp_md *context)
{
	struct flow flow = {};
	__u64 now = bpf_ktime_get_ns(), oldest;

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct history *history = bpf_map_lookup_elem(&histories, &flow.source);
	if (!history)
		return XDP_PASS;
	bpf_spin_lock(&history->lock);
	__u32 next = history->next;
	if (next > RECENT)
		next = 0;
	oldest = history->times[next];
	history->times[next] = now;
	history->next = next + 1;
	bpf_spin_unlock(&history->lock);
	return now - oldest < 1000000 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int sizes_of_packets(struct xdp_md *context)
{
	struct flow flow = {};
	__u64 bytes = end_of(context) - start_of(context);

	if (flow_of(context, &flow))
		return XDP_PASS;
	__u32 key = flow.protocol, class = 0;
	struct tally *tally = bpf_map_lookup_elem(&tallies, &key);
	if (!tally)
		return XDP_PASS;
	for (__u64 limit = 16; class < 12 && bytes > limit; limit *= 2)
		class++;
	tally->packets++;
	tally->bytes += bytes;
	tally->sizes[class]++;
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int tally_of_another_processor(struct xdp_md *context)
{
	__u64 sum = 0;
	__u32 key = 6;

	for (__u32 processor = 0; processor < 8; processor++) {
		struct tally *tally = bpf_map_lookup_percpu_elem(&tallies, &key, processor);
		if (!tally)
			break;
		sum += tally->sizes[processor + 5];
	}
	return sum > 1000 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int longest_prefix_of_version_6(struct xdp_md *context)
{
	void *data = start_of(context);
	struct ipv6hdr *ip = data + ETH_HLEN;
	struct prefix prefix;

	if ((void *)(ip + 1) > end_of(context))
		return XDP_DROP;
	opaque(data);
	__builtin_memcpy(prefix.address, &ip->saddr, 16);
	__u32 *verdict = bpf_map_lookup_elem(&prefixes, &prefix);
	return verdict && *verdict == 1 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int address_of_version_4_as_6(struct xdp_md *context)
{
	struct prefix prefix = {.length = 128};
	struct flow flow;

	if (flow_of(context, &flow))
		return XDP_PASS;
	prefix.address[10] = prefix.address[11] = 0xff;
	*(__be32 *)(prefix.address + 12) = flow.source;
	__u32 *verdict = bpf_map_lookup_elem(&prefixes, &prefix);
	if (verdict)
		return *verdict == 1 ? XDP_DROP : XDP_PASS;
	verdict = bpf_map_lookup_elem(&flows, &flow);
	return verdict ? XDP_TX : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int both_directions_have_one_key(struct xdp_md *context)
{
	struct flow flow;
	__u32 one = 1;

	if (flow_of(context, &flow))
		return XDP_PASS;
	if (flow.source > flow.destination) {
		__be32 address = flow.source;
		flow.source = flow.destination;
		flow.destination = address;
		flow.ports = flow.ports << 16 | flow.ports >> 16;
	}
	bpf_map_update_elem(&flows, &flow, &one, BPF_NOEXIST);
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int sketch_of_counts(struct xdp_md *context)
{
	struct flow flow = {};
	__u32 zero = 0, least = -1;

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct service *sketch = bpf_map_lookup_elem(&services, &zero);
	if (!sketch)
		return XDP_PASS;
	for (__u32 row = 0; row < 4; row++) {
		__u32 column = mixed(flow.source, flow.ports, row * 0x9e3779b9) & 31;
		__u32 *cell = &sketch->places[row * 75 + column];
		__sync_fetch_and_add(cell, 1);
		if (*cell < least)
			least = *cell;
	}
	return least > 10000 ? XDP_DROP : XDP_PASS;
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
		__u32 bit = mixed(flow.source, flow.destination, i) % ((PLACES + 2) * 32);
		if (filter->places[bit / 32] & 1u << bit % 32)
			hits++;
	}
	return hits == 3 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: not-null
int rate_over_time(struct xdp_md *context)
{
	struct flow flow = {};
	__u64 now = bpf_ktime_get_ns();

	if (flow_of(context, &flow))
		return XDP_PASS;
	struct bucket *bucket = bpf_map_lookup_elem(&buckets, &flow.source);
	if (!now)
		return XDP_PASS;
	__u64 passed = now - bucket->last;
	if (passed > 1000000000) {
		bucket->last = now;
		bucket->tokens = 0;
	}
	__u64 rate = ++bucket->tokens * 1000000 / (passed / 1000 + 1);
	return rate > 5000 ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
