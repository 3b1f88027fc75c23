// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Parsers of protocols: what lies behind Ethernet, IP, UDP and TCP.
#include "patterns.h"
#include <linux/icmpv6.h>

#define ROLLED _Pragma("clang loop unroll(disable)")

struct cursor {
	void *position, *end;
};

struct name {
	__u8 length;
	char text[63];
};

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

/* Clang tests both bounds of 16 bits at once: ((length - 64) & 0xffff) < 65473. */
SEC("tc") // twin: map-value-bounds
int server_name_is_loaded(struct __sk_buff *context)
{
	struct name *name = scratch_name();
	__u32 offset = 54 + 5 + 4 + 2 + 32;
	__u8 byte;
	__be16 word;

	if (!name || bpf_skb_load_bytes(context, offset, &byte, 1) < 0)
		return TC_ACT_OK;
	offset += 1 + byte;
	if (bpf_skb_load_bytes(context, offset, &word, 2) < 0)
		return TC_ACT_OK;
	offset += 2 + bpf_ntohs(word);
	for (int i = 0; i < 8; i++) {
		__be16 head[2];
		if (bpf_skb_load_bytes(context, offset, head, 4) < 0)
			return TC_ACT_OK;
		offset += 4;
		__u16 length = bpf_ntohs(head[1]);
		if (head[0] == 0) {
			if (length == 0 || length > sizeof(name->text))
				return TC_ACT_OK;
			bpf_skb_load_bytes(context, offset, name->text, length);
			name->length = length;
			return name->text[5] == 'x' ? TC_ACT_SHOT : TC_ACT_OK;
		}
		offset += length;
	}
	return TC_ACT_OK;
}

/* Clang computes how often the loop runs, and negates a pointer for that, which Linux does not permit. */
SEC("xdp") // twin: packet-bounds
int length_of_variable_width(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	__u8 *first;
	__u64 length;

	if (!take(&cursor, 14 + 20 + 8) || !(first = take(&cursor, 1)))
		return XDP_PASS;
	length = *first & 0x3f;
	__u32 more = (1 << (*first >> 6)) - 1;
	for (__u32 i = 0; i < 7; i++) {
		__u8 *next;
		if (i >= more)
			break;
		if (!(next = take(&cursor, 1)))
			return XDP_PASS;
		length = length << 8 | *next;
	}
	return length > 1200 ? XDP_DROP : XDP_PASS;
}

/* Clang makes total - header - 1 a sum: total + ~header. */
SEC("xdp") // twin: packet-bounds
int payload_by_total_length(struct xdp_md *context)
{
	struct cursor cursor = begin(context);
	struct iphdr *ip = take_ipv4(&cursor);

	if (!ip)
		return XDP_PASS;
	__u32 total = bpf_ntohs(ip->tot_len), header = ip->ihl * 4;
	if (total <= header || (void *)ip + total > cursor.end)
		return XDP_DROP;
	__u8 *payload = (void *)ip + header;
	return payload[total - header - 1] == payload[0] ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
