// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Parsers of protocols: what lies behind Ethernet, IP, UDP and TCP.
#include "patterns.h"
#include <linux/icmpv6.h>

#define ROLLED _Pragma("clang loop unroll(disable)")

struct vlan {
	__be16 tag, protocol;
};

struct icmphdr {
	__u8 type, code;
	__be16 checksum;
	__be32 rest;
};

struct cursor {
	void *position, *end;
};

struct name {
	__u8 length;
	char text[63];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct name);
	__type(value, __u64);
} names SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct name);
} scratch SEC(".maps");

INLINE struct name *scratch_name(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch, &zero);
}

/* Moves a cursor over so many bytes, and says where they are. */
INLINE void *take(struct cursor *cursor, __u32 bytes)
{
	void *taken = cursor->position;

	if (taken + bytes > cursor->end)
		return NULL;
	cursor->position += bytes;
	return taken;
}

#define begin(context) {.position = start_of(context), .end = end_of(context)}

/* The IPv4 header behind the Ethernet header, with the cursor behind its options. */
INLINE struct iphdr *take_ipv4(struct cursor *cursor)
{
	struct ethhdr *ethernet = take(cursor, sizeof(*ethernet));

	if (!ethernet || ethernet->h_proto != bpf_htons(ETH_P_IP))
		return NULL;
	struct iphdr *ip = take(cursor, sizeof(*ip));
	if (!ip || ip->ihl < 5)
		return NULL;
	if (!take(cursor, ip->ihl * 4 - sizeof(*ip)))
		return NULL;
	return ip;
}

SEC("xdp") // twin: packet-bounds
int two_tags(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct ethhdr *ethernet = take(&cursor, sizeof(*ethernet));

	if (!ethernet)
		return XDP_DROP;
	__be16 protocol = ethernet->h_proto;
	for (int i = 0; i < 2; i++) {
		if (protocol != bpf_htons(ETH_P_8021Q) && protocol != bpf_htons(ETH_P_8021AD))
			break;
		struct vlan *vlan = take(&cursor, sizeof(*vlan) - 1);
		if (!vlan)
			return XDP_DROP;
		protocol = vlan->protocol;
	}
	return protocol == bpf_htons(ETH_P_IP) ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: packet-bounds
int any_protocol_behind_tags(struct __sk_buff *context)
{
	struct cursor cursor = begin(context);
	struct ethhdr *ethernet = take(&cursor, sizeof(*ethernet));
	struct vlan *vlan;
	__u32 tags = 0;

	if (!ethernet)
		return TC_ACT_OK;
	__be16 protocol = ethernet->h_proto;
	while (protocol == bpf_htons(ETH_P_8021Q) && tags++ < 4) {
		if (!(vlan = take(&cursor, sizeof(*vlan))))
			return TC_ACT_OK;
		protocol = vlan->protocol;
	}
	switch (protocol) {
	case bpf_htons(ETH_P_IP): {
		struct iphdr *ip = take(&cursor, sizeof(*ip));
		return ip && ip->ttl > 1 ? TC_ACT_OK : TC_ACT_SHOT;
	}
	case bpf_htons(ETH_P_IPV6): {
		struct ipv6hdr *ip = take(&cursor, 7);
		return ip && ip->hop_limit > 1 ? TC_ACT_OK : TC_ACT_SHOT;
	}
	}
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int address_resolution(struct xdp_md *context)
{
	struct arp {
		__be16 hardware, protocol;
		__u8 hardware_length, protocol_length;
		__be16 operation;
		__u8 from[6], from_address[4], to[6], to_address[4];
	} *arp;
	struct cursor cursor = begin(context);
	struct ethhdr *ethernet = take(&cursor, sizeof(*ethernet));

	if (!ethernet || ethernet->h_proto != bpf_htons(ETH_P_ARP))
		return XDP_PASS;
	arp = take(&cursor, sizeof(*arp) - 4);
	if (!arp || arp->operation != bpf_htons(1))
		return XDP_PASS;
	__u8 wanted[4];
	__builtin_memcpy(wanted, arp->to_address, 4);
	__builtin_memcpy(arp->to_address, arp->from_address, 4);
	__builtin_memcpy(arp->from_address, wanted, 4);
	__builtin_memcpy(arp->to, arp->from, 6);
	arp->operation = bpf_htons(2);
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int ports_behind_options(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor);
	__be16 *ports;

	if (!ip || ip->frag_off & bpf_htons(0x1fff))
		return XDP_PASS;
	if (ip->protocol != IPPROTO_TCP && ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	if (!(ports = take(&cursor, 2)))
		return XDP_PASS;
	return ports[1] == bpf_htons(53) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int inner_header_of_an_error(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor), *inner;
	struct icmphdr *icmp;
	struct udphdr *udp;

	if (!ip || ip->protocol != IPPROTO_ICMP)
		return XDP_PASS;
	icmp = take(&cursor, sizeof(*icmp));
	if (!icmp || (icmp->type != 3 && icmp->type != 11))
		return XDP_PASS;
	inner = take(&cursor, sizeof(*inner));
	if (!inner || inner->ihl < 5 || inner->protocol != IPPROTO_UDP)
		return XDP_PASS;
	udp = (void *)inner + inner->ihl * 4;
	if ((void *)(inner + 2) > cursor.end)
		return XDP_PASS;
	return udp->source == bpf_htons(4789) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int inner_header_of_an_error_of_version_6(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct ethhdr *ethernet = take(&cursor, sizeof(*ethernet));
	struct ipv6hdr *ip, *inner;
	struct icmp6hdr *icmp;

	if (!ethernet || ethernet->h_proto != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	if (!(ip = take(&cursor, sizeof(*ip))) || ip->nexthdr != IPPROTO_ICMPV6)
		return XDP_PASS;
	if (!(icmp = take(&cursor, sizeof(*icmp))) || icmp->icmp6_type != ICMPV6_PKT_TOOBIG)
		return XDP_PASS;
	if (!(inner = take(&cursor, 6)))
		return XDP_PASS;
	return inner->nexthdr == IPPROTO_TCP ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int fragment_of_version_6(struct xdp_md *context)
{
	struct fragment {
		__u8 next, reserved;
		__be16 offset;
		__be32 identification;
	} *fragment;
	struct cursor cursor = begin(context);
	struct ethhdr *ethernet = take(&cursor, sizeof(*ethernet));
	struct ipv6hdr *ip = ethernet ? take(&cursor, sizeof(*ip)) : NULL;
	struct tcphdr *tcp;

	if (!ip || ethernet->h_proto != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	__u8 next = ip->nexthdr;
	if (next == IPPROTO_FRAGMENT) {
		if (!(fragment = take(&cursor, 2)))
			return XDP_DROP;
		if (fragment->offset & bpf_htons(0xfff8))
			return XDP_PASS;
		next = fragment->next;
	}
	if (next != IPPROTO_TCP)
		return XDP_PASS;
	tcp = take(&cursor, sizeof(*tcp));
	return tcp && tcp->syn ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int optional_fields_of_gre(struct __sk_buff *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor), *inner;
	__be16 *gre;

	if (!ip || ip->protocol != IPPROTO_GRE)
		return TC_ACT_OK;
	if (!(gre = take(&cursor, 4)))
		return TC_ACT_SHOT;
	__u32 more = 0;
	if (gre[0] & bpf_htons(0x8000))
		more += 4;
	if (gre[0] & bpf_htons(0x2000))
		more += 4;
	if (gre[0] & bpf_htons(0x1000))
		more += 4;
	if (!take(&cursor, more))
		return TC_ACT_SHOT;
	if (gre[1] != bpf_htons(ETH_P_IP))
		return TC_ACT_OK;
	inner = (void *)(gre + 2);
	return inner && inner->ttl ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: packet-bounds
int network_within_a_network(struct __sk_buff *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor), *inner_ip;
	struct udphdr *udp;
	__be32 *vxlan;
	struct ethhdr *inner;

	if (!ip || ip->protocol != IPPROTO_UDP)
		return TC_ACT_OK;
	if (!(udp = take(&cursor, sizeof(*udp))) || udp->dest != bpf_htons(4789))
		return TC_ACT_OK;
	if (!(vxlan = take(&cursor, 8)) || !(vxlan[0] & bpf_htonl(0x08000000)))
		return TC_ACT_OK;
	if (!(inner = take(&cursor, sizeof(*inner))) || inner->h_proto != bpf_htons(ETH_P_IP))
		return TC_ACT_OK;
	if (!(inner_ip = (void *)(inner + 1)))
		return TC_ACT_OK;
	context->mark = bpf_ntohl(vxlan[1]) >> 8;
	return inner_ip->daddr ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: packet-bounds
int options_of_geneve(struct __sk_buff *context)
{
	struct geneve {
		__u8 words : 6, version : 2;
		__u8 flags;
		__be16 protocol;
		__be32 network;
	} *geneve;
	struct option {
		__be16 class;
		__u8 type;
		__u8 words : 5, reserved : 3;
	} *option;
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor);

	if (!ip || ip->protocol != IPPROTO_UDP || !take(&cursor, sizeof(struct udphdr)))
		return TC_ACT_OK;
	if (!(geneve = take(&cursor, sizeof(*geneve))) || geneve->version)
		return TC_ACT_OK;
	void *last = cursor.position + geneve->words * 4;
	for (int i = 0; i < 8; i++) {
		if (cursor.position >= last)
			break;
		option = cursor.position;
		if (!option)
			return TC_ACT_SHOT;
		if (option->class == bpf_htons(0x102))
			return TC_ACT_SHOT;
		cursor.position += option->words * 4;
	}
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds, map-value-bounds, termination
int question_of_dns(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor);
	struct name *name = scratch_name();
	struct udphdr *udp;
	__u64 one = 1;

	if (!name || !ip || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	if (!(udp = take(&cursor, sizeof(*udp))) || udp->dest != bpf_htons(53) || !take(&cursor, 12))
		return XDP_PASS;
	__builtin_memset(name, 0, sizeof(*name));
	ROLLED
	for (__u32 i = 0; i < sizeof(name->text) + 1; i++) {
		__u8 *byte = take(&cursor, 1);
		if (!byte)
			return XDP_PASS;
		if (*byte == 0)
			break;
		name->text[i] = *byte;
		name->length = i + 1;
	}
	bpf_map_update_elem(&names, name, &one, BPF_ANY);
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int labels_of_dns(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 offset = 14 + 20 + 8 + 12, labels = 0;

	ROLLED
	for (int i = 0; i < 32; i++) {
		__u8 *label = data + offset;
		if ((void *)label > end)
			return XDP_DROP;
		if (!*label)
			break;
		if (*label & 0xc0)
			return XDP_DROP;
		offset += *label + 1;
		labels++;
	}
	return labels > 10 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int type_behind_the_question(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	__be16 *type;
	__u8 *byte;

	if (!take(&cursor, 14 + 20 + 8 + 12))
		return XDP_PASS;
	ROLLED
	for (int i = 0; i < 64; i++) {
		if (!(byte = take(&cursor, 1)))
			return XDP_PASS;
		if (!*byte)
			break;
	}
	if (!(type = take(&cursor, 3)))
		return XDP_PASS;
	return type[1] == bpf_htons(1) && type[0] == bpf_htons(255) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int name_and_case(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	__u8 name[32] = {};
	__u32 length = 0;

	if (!take(&cursor, 14 + 20 + 8 + 12))
		return XDP_PASS;
	ROLLED
	for (__u32 i = 0; i < sizeof(name); i++) {
		__u8 *byte = cursor.position + i;
		if ((void *)byte > cursor.end)
			break;
		__u8 c = *byte;
		if (!c)
			break;
		name[i] = c >= 'A' && c <= 'Z' ? c | 32 : c;
		length++;
	}
	return length > 4 && name[0] == 'w' ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int server_name_of_tls(struct __sk_buff *context)
{
	struct extension {
		__be16 type, length;
	} *extension;
	struct cursor cursor = begin(context);
	__u8 *bytes;
	__be16 *length;

	/* Record, handshake, version, random. */
	if (!(bytes = take(&cursor, 54 + 5 + 4 + 2 + 32)) || bytes[54] != 22 || bytes[59] != 1)
		return TC_ACT_OK;
	if (!(bytes = take(&cursor, 1)) || *bytes > 32 || !take(&cursor, *bytes))
		return TC_ACT_OK;
	if (!(length = take(&cursor, 2)))
		return TC_ACT_OK;
	__u32 ciphers = bpf_ntohs(*length);
	if (ciphers > 512 || !take(&cursor, ciphers))
		return TC_ACT_OK;
	if (!(bytes = take(&cursor, 1)) || !take(&cursor, *bytes) || !take(&cursor, 2))
		return TC_ACT_OK;
	for (int i = 0; i < 16; i++) {
		if (!(extension = take(&cursor, 2)))
			return TC_ACT_OK;
		if (extension->type == 0) {
			bytes = take(&cursor, 6);
			return bytes && bytes[5] == 'a' ? TC_ACT_SHOT : TC_ACT_OK;
		}
		__u32 skipped = bpf_ntohs(extension->length);
		if (skipped > 1024 || !take(&cursor, skipped))
			return TC_ACT_OK;
	}
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int options_of_dhcp(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	__u32 server = 0;

	if (!take(&cursor, 14 + 20 + 8 + 240))
		return XDP_PASS;
	ROLLED
	for (int i = 0; i < 12; i++) {
		__u8 *option = take(&cursor, 1), *length;
		if (!option || *option == 255)
			break;
		if (*option == 0)
			continue;
		if (!(length = take(&cursor, 1)))
			break;
		if (*option == 54 && *length == 4) {
			__u32 *address = cursor.position;
			if (!address)
				break;
			server = *address;
			continue;
		}
		if (!take(&cursor, *length))
			break;
	}
	return server == bpf_htonl(0x0a000001) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int window_scale_and_timestamps(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor);
	struct tcphdr *tcp;
	__u32 scale = 0, stamp = 0;

	if (!ip || ip->protocol != IPPROTO_TCP || !(tcp = take(&cursor, sizeof(*tcp))) || tcp->doff < 5)
		return XDP_PASS;
	__u8 *option = cursor.position, *last = (void *)tcp + tcp->doff * 4;
	ROLLED
	for (int i = 0; i < 10; i++) {
		if (option + 2 > last || (void *)option + 2 > cursor.end)
			break;
		if (option[0] == 0)
			break;
		if (option[0] == 1) {
			option++;
			continue;
		}
		if (option[1] < 2)
			break;
		if (option[0] == 3 && (void *)option + 3 <= cursor.end)
			scale = option[2];
		if (option[0] == 8 && (void *)option + 9 <= cursor.end)
			stamp = *(__u32 *)(option + 6);
		option += option[1];
	}
	return scale + stamp ? XDP_PASS : XDP_DROP;
}

SEC("socket") // twin: stack-initialised
int ports_of_a_socket_filter(struct __sk_buff *context)
{
	struct iphdr ip;
	__be16 ports[2];

	if (bpf_skb_load_bytes(context, ETH_HLEN, &ip, sizeof(ip)) < 0)
		return 0;
	if (ip.protocol != IPPROTO_TCP)
		return 0;
	if (bpf_skb_load_bytes(context, ETH_HLEN + ip.ihl * 4, ports, 2) < 0)
		return 0;
	return ports[1] == bpf_htons(80) ? -1 : 0;
}

SEC("socket") // twin: stack-initialised
int method_of_a_request(struct __sk_buff *context)
{
	char method[8];
	__u32 offset = ETH_HLEN + sizeof(struct iphdr);
	__u8 words;

	if (bpf_skb_load_bytes(context, offset + 12, &words, 1) < 0)
		return 0;
	offset += words >> 4 << 2;
	if (offset + 8 > context->len)
		return 0;
	bpf_skb_load_bytes(context, offset, method, 4);
	if (method[0] == 'G' && method[1] == 'E' && method[2] == 'T')
		return -1;
	if (method[0] == 'D' && method[5] == 'E')
		return -1;
	return 0;
}

SEC("tc") // twin: packet-bounds
int request_is_compared(struct __sk_buff *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor);
	struct tcphdr *tcp;

	if (!ip || ip->protocol != IPPROTO_TCP || !(tcp = take(&cursor, sizeof(*tcp))))
		return TC_ACT_OK;
	if (tcp->doff < 5 || !take(&cursor, tcp->doff * 4 - sizeof(*tcp)))
		return TC_ACT_OK;
	char *payload = take(&cursor, 12);
	if (!payload)
		return TC_ACT_OK;
	if (!__builtin_memcmp(payload, "GET /admin", 10))
		return TC_ACT_SHOT;
	return __builtin_memcmp(payload + 8, "POST /admin", 11) ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: packet-bounds, map-value-bounds, termination
int key_of_a_cache_request(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct name *name = scratch_name();
	char *request;

	if (!name || !(request = take(&cursor, 14 + 20 + 8 + 8 + 4)))
		return XDP_PASS;
	if (request[50] != 'g' || request[51] != 'e' || request[52] != 't' || request[53] != ' ')
		return XDP_PASS;
	__u32 length = 0;
	ROLLED
	while (length <= sizeof(name->text)) {
		char *byte = cursor.position;
		if ((void *)(byte + 1) > cursor.end)
			return XDP_PASS;
		if (*byte == '\r' || *byte == ' ')
			break;
		name->text[length++] = *byte;
		cursor.position++;
	}
	name->length = length;
	return bpf_map_lookup_elem(&names, name) ? XDP_TX : XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int identifier_of_a_connection(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct name *name = scratch_name();
	__u8 *head, *identifier;

	if (!name || !take(&cursor, 14 + 20 + 8) || !(head = take(&cursor, 6)) || !(head[0] & 0x80))
		return XDP_PASS;
	__u8 length = head[5];
	if (length > 64)
		return XDP_DROP;
	if (!(identifier = take(&cursor, length)))
		return XDP_DROP;
	ROLLED
	for (__u32 i = 0; i < length; i++)
		name->text[i] = identifier[i];
	name->length = length;
	return XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int links_of_neighbours(struct __sk_buff *context)
{
	struct cursor cursor = begin(context);
	__u8 *option, *address = NULL;

	if (!take(&cursor, 14 + 40 + 24))
		return TC_ACT_OK;
	for (int i = 0; i < 4; i++) {
		if (!(option = take(&cursor, 8)))
			break;
		if (option[1] == 0)
			return TC_ACT_SHOT;
		if (option[0] == 1 && option[1] == 1) {
			address = option + 3;
			break;
		}
		if (!take(&cursor, (option[1] - 1) * 8))
			break;
	}
	return address && address[5] & 1 ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int segments_of_a_route(struct __sk_buff *context)
{
	struct routing {
		__u8 next, words, type, left, last, flags;
		__be16 tag;
		struct in6_addr segments[];
	} *routing;
	struct cursor cursor = begin(context);

	if (!take(&cursor, 14 + 40) || !(routing = take(&cursor, sizeof(*routing))))
		return TC_ACT_OK;
	if (routing->type != 4 || routing->left > routing->last)
		return TC_ACT_OK;
	struct in6_addr *segment = &routing->segments[routing->left];
	if ((void *)segment > cursor.end)
		return TC_ACT_SHOT;
	return segment->in6_u.u6_addr8[0] == 0xfd ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: packet-bounds
int bytes_of_a_long_length(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *byte = data + 42;
	__u64 length;

	if ((void *)(byte + 1) > end)
		return XDP_PASS;
	length = *byte & 0x3f;
	switch (*byte >> 6) {
	case 3:
		if ((void *)(byte + 8) > end)
			return XDP_PASS;
		length = bpf_be64_to_cpu(*(__u64 *)byte) << 2 >> 2;
		break;
	case 2:
		if ((void *)(byte + 3) > end)
			return XDP_PASS;
		length = bpf_ntohl(*(__u32 *)byte) << 2 >> 2;
		break;
	case 1:
		if ((void *)(byte + 2) > end)
			return XDP_PASS;
		length = bpf_ntohs(*(__u16 *)byte) & 0x3fff;
		break;
	}
	return length > 1200 ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: map-value-bounds, argument
int server_name_is_limited(struct __sk_buff *context)
{
	struct name *name = scratch_name();
	__u32 offset = 54 + 5 + 4 + 2 + 32;
	__be16 head[2];

	if (!name || bpf_skb_load_bytes(context, offset, head, 4) < 0)
		return TC_ACT_OK;
	__u32 length = bpf_ntohs(head[1]);
	if (length > sizeof(*name))
		length = sizeof(name->text);
	if (length < 1)
		return TC_ACT_OK;
	bpf_skb_load_bytes(context, offset + 4, name->text, length);
	name->length = length;
	return name->text[5] == 'x' ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int either_version(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct ethhdr *ethernet = take(&cursor, sizeof(*ethernet));
	struct iphdr *ip4 = NULL;
	struct ipv6hdr *ip6 = NULL;
	struct udphdr *udp;
	__u8 protocol;

	if (!ethernet)
		return XDP_PASS;
	if (ethernet->h_proto == bpf_htons(ETH_P_IP)) {
		if (!(ip4 = take(&cursor, sizeof(*ip4))))
			return XDP_PASS;
		protocol = ip4->protocol;
	} else if (ethernet->h_proto == bpf_htons(ETH_P_IPV6)) {
		if (!(ip6 = take(&cursor, sizeof(*ip6))))
			return XDP_PASS;
		protocol = ip6->nexthdr;
	} else {
		return XDP_PASS;
	}
	if (protocol != IPPROTO_UDP || !(udp = cursor.position))
		return XDP_PASS;
	if (ip4)
		ip4->ttl--;
	if (ip6)
		ip6->hop_limit--;
	return udp->dest == bpf_htons(7) ? XDP_TX : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
