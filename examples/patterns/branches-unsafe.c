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

struct big {
	__u64 first;
	__u64 rest[7];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct big);
} bigs SEC(".maps");

INLINE void count(__u32 which)
{
	__u64 *counter = bpf_map_lookup_elem(&counters, &which);
	if (counter)
		__sync_fetch_and_add(counter, 1);
}

SEC("xdp") // twin: packet-bounds
int flag_beside_check(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	int fits = 0;

	if ((void *)(ethernet + 1) <= end + 1)
		fits = 1;
	opaque(fits);
	count(0);
	if (context->ingress_ifindex == 3)
		count(1);
	if (context->rx_queue_index > 7)
		count(2);
	if (fits)
		return ethernet->h_proto == bpf_htons(ETH_P_IP) ? XDP_PASS : XDP_DROP;
	return XDP_ABORTED;
}

SEC("xdp") // twin: packet-bounds
int flag_and_loop(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	int fits = 0;
	__u64 sum = 0;

	if ((void *)(ethernet + 1) <= end)
		fits = 1;
	opaque(fits);
	for (__u32 i = 0; i < 8; i++) {
		__u32 key = i;
		__u64 *number = bpf_map_lookup_elem(&numbers, &key);
		if (number)
			sum += *number;
	}
	if (fits < 2)
		return ethernet->h_proto + sum > 1000 ? XDP_PASS : XDP_DROP;
	return XDP_ABORTED;
}

#define HAS_IP 1
#define HAS_TCP 2
#define HAS_UDP 4

SEC("tc") // twin: packet-bounds
int bits_beside_checks(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct tcphdr *tcp = (void *)(ip + 1);
	struct udphdr *udp = (void *)(ip + 1);
	__u32 seen = 0;

	if ((void *)(ip + 1) <= end) {
		seen |= HAS_IP;
		if (ip->protocol == IPPROTO_TCP && (void *)(tcp + 1) <= end)
			seen |= HAS_TCP;
		else if (ip->protocol == IPPROTO_UDP && (void *)(udp + 1) <= end)
			seen |= HAS_UDP;
	}
	opaque(seen);
	count(seen & 7);
	if (context->mark)
		count(3);
	if (seen & HAS_TCP)
		return tcp->syn ? TC_ACT_SHOT : TC_ACT_OK;
	if (seen & HAS_UDP)
		return udp->dest == bpf_htons(53) ? TC_ACT_SHOT : TC_ACT_OK;
	if (!(seen & HAS_IP))
		return ip->ttl ? TC_ACT_OK : TC_ACT_SHOT;
	return TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int error_code_after_merge(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	int error = 0;

	if ((void *)(ip + 1) > end)
		error = 22;
	else if (ethernet->h_proto != bpf_htons(ETH_P_IP))
		error = -95;
	opaque(error);
	context->mark = error;
	count(1);
	if (error < 0)
		return TC_ACT_SHOT;
	return ip->protocol == IPPROTO_ICMP ? TC_ACT_SHOT : TC_ACT_OK;
}

INLINE int parse(struct __sk_buff *context, struct iphdr **ip)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;

	if (data + sizeof(*ethernet) + sizeof(**ip) > end)
		return 0;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP))
		return 1;
	*ip = data + sizeof(*ethernet);
	return 0;
}

SEC("tc") // twin: packet-bounds
int parser_with_result(struct __sk_buff *context)
{
	struct iphdr *ip;
	int result = parse(context, &ip);

	context->cb[0] = result;
	if (result < 0)
		return TC_ACT_SHOT;
	if (result)
		return TC_ACT_OK;
	return ip->ttl > 1 ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: not-null
int null_or_header(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct tcphdr *tcp = NULL;

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	if (ip->protocol == IPPROTO_TCP) {
		tcp = (void *)(ip + 1);
		if ((void *)(tcp + 1) > end)
			return XDP_DROP;
	}
	opaque(tcp);
	count(ip->protocol & 7);
	if (ip->ttl == 0)
		count(0);
	if (ip->protocol == IPPROTO_TCP || ip->ttl)
		return tcp->fin ? XDP_DROP : XDP_PASS;
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int kind_goes_with_code(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	void *next = ethernet + 1;
	__u32 kind = 0;

	if (next > end)
		return XDP_DROP;
	if (ethernet->h_proto == bpf_htons(ETH_P_IP)) {
		if (next + sizeof(struct iphdr) > end)
			return XDP_DROP;
		kind = 4;
	} else if (ethernet->h_proto == bpf_htons(ETH_P_IPV6)) {
		if (next + sizeof(struct iphdr) > end)
			return XDP_DROP;
		kind = 6;
	}
	opaque(kind);
	count(kind);
	if (context->ingress_ifindex == 1)
		count(1);
	switch (kind) {
	case 4:
		return ((struct iphdr *)next)->ttl ? XDP_PASS : XDP_DROP;
	case 6:
		return ((struct ipv6hdr *)next)->daddr.s6_addr[15] ? XDP_PASS : XDP_DROP;
	default:
		return XDP_PASS;
	}
}

SEC("xdp") // twin: map-value-bounds
int region_goes_with_code(struct xdp_md *context)
{
	__u32 key = context->ingress_ifindex;
	__u32 kind = 1;
	void *value = bpf_map_lookup_elem(&numbers, &key);

	if (!value) {
		value = bpf_map_lookup_elem(&bigs, &key);
		if (!value)
			return XDP_PASS;
		kind = 2;
	}
	opaque(kind);
	count(kind);
	count(3);
	if (kind == 2)
		return *(__u64 *)value ? XDP_DROP : XDP_PASS;
	return ((struct big *)value)->rest[6] ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: not-null
int both_or_none(struct xdp_md *context)
{
	__u32 key = context->ingress_ifindex, other = context->rx_queue_index;
	__u64 *first = bpf_map_lookup_elem(&numbers, &key);
	__u64 *second = bpf_map_lookup_elem(&numbers, &other);

	if (!first)
		return XDP_PASS;
	return *first + *second > 100 ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: not-null
int lookup_or_create(struct __sk_buff *context)
{
	__u32 key = context->ifindex;
	__u64 zero = 0;
	__u64 *number = bpf_map_lookup_elem(&numbers, &key);

	if (!number) {
		bpf_map_update_elem(&numbers, &key, &zero, BPF_NOEXIST);
		number = bpf_map_lookup_elem(&numbers, &key);
		if (key == 0)
			return TC_ACT_OK;
	}
	*number += context->len;
	return TC_ACT_OK;
}

SEC("tc") // twin: not-null
int found_in_loop(struct __sk_buff *context)
{
	__u64 *found = NULL;
	__u32 where = 0;

	for (__u32 i = 0; i < 16; i++) {
		__u32 key = i;
		__u64 *number = bpf_map_lookup_elem(&numbers, &key);
		if (number && *number == context->mark) {
			found = number;
			where = i;
			break;
		}
	}
	count(where & 7);
	if (where > 16)
		return TC_ACT_OK;
	*found = 0;
	return TC_ACT_SHOT;
}

SEC("tc") // twin: packet-bounds
int length_goes_with_layer(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 length = 0;

	if (data + 14 + 20 + 8 <= end)
		length = 42;
	else if (data + 14 + 20 <= end)
		length = 34;
	else if (data + 14 <= end)
		length = 14;
	opaque(length);
	count(0);
	if (context->mark == 7)
		count(1);
	if (context->priority == 9)
		count(2);
	if (length >= 14)
		return ((__u8 *)data)[33] ? TC_ACT_OK : TC_ACT_SHOT;
	if (length >= 14)
		return ((__u8 *)data)[13] ? TC_ACT_OK : TC_ACT_SHOT;
	return TC_ACT_SHOT;
}

struct parsed {
	struct iphdr *ip;
	struct ipv6hdr *ip6;
	struct tcphdr *tcp;
	struct udphdr *udp;
	__u8 protocol;
};

SEC("xdp") // twin: pointer
int headers_in_struct(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct parsed headers = {};
	struct ethhdr *ethernet = data;
	void *next = ethernet + 1;

	if (next > end)
		return XDP_DROP;
	if (ethernet->h_proto == bpf_htons(ETH_P_IP)) {
		headers.ip = next;
		if ((void *)(headers.ip + 1) > end)
			return XDP_DROP;
		headers.protocol = headers.ip->protocol;
		next = headers.ip + 1;
	} else if (ethernet->h_proto == bpf_htons(ETH_P_IPV6)) {
		headers.ip6 = next;
		if ((void *)(headers.ip6 + 1) > end)
			return XDP_DROP;
		headers.protocol = headers.ip6->nexthdr;
		next = headers.ip6 + 1;
	} else {
		return XDP_PASS;
	}
	if (headers.protocol == IPPROTO_TCP) {
		headers.tcp = next;
		if ((void *)(headers.tcp + 1) > end)
			return XDP_DROP;
	} else if (headers.protocol == IPPROTO_UDP) {
		headers.udp = next;
		if ((void *)(headers.udp + 1) > end)
			return XDP_DROP;
	}
	count(headers.protocol & 7);
	if (headers.tcp && headers.tcp->rst)
		return XDP_DROP;
	if (headers.udp && headers.udp->dest == bpf_htons(123))
		return XDP_DROP;
	if (!headers.ip6)
		return headers.ip6->hop_limit ? XDP_PASS : XDP_DROP;
	if (headers.ip)
		return headers.ip->ttl ? XDP_PASS : XDP_DROP;
	return XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int verdict_and_reason(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);
	int verdict = TC_ACT_OK, reason = 0;

	if ((void *)(ip + 1) > end) {
		verdict = TC_ACT_OK;
		reason = 1;
	} else if (ip->ihl != 5) {
		verdict = TC_ACT_SHOT;
		reason = 2;
	} else if (ip->frag_off & bpf_htons(0x3fff)) {
		verdict = TC_ACT_SHOT;
		reason = 3;
	}
	opaque(verdict);
	for (int i = 0; i < reason; i++)
		count(i);
	if (verdict == TC_ACT_OK)
		context->mark = ip->saddr;
	return verdict;
}

SEC("tc") // twin: not-null
int choice_of_two(struct __sk_buff *context)
{
	__u32 key = context->mark, other = context->priority;
	__u64 *first = bpf_map_lookup_elem(&numbers, &key);
	struct big *second = bpf_map_lookup_elem(&bigs, &other);

	if (!first)
		return TC_ACT_OK;
	if (!other)
		return TC_ACT_OK;
	__u64 *chosen = context->protocol == bpf_htons(ETH_P_IP) ? first : &second->rest[3];
	count(2);
	*chosen += 1;
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int protocol_tested_twice(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	__u8 protocol = ip->protocol;
	void *next = ip + 1;
	if (protocol == IPPROTO_TCP && next + sizeof(struct tcphdr) > end)
		return XDP_DROP;
	if (protocol == IPPROTO_UDP && next + sizeof(struct udphdr) > end)
		return XDP_DROP;
	count(1);
	opaque(protocol);
	if (protocol == IPPROTO_ICMP)
		return ((struct tcphdr *)next)->urg ? XDP_DROP : XDP_PASS;
	return XDP_PASS;
}

SEC("xdp") // twin: not-null
int one_of_two(struct xdp_md *context)
{
	__u32 key = context->ingress_ifindex, other = context->rx_queue_index;
	__u64 *first = bpf_map_lookup_elem(&numbers, &key);
	__u64 *second = bpf_map_lookup_elem(&numbers, &other);

	if (!first && !other)
		return XDP_PASS;
	count(1);
	if (first)
		return *first ? XDP_DROP : XDP_PASS;
	return *second ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
