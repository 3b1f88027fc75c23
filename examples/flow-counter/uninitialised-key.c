// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Counts packets and bytes of each UDP flow. Parsing and counting are functions of their own.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/pkt_cls.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct flow {
	__be32 source;
	__be32 destination;
	__be16 source_port;
	__be16 destination_port;
	__u8 protocol; /* three bytes of padding follow */
};

struct count {
	__u64 packets;
	__u64 bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow);
	__type(value, struct count);
} flows SEC(".maps");

/* A static function: verified for each of its callers. */
static __noinline int parse(struct __sk_buff *packet, struct flow *flow)
{
	void *data = (void *)(long)packet->data;
	void *data_end = (void *)(long)packet->data_end;

	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct udphdr *udp = (void *)(ip + 1);
	if ((void *)(udp + 1) > data_end)
		return -1;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 || ip->protocol != IPPROTO_UDP)
		return -1;

	flow->source = ip->saddr;
	flow->destination = ip->daddr;
	flow->source_port = udp->source;
	flow->destination_port = udp->dest;
	flow->protocol = ip->protocol;
	return 0;
}

/* A global function: verified once, for every argument that its signature permits. */
__noinline __u32 payload(__u32 length, __u32 headers)
{
	return length > headers ? length - headers : 0;
}

SEC("tc")
int flow_counter(struct __sk_buff *packet)
{
	struct flow flow;
	if (parse(packet, &flow) < 0)
		return TC_ACT_OK;

	__u64 bytes = payload(packet->len, sizeof(struct ethhdr) + sizeof(struct iphdr) + sizeof(struct udphdr));
	struct count *count = bpf_map_lookup_elem(&flows, &flow);
	if (count) {
		__sync_fetch_and_add(&count->packets, 1);
		__sync_fetch_and_add(&count->bytes, bytes);
		return TC_ACT_OK;
	}
	struct count first = { .packets = 1, .bytes = bytes };
	bpf_map_update_elem(&flows, &flow, &first, BPF_ANY);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
