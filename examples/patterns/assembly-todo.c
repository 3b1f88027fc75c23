// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// What people write in inline assembly so that a verifier follows, and what compilers make of halves and signs.
#include "patterns.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[256]);
} bytes SEC(".maps");

INLINE __u8 *value_of(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&bytes, &zero);
}

SEC("xdp") // twin: map-value-bounds
int remainder_of_64_bits(struct xdp_md *context)
{
	__u64 hash = bpf_ktime_get_ns(), entries = 250;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	opaque(entries);
	return value[hash % entries] ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
