// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Small algorithms: hashes of strings, numbers as text, searching and sorting, sets of bits, automata.
#include "patterns.h"

#define ROLLED _Pragma("clang loop unroll(disable)")

struct table {
	__u32 count;
	__u64 bits[16];
	char text[128];
	__u32 numbers[64];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct table);
} tables SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

INLINE struct table *table(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&tables, &zero);
}

/* That the distance is halved every round bounds the loop. */
SEC("tc") // twin: map-value-bounds
int searched_as_far_as_it_is_used(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 low = 0, wanted = context->mark;

	if (!table_)
		return TC_ACT_OK;
	__u32 high = table_->count;
	if (high > 64)
		return TC_ACT_OK;
	ROLLED
	while (low < high) {
		__u32 middle = (low + high) >> 1;
		if (table_->numbers[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return low < 64 && table_->numbers[low] == wanted ? TC_ACT_SHOT : TC_ACT_OK;
}

/* Clang tests what place was before it was halved: place is 0 if that is less than 2. */
SEC("tc") // twin: map-value-bounds
int heap_of_numbers(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 place = context->mark & 63, parent;

	if (!table_)
		return TC_ACT_OK;
	table_->numbers[place] = context->len;
	for (int i = 0; i < 6; i++) {
		if (place == 0)
			break;
		parent = (place - 1) / 2;
		if (table_->numbers[parent] <= table_->numbers[place])
			break;
		__u32 number = table_->numbers[parent];
		table_->numbers[parent] = table_->numbers[place];
		table_->numbers[place] = number;
		place = parent;
	}
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
