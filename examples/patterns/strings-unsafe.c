// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Comparing strings, byte by byte, in loops.
#include "patterns.h"

#define LENGTH 32
#define ROLLED _Pragma("clang loop unroll(disable)")

struct rule {
	char command[LENGTH];
	char path[LENGTH];
	__u32 used;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, struct rule);
} rules SEC(".maps");

INLINE int compare(const char *one, const char *other, int length)
{
	ROLLED
	for (int i = 0; i < length; i++) {
		if (one[i] != other[i])
			return one[i] < other[i] ? -1 : 1;
		if (!one[i])
			return 0;
	}
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds, stack-bounds
int name_on_the_stack(__u64 *context)
{
	char command[16] = {};

	bpf_get_current_comm(command, sizeof(command));
	return compare(command, (const char[16]){"java"}, 24);
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int two_in_a_value(__u64 *context)
{
	__u32 zero = 0;
	struct rule *rule = bpf_map_lookup_elem(&rules, &zero);

	if (!rule)
		return 0;
	if (compare(rule->command, rule->path, LENGTH + 5))
		return 1;
	return rule->used;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int two_in_two_values(__u64 *context)
{
	__u32 zero = 0, one = 1;
	struct rule *rule = bpf_map_lookup_elem(&rules, &zero);
	struct rule *other = bpf_map_lookup_elem(&rules, &one);

	if (!rule || !other)
		return 0;
	return !compare(rule->path, other->path, LENGTH + 5) && !compare(rule->command, other->command, LENGTH);
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int each_rule(__u64 *context)
{
	char command[LENGTH] = {}, path[LENGTH] = {};

	bpf_get_current_comm(command, 16);
	bpf_probe_read_user_str(path, sizeof(path), (void *)context[2]);
	ROLLED
	for (__u32 i = 0; i < 16; i++) {
		__u32 key = i;
		struct rule *rule = bpf_map_lookup_elem(&rules, &key);
		if (!rule)
			break;
		if (!compare(rule->command, command, LENGTH) && !compare(path, rule->path + 5, LENGTH)) {
			rule->used++;
			return 1;
		}
	}
	return 0;
}

NOINLINE int is_prefix(const char *prefix, const char *text)
{
	ROLLED
	for (int i = 0; i < LENGTH + 5; i++) {
		if (!prefix[i])
			return 1;
		if (prefix[i] != text[i])
			return 0;
	}
	return 1;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int prefix_by_function(__u64 *context)
{
	__u32 zero = 0;
	struct rule *rule = bpf_map_lookup_elem(&rules, &zero);

	if (!rule)
		return 0;
	return is_prefix(rule->path, rule->path) + is_prefix(rule->command, rule->path);
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int substring(__u64 *context)
{
	__u32 zero = 0;
	struct rule *rule = bpf_map_lookup_elem(&rules, &zero);

	if (!rule)
		return 0;
	ROLLED
	for (int i = 0; i < LENGTH; i++) {
		int j = 0;
		ROLLED
		for (; j < 8; j++) {
			if (rule->path[i + j] != rule->command[j])
				break;
			if (!rule->command[j + 1])
				return 1;
		}
	}
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: stack-bounds
int last_slash(__u64 *context)
{
	char path[64];
	long length = bpf_probe_read_user_str(path, sizeof(path), (void *)context[2]);

	if (length <= 0 || length > (long)sizeof(path))
		return 0;
	ROLLED
	for (long i = length; i >= 0; i--) {
		if (path[i] == '/')
			return i;
	}
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int hash_of_string(__u64 *context)
{
	__u32 zero = 0, hash = 5381;
	struct rule *rule = bpf_map_lookup_elem(&rules, &zero);

	if (!rule)
		return 0;
	ROLLED
	for (int i = 0; i < 80 && rule->path[i]; i++)
		hash = hash * 33 + rule->path[i];
	return hash & 1;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int string_is_copied(__u64 *context)
{
	__u32 zero = 0;
	struct rule *rule = bpf_map_lookup_elem(&rules, &zero);
	int i;

	if (!rule)
		return 0;
	ROLLED
	for (i = 0; i < 40 && rule->command[i]; i++)
		rule->path[i] = rule->command[i];
	rule->path[i] = 0;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
