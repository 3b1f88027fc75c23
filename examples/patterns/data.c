// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Constants, globals, structs that are copied, bitfields, byte orders.
#include "patterns.h"

const volatile __u32 limit = 12;
const volatile __u8 offsets[8] = {0, 2, 4, 6, 8, 10, 12, 14};
const volatile bool enabled = true;
__u64 seen[16];
__u32 last;

static const __u16 ports[6] = {22, 53, 80, 123, 443, 8080};

static const char greeting[] = "GET / HTTP";

struct session {
	__u32 source, destination;
	__u8 flags : 3, level : 5;
	__u16 kind : 4, index : 6, unused : 6;
	__u64 words[5];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct session);
} sessions SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[64]);
} bytes SEC(".maps");

SEC("xdp") // twin: map-value-bounds
int index_into_constants(struct xdp_md *context)
{
	__u32 index = context->rx_queue_index;

	if (index >= 8)
		return XDP_DROP;
	return offsets[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int constant_as_index(struct xdp_md *context)
{
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);

	if (!value)
		return XDP_DROP;
	return value[offsets[3] & 63] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int loop_over_constants(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct udphdr *udp = data + 34;

	if ((void *)(udp + 1) > end)
		return XDP_DROP;
#pragma clang loop unroll(disable)
	for (int i = 0; i < 6; i++) {
		if (udp->dest == bpf_htons(ports[i]))
			return XDP_DROP;
	}
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int index_into_globals(struct xdp_md *context)
{
	last = context->rx_queue_index;
	seen[context->rx_queue_index & 15] += 1;
	return enabled ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int compared_with_text(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	char *payload = data + 54;

	if ((void *)(payload + sizeof(greeting) - 1) > end)
		return XDP_PASS;
#pragma clang loop unroll(disable)
	for (int i = 0; i < (int)sizeof(greeting) - 1; i++) {
		if (payload[i] != greeting[i])
			return XDP_PASS;
	}
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int compared_with_memcmp(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 62 > end)
		return XDP_PASS;
	return __builtin_memcmp(data + 54, "SSH-2.0-", 8) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int value_into_struct(struct xdp_md *context)
{
	__u32 key = 1;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);
	struct session copy;

	if (!session)
		return XDP_DROP;
	copy = *session;
	copy.words[1]++;
	bpf_map_update_elem(&sessions, &key, &copy, BPF_ANY);
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int packet_into_value(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 key = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &key);

	if (!value || data + 64 > end)
		return XDP_DROP;
	__builtin_memcpy(value, data, 64);
	return XDP_PASS;
}

SEC("xdp") // twin: map-value-bounds
int bitfield_as_index(struct xdp_md *context)
{
	__u32 key = 1;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);

	if (!session)
		return XDP_DROP;
	key = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &key);
	if (!value)
		return XDP_DROP;
	return value[session->index] + value[session->level] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int bitfield_is_written(struct xdp_md *context)
{
	__u32 key = 1;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);

	if (!session)
		return XDP_DROP;
	session->flags = 5;
	session->level = context->rx_queue_index;
	session->index++;
	session->words[session->flags & 3] = 1;
	return XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int length_in_network_order(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	struct iphdr *ip = data + sizeof(struct ethhdr);

	if ((void *)(ip + 1) > end)
		return XDP_DROP;
	__u16 length = bpf_ntohs(ip->tot_len);
	if (length < sizeof(*ip) || (void *)ip + length > end)
		return XDP_DROP;
	return *((__u8 *)ip + length - 1) ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: map-value-bounds
int length_swapped_and_limited(struct __sk_buff *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 zero = 0;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);
	struct udphdr *udp = data + 34;

	if (!value || (void *)(udp + 1) > end)
		return TC_ACT_OK;
	__u32 length = bpf_ntohs(udp->len);
	if (length < 8 || length > 64 + 8)
		return TC_ACT_OK;
	length -= 8;
	if (length == 0)
		return TC_ACT_OK;
	bpf_skb_load_bytes(context, 42, value, length);
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int word_in_network_order(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);

	if (data + 4 > end)
		return XDP_DROP;
	__u32 offset = bpf_ntohl(*(__u32 *)data) >> 20;
	if (data + offset + 1 > end)
		return XDP_DROP;
	return ((__u8 *)data)[offset] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int address_as_bits(struct xdp_md *context)
{
	__u32 zero = 0, address = context->rx_queue_index;
	__u8 *value = bpf_map_lookup_elem(&bytes, &zero);

	if (!value)
		return XDP_DROP;
	__u32 bit = address >> 23;
	return value[bit >> 3] & 1 << (bit & 7) ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int setting_as_limit(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 need = limit;

	if (need < 20)
		need = 20;
	if (need > 1500)
		need = 1500;
	if (data + need > end)
		return XDP_DROP;
	return ((__u8 *)data)[19] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
