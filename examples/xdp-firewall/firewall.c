// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Drops IPv4 packets from the sources that user space put into a map, and counts what it drops.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32); /* an IPv4 source address */
	__type(value, __u64); /* how many of its packets were dropped */
} blocked SEC(".maps");

SEC("xdp")
int firewall(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;

	struct ethhdr *ethernet = data;
	if ((void *)(ethernet + 1) > data_end)
		return XDP_PASS;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;

	struct iphdr *ip = (void *)(ethernet + 1);
	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;

	__be32 source = ip->saddr;
	__u64 *dropped = bpf_map_lookup_elem(&blocked, &source);
	if (!dropped) return XDP_PASS;
	__sync_fetch_and_add(dropped, 1);
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
