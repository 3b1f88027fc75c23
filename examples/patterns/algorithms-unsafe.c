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

SEC("xdp") // twin: packet-bounds
int hash_of_payload(struct xdp_md *context)
{
	void *end = end_of(context);
	__u8 *byte = start_of(context) + 42;
	__u32 hash = 5381;

	ROLLED
	for (int i = 0; i < 128; i++, byte++) {
		if ((void *)byte > end || *byte == 0)
			break;
		hash = hash * 33 ^ *byte;
	}
	return bpf_map_lookup_elem(&numbers, &hash) ? XDP_DROP : XDP_PASS;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds, termination
int hash_of_a_name(__u64 *context)
{
	struct table *table_ = table();
	__u64 hash = 0xcbf29ce484222325;

	if (!table_)
		return 0;
	long length = bpf_probe_read_user_str(table_->text, sizeof(table_->text), (void *)context[2]);
	if (length < 0)
		return 0;
	ROLLED
	for (int i = 0; i < length; i++) {
		hash ^= table_->text[i];
		hash *= 0x100000001b3;
	}
	return table_->numbers[hash >> 57];
}

SEC("tracepoint/syscalls/sys_enter_openat") // twin: map-value-bounds
int words_of_a_name(__u64 *context)
{
	struct table *table_ = table();
	__u64 hash = 0;

	if (!table_)
		return 0;
	__u32 length = bpf_probe_read_user_str(table_->text, sizeof(table_->text), (void *)context[2]);
	if (length > sizeof(table_->text))
		return 0;
	ROLLED
	for (__u32 i = 0; i < 16; i++) {
		if (i * 8 >= length)
			break;
		hash = hash * 31 + *(__u64 *)(table_->text + i * 32);
	}
	return hash != 0;
}

SEC("cgroup/sysctl") // twin: stack-bounds
int numbers_of_a_setting(struct bpf_sysctl *context)
{
	char value[64];
	unsigned long number;
	int offset = 0, length;

	if (bpf_sysctl_get_current_value(context, value, sizeof(value)) < 0)
		return 0;
	for (int i = 0; i < 3; i++) {
		number = 0;
		length = bpf_strtoul(value + (offset & 63), 32, 0, &number);
		if (length <= 0 || length > 32)
			return 0;
		offset += length;
		if (number > 1000000)
			return 0;
	}
	return 1;
}

SEC("xdp") // twin: packet-bounds
int number_in_decimal(struct xdp_md *context)
{
	void *end = end_of(context);
	char *byte = start_of(context) + 54;
	__u32 number = 0;

	ROLLED
	for (int i = 0; i < 10; i++) {
		if ((void *)byte > end)
			return XDP_PASS;
		__u32 digit = *byte++ - '0';
		if (digit > 9)
			break;
		number = number * 10 + digit;
	}
	return number > 65535 ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: stack-bounds
int number_to_decimal(struct __sk_buff *context)
{
	char text[12] = {};
	__u32 number = context->len, position = 11;

	ROLLED
	do {
		text[position -= 2] = '0' + number % 10;
		number /= 10;
	} while (number && position);
	return text[0] == '4' ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: stack-bounds, map-value-bounds
int number_to_hexadecimal(struct __sk_buff *context)
{
	static const char digits[] = "0123456789abcdef";
	char text[8];
	__u32 number = context->mark;

	for (int i = 0; i < 8; i++) {
		text[i] = digits[number >> 27];
		number <<= 4;
	}
	return text[0] == text[7] ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int searched_in_a_sorted_array(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 low = 0, high = 64, wanted = context->mark;

	if (!table_)
		return TC_ACT_OK;
	ROLLED
	for (int i = 0; i < 7; i++) {
		if (low >= high)
			break;
		__u32 middle = low + high;
		if (table_->numbers[middle] == wanted)
			return TC_ACT_SHOT;
		if (table_->numbers[middle] < wanted)
			low = middle + 1;
		else
			high = middle;
	}
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int searched_by_jumping(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 place = 0, wanted = context->mark;

	if (!table_)
		return TC_ACT_OK;
	for (__u32 step = 64; step; step /= 2) {
		if (table_->numbers[place + step] <= wanted)
			place += step;
	}
	return table_->numbers[place] == wanted ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: stack-bounds
int sorted_by_a_network(struct __sk_buff *context)
{
	__u32 words[4] = {context->len, context->mark, context->priority, context->hash};
	static const __u8 pairs[5][2] = {{0, 1}, {2, 3}, {0, 2}, {1, 3}, {1, 2}};

	for (int i = 0; i < 5; i++) {
		__u32 one = words[pairs[i][0]], other = words[pairs[i][1]];
		words[pairs[i][0]] = one < other ? one : other;
		words[pairs[i][1]] = one < other ? other : one;
	}
	struct table *table_ = table();
	if (!table_)
		return TC_ACT_OK;
	bpf_map_update_elem(&numbers, &words[0], &words[4], BPF_ANY);
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int inserted_into_its_place(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 number = context->len, i;

	if (!table_)
		return TC_ACT_OK;
	ROLLED
	for (i = 64; i > 0; i--) {
		if (table_->numbers[i - 1] <= number)
			break;
		table_->numbers[i] = table_->numbers[i - 1];
	}
	table_->numbers[i] = number;
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int bit_of_a_port(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 port = context->mark;

	if (!table_ || port >= 8192)
		return TC_ACT_OK;
	if (table_->bits[port / 64] & 1ull << port % 64)
		return TC_ACT_SHOT;
	table_->bits[port >> 6] |= 1ull << (port & 63);
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds, termination
int lowest_free_bit(struct __sk_buff *context)
{
	struct table *table_ = table();

	if (!table_)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 16; i++) {
		__u64 word = ~table_->bits[i];
		if (!word)
			continue;
		__u32 bit = 0;
		for (__u32 half = 32; half; half >>= 1) {
			if (!(word & ((1ull << half) - 1))) {
				word >>= half;
				bit += half;
			}
		}
		table_->text[(i * 64 + bit) >> 1] = 1;
		break;
	}
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int count_of_bits(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u64 word = bpf_ktime_get_ns();

	if (!table_)
		return TC_ACT_OK;
	word = word - (word >> 1 & 0x5555555555555555);
	word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
	word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
	word = word * 0x0101010101010101 >> 56;
	return word < 65 && table_->numbers[word] ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("xdp") // twin: map-value-bounds
int automaton_by_table(struct xdp_md *context)
{
	static const __u8 next[4][4] = {{1, 0, 0, 0}, {1, 2, 0, 0}, {1, 0, 3, 0}, {3, 3, 3, 3}};
	void *end = end_of(context);
	__u8 *byte = start_of(context) + 54;
	__u32 state = 0;

	ROLLED
	for (int i = 0; i < 64; i++, byte++) {
		if ((void *)(byte + 1) > end)
			break;
		__u32 class = *byte == '.' ? 0 : *byte == '/' ? 1 : *byte == '%' ? 2 : 3;
		state = next[state & 3][class * 20];
	}
	return state == 3 ? XDP_DROP : XDP_PASS;
}

SEC("xdp") // twin: packet-bounds
int automaton_over_bytes(struct xdp_md *context)
{
	enum { START, RETURN, LINE, RETURN_AGAIN } state = START;
	void *end = end_of(context);
	__u8 *byte = start_of(context) + 54;
	__u32 i;

	ROLLED
	for (i = 0; i < 100; i++, byte++) {
		if ((void *)(byte + 1) > end)
			return XDP_PASS;
		if (*byte == '\r')
			state = state == LINE ? RETURN_AGAIN : RETURN;
		else if (*byte == '\n' && state == RETURN_AGAIN)
			break;
		else
			state = *byte == '\n' && state == RETURN ? LINE : START;
	}
	return *byte == '\n' ? XDP_DROP : XDP_PASS;
}

SEC("tc") // twin: map-value-bounds, termination
int letters_are_decoded(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 out = 0, buffer = 0;

	if (!table_)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 128; i++) {
		char c = table_->text[i];
		__u32 value = c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : 63;
		buffer = buffer << 6 | value;
		if ((i & 3) == 3) {
			if (out >= 64)
				break;
			table_->numbers[out += 3] = buffer & 0xffffff;
			buffer = 0;
		}
	}
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int square_root(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 number = context->mark & 0xfff, root = 0;

	if (!table_)
		return TC_ACT_OK;
	for (__u32 bit = 32; bit; bit >>= 1) {
		if ((root | bit) * (root | bit) <= number)
			root += bit * 2;
	}
	return table_->numbers[root] ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int stack_of_numbers(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 depth = 0;

	if (!table_)
		return TC_ACT_OK;
	ROLLED
	for (__u32 i = 0; i < 128; i++) {
		char c = table_->text[i];
		if (c == '(') {
			if (depth > 64)
				return TC_ACT_SHOT;
			table_->numbers[depth++] = i;
		} else if (c == ')') {
			if (depth == 0)
				return TC_ACT_SHOT;
			depth--;
			if (i - table_->numbers[depth] > 100)
				return TC_ACT_SHOT;
		}
	}
	return depth ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int queue_of_a_walk(struct __sk_buff *context)
{
	struct table *table_ = table();
	__u32 head = 0, tail = 1;

	if (!table_)
		return TC_ACT_OK;
	ROLLED
	for (int i = 0; i < 64; i++) {
		if (head == tail)
			break;
		__u32 node = table_->numbers[head++ & 63];
		__u64 next = table_->bits[node & 127];
		if (next)
			table_->numbers[tail++ & 63] = next;
	}
	return TC_ACT_OK;
}

SEC("xdp") // twin: packet-bounds
int address_is_parsed(struct xdp_md *context)
{
	void *end = end_of(context);
	char *byte = start_of(context) + 54;
	__u32 address = 0, part = 0, parts = 0;

	ROLLED
	for (int i = 0; i < 16; i++) {
		if ((void *)byte > end)
			break;
		char c = *byte++;
		if (c >= '0' && c <= '9') {
			part = part * 10 + (c - '0');
			if (part > 255)
				return XDP_PASS;
		} else if (c == '.' && parts < 3) {
			address = address << 8 | part;
			part = 0;
			parts++;
		} else {
			break;
		}
	}
	return parts == 3 && (address << 8 | part) == 0x7f000001 ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
