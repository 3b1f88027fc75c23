// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Ways to compare a pointer into the packet with its end.
#include "patterns.h"

SEC("tc") // twin: packet-bounds
int difference_in_32_bits(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 length = end - data;

	opaque(length);
	if (length < sizeof(struct ethhdr) + sizeof(struct iphdr))
		return TC_ACT_SHOT;
	struct iphdr *ip = data + sizeof(struct ethhdr);
	return ip->ttl ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: packet-bounds
int difference_in_16_bits(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u16 length = end - data;

	if (length < 20)
		return TC_ACT_SHOT;
	return ((__u8 *)data)[19] ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: packet-bounds
int remaining_bytes(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	void *payload = (void *)ip + (ip->ihl << 2);
	if (end - payload < 8)
		return XDP_DROP;
	return *(__u16 *)(payload + 6) ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
