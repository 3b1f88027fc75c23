// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Ways to compare a pointer into the packet with its end.
#include "patterns.h"

SEC("xdp") // twin: packet-bounds
int copy_is_checked(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	void *other = data;

	opaque(other);
	other = data;
	opaque(ethernet);
	if (other + 13 > end)
		return XDP_DROP;
	return ((struct ethhdr *)data)->h_proto ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int copy_is_used(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	void *original = data;

	asm volatile("%0 = %1" : "=r"(original) : "r"(data));
	if (data + 40 > end)
		return XDP_DROP;
	return *(__u64 *)(original + 33) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int two_cursors(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *first = data, *second;

	if (data + 1 > end)
		return XDP_DROP;
	first += *first & 15;
	asm volatile("%0 = %1" : "=r"(second) : "r"(first));
	second += 4;
	if (second > (__u8 *)end)
		return XDP_DROP;
	return first[4] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int difference(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (end - data < 32)
		return XDP_DROP;
	return *(__u16 *)(data + 32) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int difference_as_unsigned(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u64 length = end - data;

	if (length >= 54)
		return *(__u64 *)(data + 52) ? XDP_PASS : XDP_DROP;
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int difference_bounds_index(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u64 length = end - data;
	__u64 index = context->rx_queue_index;

	if (index <= length)
		return ((__u8 *)data)[index] ? XDP_PASS : XDP_DROP;
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int end_on_the_left(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (end < data + 13)
		return XDP_DROP;
	return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int strictly_less(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 12 < end)
		return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int at_most(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 14 >= end)
		return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int end_at_least(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	asm volatile goto("if %0 >= %1 goto %l[fits]" : : "r"(data + 14), "r"(end) : : fits);
	return XDP_DROP;
fits:
	return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int end_greater(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	asm volatile goto("if %1 > %0 goto %l[fits]" : : "r"(data + 12), "r"(end) : : fits);
	return XDP_DROP;
fits:
	return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int end_less_or_equal(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	asm volatile goto("if %1 < %0 goto %l[out]" : : "r"(data + 13), "r"(end) : : out);
	return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
out:
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int signed_comparison(struct xdp_md *context)
{
	long data = (long)start_of(context);
	long end = (long)end_of(context);

	if (end - data <= 14)
		return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int end_is_moved(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data > end - 13)
		return XDP_DROP;
	return ((__u8 *)data)[13] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int read_from_the_end(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 4 > end)
		return XDP_DROP;
	return *(__u32 *)(end - 8) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int far_check_covers_near(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	struct iphdr *ip = (void *)(ethernet + 1);
	struct tcphdr *tcp = (void *)(ip + 1);

	if ((void *)(tcp) > end)
		return XDP_PASS;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP) || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	return tcp->window ? XDP_PASS : XDP_DROP;
}

struct cursor {
	void *position;
};

struct vlan {
	__be16 identifier;
	__be16 protocol;
};

INLINE int ethernet_header(struct cursor *cursor, void *end, struct ethhdr **header)
{
	struct ethhdr *ethernet = cursor->position;
	struct vlan *vlan;
	__u16 protocol;

	if (cursor->position + sizeof(*ethernet) > end)
		return -1;
	cursor->position += sizeof(*ethernet);
	*header = ethernet;
	protocol = ethernet->h_proto;
	vlan = cursor->position;
#pragma clang loop unroll(enable)
	for (int i = 0; i < 4; i++) {
		if (protocol != bpf_htons(ETH_P_8021Q) && protocol != bpf_htons(ETH_P_8021AD))
			break;
		if ((void *)vlan > end)
			break;
		protocol = vlan->protocol;
		vlan++;
	}
	cursor->position = vlan;
	return protocol;
}

SEC("xdp") // twin: packet-bounds
int cursor_over_vlans(struct xdp_md *context)
{
	void *end = end_of(context);
	struct cursor cursor = {start_of(context)};
	struct ethhdr *ethernet;
	int protocol = ethernet_header(&cursor, end, &ethernet);

	if (protocol < 0)
		return XDP_ABORTED;
	if (protocol == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = cursor.position;
		if ((void *)(ip + 1) > end)
			return XDP_DROP;
		return ip->hop_limit ? XDP_PASS : XDP_DROP;
	}
	if (ethernet->h_source[0] & 1)
		return XDP_DROP;
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int offset_in_a_number(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	__u64 offset = sizeof(*ethernet);

	if (data + offset > end)
		return XDP_DROP;
	__u16 protocol = ethernet->h_proto;
	if (protocol == bpf_htons(ETH_P_8021Q)) {
		struct vlan *vlan = data + offset;
		offset += sizeof(*vlan);
		if (data + offset > end)
			return XDP_DROP;
		protocol = vlan->protocol;
	}
	struct iphdr *ip = data + offset;
	if (protocol != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (data + offset > end)
		return XDP_DROP;
	return ip->ttl > 1 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: pointer, pointer-arithmetic
int pointers_after_moving_the_head(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 14 > end)
		return XDP_DROP;
	if (bpf_xdp_adjust_head(context, -20))
		return XDP_DROP;
	end = end_of(context);
	end = end_of(context);
	if (data + 34 > end)
		return XDP_DROP;
	__builtin_memset(data, 0, 20);
	return XDP_TX;
}

SEC("tc") // twin: pointer
int pointers_after_pulling(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 54 > end) {
		if (bpf_skb_pull_data(context, 54) < 0)
			return TC_ACT_SHOT;
		context->mark = 1;
		end = end_of(context);
		if (data + 54 > end)
			return TC_ACT_SHOT;
	}
	return ((__u8 *)data)[53] ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: packet-bounds
int pointers_after_cutting_the_tail(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (end - data > 1000 && bpf_xdp_adjust_tail(context, (int)(1000 - (end - data))))
		return XDP_DROP;
	data = start_of(context);
	end = end_of(context);
	if (data > end)
		return XDP_DROP;
	*(__u16 *)data = 0;
	return XDP_TX;
}

struct note {
	__u32 mark;
	__u32 queue;
};

SEC("xdp") // twin: packet-bounds
int bytes_before_the_packet(struct xdp_md *context)
{
	struct note *note;

	if (bpf_xdp_adjust_meta(context, -(int)sizeof(*note)))
		return XDP_ABORTED;
	note = (void *)(long)context->data_meta;
	if ((void *)note > start_of(context))
		return XDP_ABORTED;
	note->mark = 7;
	note->queue = context->rx_queue_index;
	return XDP_PASS;
}

SEC("tc") // twin: packet-bounds
int note_from_xdp(struct __sk_buff *context)
{
	void *data = start_of(context);
	struct note *note = (void *)(long)context->data_meta;

	if ((void *)note > data)
		return TC_ACT_OK;
	context->mark = note->mark;
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int addresses_swapped(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ethhdr *ethernet = data;
	unsigned char address[ETH_ALEN];

	if (data + ETH_ALEN > end)
		return XDP_DROP;
	__builtin_memcpy(address, ethernet->h_source, ETH_ALEN);
	__builtin_memcpy(ethernet->h_source, ethernet->h_dest, ETH_ALEN);
	__builtin_memcpy(ethernet->h_dest, address, ETH_ALEN);
	return XDP_TX;
}

SEC("xdp") // twin: packet-bounds
int halved_check(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 need = context->ingress_ifindex == 1 ? 33 : 54;

	opaque(need);
	if (data + need > end)
		return XDP_DROP;
	return ((__u8 *)data)[33] ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: packet-bounds
int difference_in_32_bits(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 length = end - data;

	opaque(length);
	if (length < sizeof(struct ethhdr) + sizeof(struct iphdr))
		return TC_ACT_SHOT;
	struct iphdr *ip = data + sizeof(struct ethhdr) + 12;
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
	return ((__u8 *)data)[20] ? TC_ACT_OK : TC_ACT_SHOT;
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
	return *(__u16 *)(payload + 7) ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
