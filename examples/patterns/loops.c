// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Loops that the compiler leaves as loops.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32[64]);
} tables SEC(".maps");

struct grid {
	__u32 used;
	__u16 cells[8][12];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct grid);
} grids SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

SEC("xdp") // twin: map-value-bounds
int until_not_equal(struct xdp_md *context)
{
	__u32 zero = 0, sum = 0;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);

	if (!values)
		return XDP_DROP;
	ROLLED
	for (int i = 0; i != 64; i++)
		sum += values[i];
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int in_steps_of_two(struct xdp_md *context)
{
	__u32 zero = 0, sum = 0;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);

	if (!values)
		return XDP_DROP;
	ROLLED
	for (int i = 0; i < 64; i += 2)
		sum += values[i] ^ values[i + 1];
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int downwards(struct xdp_md *context)
{
	__u32 zero = 0, sum = 0;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);

	if (!values)
		return XDP_DROP;
	ROLLED
	for (int i = 63; i >= 0; i--)
		sum = sum * 31 + values[i];
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds, termination
int in_doubling_steps(struct xdp_md *context)
{
	__u32 zero = 0, sum = 0;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);

	if (!values)
		return XDP_DROP;
	ROLLED
	for (__u32 i = 1; i < 64; i *= 2)
		sum += values[i];
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int nested(struct xdp_md *context)
{
	__u32 zero = 0, sum = 0;
	struct grid *grid = bpf_map_lookup_elem(&grids, &zero);

	if (!grid)
		return XDP_DROP;
	ROLLED
	for (int row = 0; row < 8; row++) {
		ROLLED
		for (int column = 0; column < 12; column++)
			sum += grid->cells[row][column];
	}
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int triangular(struct xdp_md *context)
{
	__u32 zero = 0, swaps = 0;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);

	if (!values)
		return XDP_DROP;
	ROLLED
	for (int i = 0; i < 16; i++) {
		ROLLED
		for (int j = i + 1; j < 64; j++) {
			if (values[i] > values[j])
				swaps++;
		}
	}
	return swaps > 10 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int sorted_in_place(struct xdp_md *context)
{
	__u32 zero = 0;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);

	if (!values)
		return XDP_DROP;
	ROLLED
	for (int i = 1; i < 16; i++) {
		__u32 moving = values[i];
		int j = i;
		ROLLED
		while (j > 0 && values[j - 1] > moving) {
			values[j] = values[j - 1];
			j--;
		}
		values[j] = moving;
	}
	return values[0] ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: map-value-bounds
int searched_by_halving(struct xdp_md *context)
{
	__u32 zero = 0, wanted = context->ingress_ifindex;
	__u32 *values = bpf_map_lookup_elem(&tables, &zero);
	__u32 low = 0, high = 64;

	if (!values)
		return XDP_DROP;
	ROLLED
	for (int i = 0; i < 7 && low < high; i++) {
		__u32 middle = (low + high) / 2;
		if (values[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low < 64 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: not-null
int with_calls(struct xdp_md *context)
{
	__u64 sum = 0;

	ROLLED
	for (__u32 i = 0; i < 100; i++) {
		__u64 *number = bpf_map_lookup_elem(&numbers, &i);
		if (!number)
			continue;
		sum += *number;
		if (sum > 1000)
			break;
	}
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: termination
int bytes_up_to_the_end(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 sum = 0;

	ROLLED
	for (__u8 *byte = data; (void *)(byte + 1) <= end; byte++)
		sum += *byte;
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int words_up_to_the_end(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 sum = 0;
	__u16 *word = data;

	ROLLED
	for (int i = 0; i < 750; i++) {
		if ((void *)(word + 1) > end)
			break;
		sum += *word++;
	}
	if ((void *)word + 1 <= end)
		sum += *(__u8 *)word;
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int index_up_to_the_length(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *bytes = data;
	__u64 length = end - data;
	__u32 sum = 0;

	ROLLED
	for (__u64 i = 0; i < length; i++)
		sum += bytes[i];
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int length_field_and_check_inside(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u32 sum = 0;

	if (data + 2 > end)
		return XDP_DROP;
	__u32 length = bpf_ntohs(*(__u16 *)data);
	ROLLED
	for (__u32 i = 0; i < length; i++) {
		__u8 *byte = data + 2 + i;
		if ((void *)(byte + 1) > end)
			break;
		sum += *byte;
	}
	return sum ? XDP_PASS : XDP_DROP;
}

SEC("tc") // twin: termination
int unknown_count(struct __sk_buff *context)
{
	__u32 count = context->mark & 0xffff, sum = 0;

	ROLLED
	for (__u32 i = 0; i < count; i++)
		sum += bpf_get_prandom_u32();
	return sum & 1 ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: map-value-bounds
int count_in_map_value(struct __sk_buff *context)
{
	__u32 zero = 0, sum = 0;
	struct grid *grid = bpf_map_lookup_elem(&grids, &zero);

	if (!grid)
		return TC_ACT_OK;
	__u32 used = grid->used;
	if (used > 8)
		used = 8;
	ROLLED
	for (__u32 i = 0; i < used; i++)
		sum += grid->cells[i][11];
	return sum ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: map-value-bounds
int count_read_every_round(struct __sk_buff *context)
{
	__u32 zero = 0, sum = 0;
	struct grid *grid = bpf_map_lookup_elem(&grids, &zero);

	if (!grid)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 8 && i < *(volatile __u32 *)&grid->used; i++)
		sum += grid->cells[i][0];
	return sum ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: map-value-bounds
int two_indices(struct __sk_buff *context)
{
	__u32 zero = 0;
	__u32 *value = bpf_map_lookup_elem(&tables, &zero);
	__u32 written = 0;

	if (!value)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 64; i++) {
		if (value[i]) {
			value[written] = value[i];
			written++;
		}
	}
	return written > 3 ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: map-value-bounds
int ring_index(struct __sk_buff *context)
{
	__u32 zero = 0, position = context->mark % 64;
	__u32 *value = bpf_map_lookup_elem(&tables, &zero);

	if (!value)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 10; i++) {
		value[position] = i;
		position = (position + 1) & 63;
	}
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int wrapped_by_comparison(struct __sk_buff *context)
{
	__u32 zero = 0, position = 0;
	__u32 *value = bpf_map_lookup_elem(&tables, &zero);

	if (!value)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 1000; i++) {
		value[position] += i;
		if (++position == 50)
			position = 0;
	}
	return TC_ACT_OK;
}

SEC("xdp") // twin: termination
int bits_of_a_word(struct xdp_md *context)
{
	__u32 word = context->rx_queue_index, bits = 0;

	ROLLED
	while (word) {
		bits += word & 1;
		word >>= 1;
	}
	return bits > 3 ? XDP_PASS : XDP_DROP;
}

SEC("xdp") // twin: termination
int retried_a_few_times(struct xdp_md *context)
{
	__u32 tries = 5, port;

	ROLLED
	do {
		port = bpf_get_prandom_u32() & 0xffff;
		if (bpf_map_lookup_elem(&numbers, &port) == NULL)
			return XDP_PASS;
	} while (--tries);
	return XDP_DROP;
}

SEC("xdp") // twin: packet-bounds
int length_field_checked_once(struct xdp_md *context)
{
	void *data = start_of(context);
	void *end = end_of(context);
	__u8 *bytes = data;
	__u32 sum = 0;

	if (data + 2 > end)
		return XDP_DROP;
	__u32 length = bpf_ntohs(*(__u16 *)data);
	if (data + 2 + length > end)
		return XDP_DROP;
	ROLLED
	for (__u32 i = 0; i < length; i++)
		sum += bytes[2 + i];
	return sum ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
