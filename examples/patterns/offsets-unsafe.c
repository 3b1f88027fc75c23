// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Offsets that come from the packet, and headers of variable length.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[256]);
} table SEC(".maps");

INLINE struct iphdr *ipv4_header(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);

	if ((void *)(ip + 1) > end)
		return NULL;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP))
		return NULL;
	return ip;
}

SEC("xdp") // twin: packet-bounds
int header_length_of_ipv4(struct xdp_md *context)
{
	void *end = end_of(context);
	struct iphdr *ip = ipv4_header(context);

	if (!ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	struct udphdr *udp = (void *)ip + ip->ihl * 4;
	if ((void *)udp > end)
		return XDP_DROP;
	return udp->dest == bpf_htons(53) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int header_length_checked_first(struct xdp_md *context)
{
	void *end = end_of(context);
	struct iphdr *ip = ipv4_header(context);

	if (!ip)
		return XDP_PASS;
	int bytes = ip->ihl * 4;
	if (bytes < (int)sizeof(*ip))
		return XDP_DROP;
	if ((void *)ip + bytes > end)
		return XDP_DROP;
	struct tcphdr *tcp = (void *)ip + bytes;
	if (tcp > (struct tcphdr *)end)
		return XDP_DROP;
	return tcp->rst ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int length_of_tcp_header(struct xdp_md *context)
{
	void *end = end_of(context);
	struct iphdr *ip = ipv4_header(context);

	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	struct tcphdr *tcp = (void *)ip + (ip->ihl << 2);
	if ((void *)(tcp + 1) > end)
		return XDP_DROP;
	__u32 *payload = (void *)tcp + (tcp->doff << 2);
	if ((void *)(tcp + 2) > end)
		return XDP_PASS;
	return *payload == bpf_htonl(0x47455420) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int masked_offset(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 64 > end)
		return XDP_DROP;
	__u32 offset = *(__u32 *)data & 127;
	return ((__u8 *)data)[32 + offset] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int masked_again_for_the_verifier(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 4 > end)
		return XDP_DROP;
	__u32 offset = bpf_ntohs(*(__u16 *)data);
	offset &= 0x3fff;
	void *field = data + offset;
	if (field + 8 > end)
		return XDP_DROP;
	return *(__u64 *)(field + 1) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int byte_as_index(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);

	if (!values || data + 2 > end)
		return XDP_DROP;
	return values[*(__u16 *)data] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int shifted_index(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);

	if (!values || data + 4 > end)
		return XDP_DROP;
	__u32 hash = *(__u32 *)data * 0x9e3779b1u;
	return *(__u64 *)&values[(hash >> 26) * 8] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int sum_of_two_masks(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);

	if (!values)
		return XDP_DROP;
	__u32 row = context->rx_queue_index & 15, column = context->ingress_ifindex & 15;
	return values[row * 17 + column] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int disjoint_bits(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);

	if (!values)
		return XDP_DROP;
	__u32 row = context->rx_queue_index & 3, column = context->ingress_ifindex & 63;
	return values[row << 7 | column] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int signed_index(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);
	int index = context->ingress_ifindex;

	if (!values)
		return XDP_DROP;
	if (index >= 256)
		return XDP_DROP;
	return values[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int index_counted_from_one(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);
	__u32 index = context->ingress_ifindex;

	if (!values || index > 256)
		return XDP_DROP;
	return values[index - 1] ? XDP_PASS : XDP_DROP;
}

#define EXTENSIONS 8

struct extension {
	__u8 next;
	__u8 length; /* in units of 8 bytes, without the first */
	__u8 rest[6];
};

SEC("xdp") // twin: packet-bounds
int extension_headers(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ipv6hdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	__u8 next = ip->nexthdr;
	void *cursor = ip + 1;
	for (int i = 0; i < EXTENSIONS; i++) {
		struct extension *extension = cursor;
		switch (next) {
		case IPPROTO_HOPOPTS:
		case IPPROTO_ROUTING:
		case IPPROTO_DSTOPTS:
			if ((void *)extension > end)
				return XDP_DROP;
			next = extension->next;
			cursor += (extension->length + 1) * 8;
			break;
		case IPPROTO_FRAGMENT:
			if (cursor + 8 > end)
				return XDP_DROP;
			next = extension->next;
			cursor += 8;
			break;
		case IPPROTO_UDP:
			if (cursor + sizeof(struct udphdr) > end)
				return XDP_DROP;
			return ((struct udphdr *)cursor)->dest ? XDP_PASS : XDP_DROP;
		default:
			return XDP_PASS;
		}
	}
	return XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int extension_headers_by_offset(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ipv6hdr *ip = data + sizeof(struct ethhdr);
	__u32 offset = sizeof(struct ethhdr) + sizeof(*ip);

	if (data + offset > end)
		return TC_ACT_SHOT;
	__u8 next = ip->nexthdr;
	for (int i = 0; i < EXTENSIONS; i++) {
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS)
			break;
		struct extension *extension = data + offset;
		if ((void *)extension + 2 > end)
			return TC_ACT_SHOT;
		next = extension->next;
		offset += (extension->length + 1) << 3;
	}
	struct udphdr *udp = data + offset;
	if (data + offset > end)
		return TC_ACT_SHOT;
	return udp->len ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: stack-initialised
int extension_headers_loaded(struct __sk_buff *context)
{
	__u32 offset = sizeof(struct ethhdr) + sizeof(struct ipv6hdr);
	__u8 next, header[2];

	if (bpf_skb_load_bytes(context, sizeof(struct ethhdr) + 6, &next, 1) < 0)
		return TC_ACT_SHOT;
	for (int i = 0; i < EXTENSIONS; i++) {
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_DSTOPTS)
			break;
		if (bpf_skb_load_bytes(context, offset, header, 1) < 0)
			return TC_ACT_SHOT;
		next = header[0];
		offset += (header[1] + 1) * 8;
	}
	context->mark = offset;
	return next == IPPROTO_TCP ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: packet-bounds
int tcp_options_by_bytes(struct xdp_md *context)
{
	void *end = end_of(context);
	struct iphdr *ip = ipv4_header(context);

	if (!ip || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	struct tcphdr *tcp = (void *)ip + ip->ihl * 4;
	if ((void *)(tcp + 1) > end)
		return XDP_DROP;
	__u8 *option = (void *)(tcp + 1);
	__u8 *last = (void *)tcp + tcp->doff * 4;
	for (int i = 0; i < 40; i++) {
		if (option >= last)
			break;
		if (option[0] == 0)
			break;
		if (option[0] == 1) {
			option++;
			continue;
		}
		if ((void *)(option + 2) > end || option[1] < 2)
			return XDP_DROP;
		if (option[0] == 8 && option[1] == 10 && (void *)(option + 10) <= end)
			return *(__u32 *)(option + 2) ? XDP_PASS : XDP_DROP;
		option += option[1];
	}
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int labels_of_a_name(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *cursor = data + 54;
	__u32 labels = 0;

	for (int i = 0; i < 20; i++) {
		if ((void *)cursor > end)
			return XDP_DROP;
		__u8 length = *cursor;
		if (length == 0)
			break;
		if (length > 63)
			return XDP_DROP;
		cursor += length + 1;
		labels++;
	}
	return labels > 5 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int stack_of_labels(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 *label = data + sizeof(struct ethhdr);

	for (int i = 0; i < 10; i++) {
		if ((void *)(label + 1) > end)
			return XDP_DROP;
		if (*label++ & bpf_htonl(0x100))
			break;
	}
	__u8 *version = (void *)label;
	if ((void *)(label - 1) > end)
		return XDP_DROP;
	return *version >> 4 == 4 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int tunnel_options(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *tunnel = data + 42;

	if ((void *)(tunnel + 8) > end)
		return XDP_DROP;
	__u32 bytes = tunnel[0] * 0x1000000;
	struct ethhdr *inner = (void *)(tunnel + 8 + bytes);
	if ((void *)(inner + 1) > end)
		return XDP_DROP;
	return inner->h_proto ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int optional_fields(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u16 *gre = data + 34;

	if ((void *)(gre + 2) > end)
		return XDP_DROP;
	__u32 bytes = 4;
	if (*gre & bpf_htons(0x8000))
		bytes += 4;
	if (*gre & bpf_htons(0x2000))
		bytes += 4;
	if (*gre & bpf_htons(0x1000))
		bytes += 4;
	struct iphdr *inner = (void *)gre + bytes;
	if ((void *)gre + 4 + sizeof(*inner) > end)
		return XDP_DROP;
	return inner->ttl ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int remainder_as_index(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 zero = 0;
	__u8 *values = bpf_map_lookup_elem(&table, &zero);

	if (!values || data + 4 > end)
		return XDP_DROP;
	return values[*(__u32 *)data % 257] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
