// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Packets that are rewritten, made longer and shorter, sent elsewhere.
#include "patterns.h"

struct peer {
	__be32 address;
	__u8 mac[6];
	__be16 port;
	__u32 device;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct peer);
} peers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} devices SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_XSKMAP);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u32);
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} events SEC(".maps");

#define IP_SOURCE (ETH_HLEN + offsetof(struct iphdr, saddr))
#define CHECKSUM_OF_IP (ETH_HLEN + offsetof(struct iphdr, check))
#define CHECKSUM_OF_TCP (ETH_HLEN + sizeof(struct iphdr) + offsetof(struct tcphdr, check))

INLINE struct iphdr *ipv4(struct __sk_buff *context)
{
	void *data = start_of(context);

	if (data + ETH_HLEN + sizeof(struct iphdr) > end_of(context))
		return NULL;
	return data + ETH_HLEN;
}

SEC("tc") // twin: pointer, packet-bounds
int source_is_replaced(struct __sk_buff *context)
{
	struct iphdr *ip = ipv4(context);

	if (!ip || ip->protocol != IPPROTO_TCP)
		return TC_ACT_OK;
	__be32 old = ip->saddr;
	struct peer *peer = bpf_map_lookup_elem(&peers, &old);
	if (!peer)
		return TC_ACT_OK;
	bpf_l4_csum_replace(context, CHECKSUM_OF_TCP, old, peer->address, BPF_F_PSEUDO_HDR | 4);
	bpf_l3_csum_replace(context, CHECKSUM_OF_IP, old, peer->address, 4);
	bpf_skb_store_bytes(context, IP_SOURCE, &peer->address, 4, 0);
	ipv4(context);
	return ip && ip->ttl ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: packet-bounds, pointer
int fields_are_kept_before_storing(struct __sk_buff *context)
{
	struct iphdr *ip = ipv4(context);

	if (!ip)
		return TC_ACT_OK;
	__u8 protocol = ip->protocol, new_tos = 8;
	__be16 old = *(__be16 *)ip;
	bpf_l3_csum_replace(context, CHECKSUM_OF_IP, old, (old & bpf_htons(0xff00)) | bpf_htons(8), 2);
	bpf_skb_store_bytes(context, ETH_HLEN + 1, &new_tos, 1, 0);
	return protocol == ip->ttl ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: stack-initialised
int port_by_helper(struct __sk_buff *context)
{
	__be16 ports[2];
	__u32 offset = ETH_HLEN + sizeof(struct iphdr);

	if (bpf_skb_load_bytes(context, offset, ports, 2) < 0)
		return TC_ACT_OK;
	__be16 port = bpf_htons(8080);
	if (ports[1] != bpf_htons(80))
		return TC_ACT_OK;
	bpf_l4_csum_replace(context, CHECKSUM_OF_TCP, ports[1], port, 2);
	bpf_skb_store_bytes(context, offset + 2, &port, sizeof(port), BPF_F_RECOMPUTE_CSUM);
	return TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int port_in_place(struct __sk_buff *context)
{
	struct iphdr *ip = ipv4(context);
	struct udphdr *udp = (void *)(ip + 1);

	if (!ip || ip->ihl != 5 || ip->protocol != IPPROTO_UDP)
		return TC_ACT_OK;
	if ((void *)udp > end_of(context))
		return TC_ACT_OK;
	__be16 port = udp->dest;
	udp->dest = bpf_htons(5353);
	__u32 sum = (__u16)~udp->check + (__u16)~port + udp->dest;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	udp->check = ~sum;
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int time_to_live_is_decreased(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;

	if (data + ETH_HLEN + 10 > end_of(context))
		return XDP_DROP;
	if (ip->ttl <= 1)
		return XDP_PASS;
	__u32 check = ip->check + bpf_htons(0x0100);
	ip->check = check + (check >= 0xffff);
	ip->ttl--;
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int forwarded_by_table(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct bpf_fib_lookup route = {};

	if ((void *)ip > end)
		return XDP_DROP;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP) || ip->ttl <= 1)
		return XDP_PASS;
	route.family = 2;
	route.tos = ip->tos;
	route.l4_protocol = ip->protocol;
	route.tot_len = bpf_ntohs(ip->tot_len);
	route.ipv4_src = ip->saddr;
	route.ipv4_dst = ip->daddr;
	route.ifindex = context->ingress_ifindex;
	switch (bpf_fib_lookup(context, &route, sizeof(route), 0)) {
	case BPF_FIB_LKUP_RET_SUCCESS:
		__builtin_memcpy(ethernet->h_dest, route.dmac, ETH_ALEN);
		__builtin_memcpy(ethernet->h_source, route.smac, ETH_ALEN);
		ip->ttl--;
		return bpf_redirect_map(&devices, route.ifindex, 0);
	case BPF_FIB_LKUP_RET_BLACKHOLE:
	case BPF_FIB_LKUP_RET_UNREACHABLE:
	case BPF_FIB_LKUP_RET_PROHIBIT:
		return XDP_DROP;
	}
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int forwarded_by_table_of_version_6(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct ipv6hdr *ip = (void *)(ethernet + 1);
	struct bpf_fib_lookup route = {};

	if ((void *)ip + 20 > end)
		return XDP_DROP;
	if (ethernet->h_proto != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	route.family = 10;
	route.flowinfo = *(__be32 *)ip & bpf_htonl(0x0fffffff);
	route.l4_protocol = ip->nexthdr;
	route.tot_len = bpf_ntohs(ip->payload_len);
	*(struct in6_addr *)route.ipv6_src = ip->saddr;
	*(struct in6_addr *)route.ipv6_dst = ip->daddr;
	route.ifindex = context->ingress_ifindex;
	if (bpf_fib_lookup(context, &route, sizeof(route), BPF_FIB_LOOKUP_DIRECT) != 0)
		return XDP_PASS;
	ip->hop_limit--;
	__builtin_memcpy(ethernet->h_dest, route.dmac, ETH_ALEN);
	__builtin_memcpy(ethernet->h_source, route.smac, ETH_ALEN);
	return bpf_redirect(route.ifindex, 0);
}

SEC("xdp") // twin: packet-bounds
int header_is_put_before(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *old = data, *ethernet;
	struct iphdr *inner = data + ETH_HLEN, *ip;
	__u32 length, i, sum = 0;

	if ((void *)(inner + 1) > end)
		return XDP_DROP;
	length = bpf_ntohs(inner->tot_len) + sizeof(*ip);
	if (bpf_xdp_adjust_head(context, -(int)sizeof(*ip)))
		return XDP_DROP;
	data = start_of(context);
	end = end_of(context);
	ethernet = data;
	old = data + sizeof(*ip);
	ip = data + ETH_HLEN;
	if ((void *)(ip + 1) > end - 1 + sizeof(*ip))
		return XDP_DROP;
	__builtin_memcpy(ethernet->h_source, old->h_dest, ETH_ALEN);
	__builtin_memcpy(ethernet->h_dest, old->h_source, ETH_ALEN);
	ethernet->h_proto = bpf_htons(ETH_P_IP);
	ip->version = 4;
	ip->ihl = 5;
	ip->tos = 0;
	ip->tot_len = bpf_htons(length);
	ip->id = 0;
	ip->frag_off = 0;
	ip->ttl = 64;
	ip->protocol = IPPROTO_IPIP;
	ip->check = 0;
	ip->saddr = bpf_htonl(0x0a000001);
	ip->daddr = bpf_htonl(0x0a000002);
	__u16 *words = (void *)ip;
	for (i = 0; i < sizeof(*ip) / 2; i++)
		sum += words[i];
	ip->check = ~((sum & 0xffff) + (sum >> 16));
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int header_is_taken_away(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data, *moved;
	struct iphdr *ip = data + ETH_HLEN;

	if ((void *)(ip + 2) > end)
		return XDP_DROP;
	if (ip->protocol != IPPROTO_IPIP || ip->ihl != 5)
		return XDP_PASS;
	moved = data + sizeof(*ip);
	__builtin_memmove(moved, ethernet, sizeof(*ethernet));
	if (bpf_xdp_adjust_head(context, sizeof(*ip)))
		return XDP_DROP;
	data = start_of(context);
	end = end_of(context);
	ip = data + ETH_HLEN;
	if ((void *)ip > end)
		return XDP_DROP;
	return ip->ttl > 1 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int tag_is_removed(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__be32 addresses[3];

	if (data + 18 > end)
		return XDP_DROP;
	if (*(__be16 *)(data + 12) != bpf_htons(ETH_P_8021Q))
		return XDP_PASS;
	__builtin_memcpy(addresses, data, 12);
	if (bpf_xdp_adjust_head(context, 4))
		return XDP_DROP;
	data = start_of(context);
	end = end_of(context);
	if (data + 11 > end)
		return XDP_DROP;
	__builtin_memcpy(data, addresses, 12);
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int trailer_is_added(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u64 length = end - data;

	if (length > 1400 || bpf_xdp_adjust_tail(context, 8))
		return XDP_DROP;
	data = start_of(context);
	end = end_of(context);
	__u8 *trailer = data + length + 1;
	if ((void *)data + length + 8 > end)
		return XDP_DROP;
	*(__u64 *)trailer = bpf_ktime_get_ns();
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int reply_is_cut(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	const int kept = ETH_HLEN + sizeof(struct iphdr) + 8;

	if (data + kept > end)
		return XDP_PASS;
	int length = end - data;
	if (length > kept && bpf_xdp_adjust_tail(context, kept - length))
		return XDP_DROP;
	data = start_of(context);
	end = end_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	if (data + ETH_HLEN > end)
		return XDP_DROP;
	ip->tot_len = bpf_htons(kept - ETH_HLEN);
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int mark_goes_before_the_packet(struct xdp_md *context)
{
	struct mark {
		__u32 mark, hash;
	} *mark;

	if (bpf_xdp_adjust_meta(context, -(int)sizeof(*mark)))
		return XDP_PASS;
	void *data = start_of(context);
	mark = (void *)(long)context->data_meta;
	if ((void *)mark > data)
		return XDP_PASS;
	mark->mark = 42;
	mark->hash = context->rx_queue_index;
	return XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int mark_is_read(struct __sk_buff *context)
{
	void *data = start_of(context);
	__u32 *mark = (void *)(long)context->data_meta;

	if ((void *)(mark + 1) > data)
		return TC_ACT_OK;
	context->mark = mark[0];
	context->priority = mark[1];
	return TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int room_for_a_header(struct __sk_buff *context)
{
	struct iphdr *ip = ipv4(context);

	if (!ip || bpf_skb_adjust_room(context, 20, BPF_ADJ_ROOM_MAC, BPF_F_ADJ_ROOM_ENCAP_L3_IPV4))
		return TC_ACT_SHOT;
	void *data = start_of(context);
	ip = data + ETH_HLEN;
	if ((void *)(ip + 1) > end_of(context))
		return TC_ACT_SHOT;
	ip[0] = ip[1];
	ip->protocol = IPPROTO_IPIP;
	return TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int header_is_stored_in_room(struct __sk_buff *context)
{
	struct {
		struct iphdr ip;
		__be16 gre[2];
	} __attribute__((packed)) outer = {};
	struct iphdr *ip = ipv4(context);

	if (!ip)
		return TC_ACT_OK;
	outer.ip = *ip;
	outer.ip.protocol = IPPROTO_GRE;
	outer.gre[1] = bpf_htons(ETH_P_IP);
	if (bpf_skb_adjust_room(context, sizeof(outer), BPF_ADJ_ROOM_MAC, BPF_F_ADJ_ROOM_ENCAP_L3_IPV4 | BPF_F_ADJ_ROOM_ENCAP_L4_GRE))
		return TC_ACT_SHOT;
	bpf_skb_store_bytes(context, ETH_HLEN, &outer, sizeof(outer), BPF_F_INVALIDATE_HASH);
	if (!(ip = start_of(context)))
		return TC_ACT_SHOT;
	return ip->ttl ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: pointer, packet-bounds
int tag_is_pushed(struct __sk_buff *context)
{
	struct iphdr *ip = ipv4(context);

	if (!ip)
		return TC_ACT_OK;
	__u16 tag = ip->tos >> 5 << 13 | 100;
	if (bpf_skb_vlan_push(context, bpf_htons(ETH_P_8021Q), tag))
		return TC_ACT_SHOT;
	ipv4(context);
	return ip && ip->ttl ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: stack-initialised
int key_of_tunnel_is_read(struct __sk_buff *context)
{
	struct bpf_tunnel_key key;
	__u32 options[4];

	if (bpf_skb_get_tunnel_key(context, &key, 4, 0) < 0)
		return TC_ACT_SHOT;
	int length = bpf_skb_get_tunnel_opt(context, options, sizeof(options));
	if (length < 0)
		return TC_ACT_SHOT;
	context->mark = key.tunnel_id ^ key.remote_ipv4 ^ options[0];
	return TC_ACT_OK;
}

SEC("tc") // twin: stack-initialised
int key_of_tunnel_is_set(struct __sk_buff *context)
{
	struct bpf_tunnel_key key;
	__be32 address = bpf_htonl(0x0a000002);
	struct peer *peer = bpf_map_lookup_elem(&peers, &address);

	if (!peer)
		return TC_ACT_SHOT;
	key.remote_ipv4 = bpf_ntohl(peer->address);
	key.tunnel_id = peer->port;
	key.tunnel_ttl = 64;
	if (bpf_skb_set_tunnel_key(context, &key, sizeof(key), BPF_F_ZERO_CSUM_TX) < 0)
		return TC_ACT_SHOT;
	return bpf_redirect(peer->device, 0);
}

SEC("tc") // twin: not-null
int sent_to_a_neighbour(struct __sk_buff *context)
{
	struct bpf_redir_neigh neighbour = {};
	__be32 address = bpf_htonl(0x0a000003);
	struct peer *peer = bpf_map_lookup_elem(&peers, &address);

	if (!address)
		return TC_ACT_OK;
	neighbour.nh_family = 2;
	neighbour.ipv4_nh = peer->address;
	return bpf_redirect_neigh(peer->device, &neighbour, sizeof(neighbour), 0);
}

SEC("xdp") // twin: writable
int sample_of_the_packet(struct xdp_md *context)
{
	struct {
		__u16 magic, length;
	} head;
	void *data = start_of(context);
	void *end = end_of(context);

	head.magic = 0xdead;
	head.length = end - data;
	__u64 sampled = head.length < 128 ? head.length : 128;
	bpf_perf_event_output(context, &events, sampled << 32 | BPF_F_CURRENT_CPU, data, sizeof(head));
	return XDP_PASS;
}

SEC("tc") // twin: stack-bounds
int sample_with_addresses(struct __sk_buff *context)
{
	struct {
		__be32 addresses[2];
		__u32 length, device;
	} sample = {.length = context->len, .device = context->ifindex};
	struct iphdr *ip = ipv4(context);

	if (!ip)
		return TC_ACT_OK;
	sample.addresses[0] = ip->saddr;
	sample.addresses[1] = ip->daddr;
	bpf_perf_event_output(context, &events, BPF_F_CURRENT_CPU, &sample, sizeof(sample) + 8);
	return TC_ACT_OK;
}

SEC("xdp") // twin: argument
int to_a_socket_or_pass(struct xdp_md *context)
{
	__u32 queue = context->rx_queue_index;

	if (bpf_map_lookup_elem(&sockets, &queue))
		return bpf_redirect_map(&peers, queue, XDP_PASS);
	return XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int linear_part_is_grown(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 128 > end) {
		if (bpf_skb_pull_data(context, 128) < 0)
			return TC_ACT_OK;
		data = start_of(context);
		end = end_of(context);
		if (data + 127 > end)
			return TC_ACT_OK;
	}
	return ((__u8 *)data)[127] ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: packet-bounds
int version_is_changed(struct __sk_buff *context)
{
	struct ipv6hdr header = {.nexthdr = IPPROTO_UDP, .hop_limit = 64};

	if (!ipv4(context) || bpf_skb_change_proto(context, bpf_htons(ETH_P_IPV6), 0))
		return TC_ACT_OK;
	void *data = start_of(context);
	struct ipv6hdr *ip = data + ETH_HLEN;
	if (data + sizeof(*ip) > end_of(context))
		return TC_ACT_SHOT;
	header.payload_len = ip->payload_len;
	*ip = header;
	return bpf_redirect(context->ifindex, 0);
}

SEC("lwt_xmit") // twin: packet-bounds
int pushed_by_a_route(struct __sk_buff *context)
{
	struct iphdr outer = {.version = 4, .ihl = 5, .ttl = 64, .protocol = IPPROTO_IPIP};
	void *data = start_of(context);
	struct iphdr *ip = data;

	if ((void *)(ip + 1) > end_of(context))
		return BPF_DROP;
	outer.tot_len = bpf_htons(bpf_ntohs(ip->tot_len) + 20);
	outer.saddr = ip->saddr;
	if (bpf_lwt_push_encap(context, BPF_LWT_ENCAP_IP, &outer, sizeof(outer)))
		return BPF_DROP;
	data = start_of(context);
	if (data + 9 > end_of(context))
		return BPF_DROP;
	return ((__u8 *)data)[9] == IPPROTO_IPIP ? BPF_OK : BPF_DROP;
}

SEC("lwt_in") // twin: writable
int counted_by_a_route(struct __sk_buff *context)
{
	void *data = start_of(context);

	if (data + 20 > end_of(context))
		return BPF_DROP;
	((__u8 *)data)[8]--;
	return BPF_OK;
}

SEC("xdp") // twin: map-value-bounds
int addresses_from_a_value(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	struct peer *peer = bpf_map_lookup_elem(&peers, &ip->daddr);
	if (!peer)
		return XDP_PASS;
	__builtin_memcpy(ethernet->h_dest, peer->mac + 8, ETH_ALEN);
	ip->daddr = peer->address;
	return bpf_redirect_map(&devices, peer->device, 0);
}

SEC("xdp") // twin: packet-bounds, not-null
int bytes_across_fragments(struct xdp_md *context)
{
	__u8 header[40];
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *bytes = data;

	if (data + 40 > end) {
		if (bpf_xdp_load_bytes(context, 0, header, sizeof(header)) < 0)
			return XDP_DROP;
		bytes = data;
	}
	return bytes[23] == IPPROTO_TCP ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
