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
int masked_by_assembly(struct xdp_md *context)
{
	__u64 index = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	asm volatile("%0 &= 0xff" : "+r"(index));
	return value[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int bounded_by_assembly(struct xdp_md *context)
{
	__u64 index = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	asm volatile("if %0 < 256 goto +1; %0 = 255" : "+r"(index));
	return value[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int extended_by_shifts(struct xdp_md *context)
{
	__u64 index = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	asm volatile("%0 <<= 32; %0 >>= 32" : "+r"(index));
	if (index > 255)
		return XDP_DROP;
	return value[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int test_of_a_shifted_copy(struct xdp_md *context)
{
	__u64 index = bpf_ktime_get_ns(), copy;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	asm volatile("%0 = %1; %0 <<= 32; %0 >>= 32" : "=r"(copy) : "r"(index));
	if (copy > 255)
		return XDP_DROP;
	return value[(__u32)index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int sign_extended(struct xdp_md *context)
{
	int index = context->rx_queue_index;
	__u8 *value = value_of();

	opaque(index);
	if (!value || index < 0 || index > 255)
		return XDP_DROP;
	return value[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int signed_char(struct xdp_md *context)
{
	signed char index = context->rx_queue_index;
	__u8 *value = value_of();

	opaque(index);
	if (!value)
		return XDP_DROP;
	return value[128 + index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int negated(struct xdp_md *context)
{
	__u32 index = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value || index > 255)
		return XDP_DROP;
	return value[255 - index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int rounded_up(struct xdp_md *context)
{
	__u32 length = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value || length > 248)
		return XDP_DROP;
	return *(__u64 *)&value[(length + 7) & ~7u] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int smaller_without_branch(struct xdp_md *context)
{
	__u64 index = context->rx_queue_index, limit = 255;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	opaque(limit);
	if (index > limit)
		index = limit;
	return value[index] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int end_kept_by_assembly(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 length = end - data;

	if (length > 1500)
		return XDP_PASS;
	__u8 *cursor = data;
	opaque(cursor);
	cursor += 13;
	opaque(cursor);
	if ((void *)(cursor + 1) > end)
		return XDP_DROP;
	return *cursor ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int multiplied_and_divided(struct xdp_md *context)
{
	__u64 hash = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	return value[(hash * 200) >> 32] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int exclusive_or(struct xdp_md *context)
{
	__u32 one = context->rx_queue_index & 0xf0, other = context->ingress_ifindex & 0x3f;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	return value[one ^ other] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int choice_by_arithmetic(struct xdp_md *context)
{
	__u32 index = context->rx_queue_index;
	__u8 *value = value_of();

	if (!value)
		return XDP_DROP;
	__u32 fits = index < 256;
	index = fits ? index : 0;
	return value[index] ? XDP_PASS : XDP_DROP;
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
