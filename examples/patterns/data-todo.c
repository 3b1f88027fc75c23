// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Constants, globals, structs that are copied, bitfields, byte orders.
#include "patterns.h"

const volatile __u32 limit = 12;
const volatile __u8 offsets[8] = {0, 2, 4, 6, 8, 10, 12, 14};
const volatile bool enabled = true;
__u64 seen[16];
__u32 last;

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

SEC("xdp") // twin: map-value-bounds
int struct_into_value(struct xdp_md *context)
{
	__u32 key = 1;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);
	struct session next = {.source = context->rx_queue_index, .words = {1, 2, 3}};

	if (!session)
		return XDP_DROP;
	__builtin_memcpy(session, &next, sizeof(next));
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
