// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Lengths that are limited in one place and used in another.
#include "patterns.h"

#define BUFFER 256

struct event {
	__u32 length;
	__u32 process;
	char bytes[BUFFER];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct event);
} scratch SEC(".maps");

struct arguments {
	__u64 common;
	__s64 call;
	__u64 descriptor;
	const char *buffer;
	__u64 count;
};

INLINE struct event *event(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch, &zero);
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int offset_and_rest_of_32_bits(struct arguments *arguments)
{
	struct event *event_ = event();
	__u32 offset = arguments->descriptor, length = arguments->count;

	if (!event_)
		return 0;
	if (offset >= BUFFER || length > BUFFER - offset)
		return 0;
	bpf_probe_read_user(&event_->bytes[offset], length, arguments->buffer);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
