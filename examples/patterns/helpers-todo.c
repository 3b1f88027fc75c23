// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// What helpers return, and what they leave in memory.
#include "patterns.h"

struct text {
	__u32 length;
	char bytes[128];
	__u64 frames[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct text);
} texts SEC(".maps");

INLINE struct text *text(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&texts, &zero);
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int two_stacks(__u64 *context)
{
	struct text *text_ = text();

	if (!text_)
		return 0;
	long user = bpf_get_stack(context, text_->frames, sizeof(text_->frames), BPF_F_USER_STACK);
	if (user < 0)
		return 0;
	bpf_get_stack(context, (void *)text_->frames + user, sizeof(text_->frames) - user, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
