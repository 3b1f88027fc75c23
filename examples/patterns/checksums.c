// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Checksums over headers and payloads, and what is made from them.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u16[64]);
} words SEC(".maps");

INLINE __u16 *scratch(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&words, &zero);
}

INLINE __u16 folded(__u64 sum)
{
	for (int i = 0; i < 4; i++) {
		if (sum >> 16)
			sum = (sum & 0xffff) + (sum >> 16);
	}
	return ~sum;
}

SEC("xdp") // twin: packet-bounds
int header_in_a_loop(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	__u32 sum = 0;

	if ((void *)(ip + 1) > end_of(context))
		return XDP_DROP;
	__u16 *word = (void *)ip;
	ROLLED
	for (__u32 i = 0; i < sizeof(*ip) / 2; i++)
		sum += *word++;
	return folded(sum) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int header_with_options_in_a_loop(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	__u32 sum = 0;

	if ((void *)(ip + 1) > end || ip->ihl < 5)
		return XDP_DROP;
	__u16 *word = (void *)ip;
	ROLLED
	for (__u32 i = 0; i < 30; i++) {
		if (i >= ip->ihl * 2)
			break;
		if ((void *)(word + 1) > end)
			return XDP_DROP;
		sum += *word++;
	}
	return folded(sum) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int payload_up_to_its_length(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct udphdr *udp = data + 34;
	__u64 sum = 0;

	if ((void *)(udp + 1) > end)
		return XDP_DROP;
	__u32 length = bpf_ntohs(udp->len);
	__u16 *word = (void *)udp;
	ROLLED
	for (__u32 i = 0; i < 740; i++) {
		if (length < 2 || (void *)(word + 1) > end)
			break;
		sum += *word++;
		length -= 2;
	}
	if (length == 1 && (void *)word + 1 <= end)
		sum += *(__u8 *)word;
	return folded(sum) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int payload_by_index(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u16 *word = data + 34;
	__u32 sum = 0, i;

	ROLLED
	for (i = 0; i < 512; i++) {
		if ((void *)(word + i + 1) > end)
			break;
		sum += word[i];
	}
	return folded(sum) ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int pseudo_header(struct __sk_buff *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	struct tcphdr *tcp = (void *)(ip + 1);
	__u64 sum = 0;

	if ((void *)(tcp + 1) > end_of(context))
		return TC_ACT_SHOT;
	sum += ip->saddr;
	sum += ip->daddr;
	sum += (__u16)~tcp->check;
	sum += bpf_htons(ip->protocol + bpf_ntohs(ip->tot_len) - ip->ihl * 4);
	sum = (sum & 0xffffffff) + (sum >> 32);
	tcp->check = folded(sum);
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int difference_by_helper(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	__be32 address = bpf_htonl(0x0a000001);

	if ((void *)(ip + 1) > end_of(context))
		return XDP_DROP;
	__s64 sum = bpf_csum_diff(&ip->daddr, 4, &address, 4, (__u16)~ip->check);
	ip->daddr = address;
	ip->check = folded(sum);
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int header_by_helper(struct xdp_md *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;

	if ((void *)(ip + 1) > end_of(context))
		return XDP_DROP;
	ip->check = 0;
	ip->check = folded(bpf_csum_diff(0, 0, (void *)ip, sizeof(*ip), 0));
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int options_by_helper(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + ETH_HLEN;

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	__u32 length = ip->ihl * 4;
	if (length < 20 || (void *)ip + length > end)
		return XDP_DROP;
	return folded(bpf_csum_diff(0, 0, (void *)ip, length, 0)) ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: stack-initialised
int header_is_copied_first(struct xdp_md *context)
{
	void *data = start_of(context);
	struct {
		__be32 source, destination;
		__u8 zero, protocol;
		__be16 length;
		struct udphdr udp;
	} pseudo;
	struct iphdr *ip = data + ETH_HLEN;
	struct udphdr *udp = (void *)(ip + 1);

	if ((void *)(udp + 1) > end_of(context))
		return XDP_DROP;
	pseudo.source = ip->saddr;
	pseudo.destination = ip->daddr;
	pseudo.zero = 0;
	pseudo.protocol = IPPROTO_UDP;
	pseudo.length = udp->len;
	pseudo.udp = *udp;
	return folded(bpf_csum_diff(0, 0, (void *)&pseudo, sizeof(pseudo), 0)) ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: map-value-bounds, termination
int words_in_a_value(struct __sk_buff *context)
{
	__u16 *word = scratch();
	__u32 sum = 0, length = context->len;

	if (!word)
		return TC_ACT_OK;
	if (length > 128)
		length = 128;
	length &= ~1u;
	if (length == 0 || bpf_skb_load_bytes(context, 0, word, length) < 0)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < length / 2; i++)
		sum += word[i];
	return folded(sum) ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int cookie_of_a_handshake(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct tcphdr *tcp = (void *)(ip + 1);

	if ((void *)(tcp + 1) > end || ip->ihl != 5 || !tcp->syn || tcp->ack)
		return XDP_PASS;
	__u32 header = tcp->doff * 4;
	if (header < sizeof(*tcp) || (void *)tcp + header > end)
		return XDP_DROP;
	__s64 cookie = bpf_tcp_raw_gen_syncookie_ipv4(ip, tcp, header);
	if (cookie < 0)
		return XDP_DROP;
	tcp->ack_seq = bpf_htonl(bpf_ntohl(tcp->seq) + 1);
	tcp->seq = bpf_htonl((__u32)cookie);
	tcp->ack = 1;
	__be16 port = tcp->source;
	tcp->source = tcp->dest;
	tcp->dest = port;
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int answer_of_an_echo(struct xdp_md *context)
{
	void *data = start_of(context);
	struct {
		__u8 type, code;
		__u16 check;
	} *icmp = data + 34;
	struct iphdr *ip = data + ETH_HLEN;

	if ((void *)(icmp + 1) > end_of(context))
		return XDP_DROP;
	if (ip->protocol != IPPROTO_ICMP || icmp->type != 8)
		return XDP_PASS;
	__u32 sum = (__u16)~icmp->check + (__u16)~bpf_htons(0x0800);
	sum = (sum & 0xffff) + (sum >> 16);
	icmp->check = ~(sum + (sum >> 16));
	icmp->type = 0;
	__be32 address = ip->saddr;
	ip->saddr = ip->daddr;
	ip->daddr = address;
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int crc_of_bytes(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 crc = -1;

	ROLLED
	for (__u32 i = 0; i < 64; i++) {
		__u8 *byte = data + i;
		if ((void *)(byte + 1) > end)
			break;
		crc ^= *byte;
		ROLLED
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return crc ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
