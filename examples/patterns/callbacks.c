// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Functions that helpers call: for numbers, for the elements of a map, for what another process wrote.
#include "patterns.h"

struct entry {
	__u64 last;
	__u32 hits, class;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct entry);
} entries SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} limits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u8[512]);
} buffers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} requests SEC(".maps");

struct timed {
	struct bpf_timer timer;
	__u64 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct timed);
} timers SEC(".maps");

__u64 histogram[16];

struct oldest {
	__u64 now, age;
	__u32 key;
};

static long find_oldest(void *map, __u32 *key, struct entry *entry, struct oldest *oldest)
{
	__u64 age = oldest->now - entry->last;

	if (age > oldest->age) {
		oldest->age = age;
		oldest->key = *key;
	}
	return 0;
}

SEC("tc") // twin: memory-bounds, map-value-bounds, pointer
int oldest_is_removed(struct __sk_buff *context)
{
	struct oldest oldest = {.now = bpf_ktime_get_ns()};

	bpf_for_each_map_elem(&entries, find_oldest, &oldest, 0);
	if (oldest.age > 1000000000)
		bpf_map_delete_elem(&entries, &oldest.key);
	return TC_ACT_OK;
}

static long count_classes(void *map, __u32 *key, struct entry *entry, void *unused)
{
	if (entry->class < 16)
		histogram[entry->class]++;
	return 0;
}

SEC("tc") // twin: map-value-bounds
int classes_are_counted(struct __sk_buff *context)
{
	bpf_for_each_map_elem(&entries, count_classes, NULL, 0);
	return TC_ACT_OK;
}

static long remove_old(void *map, __u32 *key, struct entry *entry, __u64 *before)
{
	if (entry->last < *before)
		bpf_map_delete_elem(map, key);
	return 0;
}

SEC("tc") // twin: stack-bounds
int old_ones_are_removed(struct __sk_buff *context)
{
	__u64 before = bpf_ktime_get_ns() - 1000000000;

	return bpf_for_each_map_elem(&entries, remove_old, &before, 0) < 0 ? TC_ACT_SHOT : TC_ACT_OK;
}

struct sum {
	__u64 value;
	__u32 used;
	__u32 words[8];
};

static long collect(void *map, __u32 *key, __u64 *limit, struct sum *sum)
{
	if (sum->used >= 8)
		return 1;
	sum->words[sum->used++] = *limit;
	return 0;
}

SEC("tc") // twin: stack-bounds
int limits_are_collected(struct __sk_buff *context)
{
	struct sum sum = {};

	bpf_for_each_map_elem(&limits, collect, &sum, 0);
	return sum.words[0] > context->len ? TC_ACT_OK : TC_ACT_SHOT;
}

struct bytes {
	__u8 *value;
	__u32 sum, limit;
};

static long add_byte(__u32 index, struct bytes *bytes)
{
	if (index >= 512)
		return 1;
	bytes->sum += bytes->value[index];
	return bytes->sum > bytes->limit;
}

SEC("tc") // twin: map-value-bounds
int pointer_in_the_context_of_a_callback(struct __sk_buff *context)
{
	__u32 zero = 0;
	struct bytes bytes = {.value = bpf_map_lookup_elem(&buffers, &zero), .limit = context->mark};

	if (!bytes.value)
		return TC_ACT_OK;
	bpf_loop(512, add_byte, &bytes, 0);
	return bytes.sum > 1000 ? TC_ACT_SHOT : TC_ACT_OK;
}

struct square {
	__u32 row, sum;
};

static long add_column(__u32 column, struct square *square)
{
	histogram[(square->row * 4 + column) & 15]++;
	square->sum += column;
	return 0;
}

static long add_row(__u32 row, struct square *square)
{
	square->row = row;
	bpf_loop(4, add_column, square, 0);
	return 0;
}

SEC("tc") // twin: map-value-bounds
int loop_in_a_loop(struct __sk_buff *context)
{
	struct square square = {};

	bpf_loop(4, add_row, &square, 0);
	return square.sum ? TC_ACT_OK : TC_ACT_SHOT;
}

struct cursor {
	__u32 offset, checksum;
};

static long add_words(__u32 index, struct cursor *cursor)
{
	__u32 zero = 0;
	__u8 *buffer = bpf_map_lookup_elem(&buffers, &zero);

	if (!buffer || cursor->offset > 508)
		return 1;
	cursor->checksum += *(__u32 *)(buffer + cursor->offset);
	cursor->offset += 4;
	return 0;
}

SEC("xdp") // twin: map-value-bounds
int offset_is_kept_by_a_callback(struct xdp_md *context)
{
	struct cursor cursor = {.offset = context->rx_queue_index};

	bpf_loop(1000, add_words, &cursor, 0);
	return cursor.checksum ? XDP_PASS : XDP_DROP;
}

static long nothing(__u32 index, __u64 *found)
{
	*found = index;
	return *found > 7;
}

SEC("xdp") // twin: map-value-bounds
int found_by_a_callback_is_tested(struct xdp_md *context)
{
	__u64 found = 0;

	bpf_loop(32, nothing, &found, 0);
	if (found >= 16)
		return XDP_DROP;
	histogram[found]++;
	return XDP_PASS;
}

struct insertion {
	__u32 numbers[16];
	__u32 place, number;
};

static long shift_one(__u32 index, struct insertion *insertion)
{
	__u32 place = 15 - index;

	if (index >= 15)
		return 1;
	if (insertion->numbers[place - 1] <= insertion->number)
		return 1;
	insertion->numbers[place] = insertion->numbers[place - 1];
	insertion->place = place - 1;
	return 0;
}

SEC("xdp") // twin: stack-bounds
int inserted_by_a_callback(struct xdp_md *context)
{
	struct insertion insertion = {.place = 15, .number = context->rx_queue_index};

	bpf_loop(16, shift_one, &insertion, 0);
	return insertion.place ? XDP_PASS : XDP_DROP;
}

/* For -mcpu=v3, w2 is tested and r2 is used, which was loaded with 32 bits from the stack of the caller. */
struct label {
	struct __sk_buff *context;
	__u32 offset, labels;
	__u8 name[64];
};

static long next_label(__u32 index, struct label *label)
{
	__u8 length;

	if (bpf_skb_load_bytes(label->context, label->offset, &length, 1) < 0 || length == 0)
		return 1;
	if (label->labels < 64)
		label->name[label->labels] = length;
	label->labels++;
	label->offset += length + 1;
	return 0;
}

SEC("tc") // twin: stack-bounds
int labels_by_helper(struct __sk_buff *context)
{
	struct label label = {.context = context, .offset = 54};

	bpf_loop(128, next_label, &label, 0);
	return label.labels > 10 ? TC_ACT_SHOT : TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
