// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Walking chains of headers as long as the packet may be.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")

struct extension {
	__u8 next, length;
};

INLINE int walk(struct xdp_md *context, int bound)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ipv6hdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	__u8 next = ip->nexthdr;
	void *cursor = ip + 1;
	ROLLED
	for (int i = 0; i < bound; i++) {
		struct extension *extension = cursor;
		if (next == IPPROTO_NONE)
			return XDP_DROP;
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS && next != IPPROTO_FRAGMENT)
			break;
		if ((void *)(extension + 1) > end)
			return XDP_DROP;
		cursor += next == IPPROTO_FRAGMENT ? 8 : (extension->length + 1) * 8;
		next = extension->next;
	}
	if (next != IPPROTO_TCP)
		return XDP_PASS;
	struct tcphdr *tcp = cursor;
	if ((void *)tcp > end)
		return XDP_DROP;
	return tcp->rst ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int sixteen_headers(struct xdp_md *context)
{
	return walk(context, 16);
}

SEC("xdp") // twin: packet-bounds
int sixty_four_headers(struct xdp_md *context)
{
	return walk(context, 64);
}

SEC("xdp") // twin: packet-bounds
int thousand_headers(struct xdp_md *context)
{
	return walk(context, 1000);
}

SEC("xdp") // twin: termination
int headers_up_to_the_end(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct ipv6hdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	__u8 next = ip->nexthdr;
	void *cursor = ip + 1;
	ROLLED
	while (next == IPPROTO_HOPOPTS || next == IPPROTO_DSTOPTS) {
		struct extension *extension = cursor;
		if ((void *)(extension + 1) > end)
			return XDP_DROP;
		next = extension->next;
		cursor += extension->length * 8;
	}
	return next == IPPROTO_TCP ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: packet-bounds
int headers_by_offset(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 offset = 54;
	__u8 next = 0;

	ROLLED
	for (int i = 0; i < 1000; i++) {
		if (offset > 0xffff)
			return TC_ACT_SHOT;
		struct extension *extension = data + offset;
		if ((void *)extension > end)
			return TC_ACT_SHOT;
		if (next == IPPROTO_TCP)
			break;
		next = extension->next;
		offset += (extension->length + 1) * 8;
	}
	context->mark = offset;
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds, termination
int options_of_any_number(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *option = data + 54;
	__u32 sum = 0;

	ROLLED
	while ((void *)(option + 1) <= end) {
		if (option[0] == 0)
			break;
		if (option[0] == 1) {
			option++;
			continue;
		}
		if (option[1] < 2)
			return XDP_DROP;
		sum += option[0];
		option += option[1];
	}
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int chunks_with_padding(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	void *chunk = data + 46;

	ROLLED
	for (int i = 0; i < 128; i++) {
		if (chunk + 3 > end)
			return XDP_PASS;
		__u16 length = bpf_ntohs(*(__u16 *)(chunk + 2));
		if (length < 4)
			return XDP_DROP;
		chunk += (length + 3) & ~3;
	}
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int two_levels_of_options(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *outer = data + 54;
	__u32 found = 0;

	ROLLED
	for (int i = 0; i < 20; i++) {
		if ((void *)(outer + 2) > end)
			break;
		__u8 *inner = outer + 2;
		__u8 length = outer[1];
		ROLLED
		for (int j = 0; j < 20; j++) {
			if (inner >= outer + length)
				break;
			found += inner[0];
			inner += inner[1] + 2;
		}
		outer += length + 2;
	}
	return found ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
