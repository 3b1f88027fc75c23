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

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} events SEC(".maps");

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
int clamped_by_comparison(struct arguments *arguments)
{
	struct event *event_ = event();
	__u64 length = arguments->count;

	if (!event_)
		return 0;
	if (length > BUFFER + 1)
		length = BUFFER;
	event_->length = length;
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int clamped_by_mask(struct arguments *arguments)
{
	struct event *event_ = event();

	if (!event_)
		return 0;
	__u32 length = arguments->count;
	event_->length = length;
	length &= BUFFER * 2 - 1;
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds, argument
int clamped_as_int(struct arguments *arguments)
{
	struct event *event_ = event();
	int length = arguments->count;

	if (!event_)
		return 0;
	if (length == 0)
		return 0;
	if (length > BUFFER)
		length = BUFFER;
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	bpf_perf_event_output(arguments, &events, BPF_F_CURRENT_CPU, event_, offsetof(struct event, bytes) + length);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int clamped_through_memory(struct arguments *arguments)
{
	struct event *event_ = event();

	if (!event_)
		return 0;
	event_->length = arguments->count;
	if (event_->length > BUFFER)
		event_->length = BUFFER;
	asm volatile("" : : : "memory");
	__u32 length = event_->length;
	if (length > BUFFER + 1)
		return 0;
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int clamped_and_kept_over_calls(struct arguments *arguments)
{
	struct event *event_ = event();
	__u64 a = bpf_ktime_get_ns(), b = bpf_get_current_pid_tgid(), c = bpf_get_current_uid_gid();
	__u32 length = arguments->count > BUFFER ? arguments->count : BUFFER;
	__u64 d = bpf_get_prandom_u32(), e = bpf_get_smp_processor_id(), f = bpf_ktime_get_boot_ns();

	if (!event_)
		return 0;
	event_->process = a + b + c + d + e + f;
	bpf_get_current_comm(event_->bytes, 16);
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	event_->length = length + a - b + c - d + e - f;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: stack-bounds
int clamped_for_the_stack(struct arguments *arguments)
{
	char bytes[64] = {};
	__u64 length = arguments->count;

	if (length > sizeof(bytes) + 1)
		return 0;
	bpf_probe_read_user(bytes, length, arguments->buffer);
	return bytes[0] == '/';
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int masked_offset_and_fixed_length(struct arguments *arguments)
{
	struct event *event_ = event();
	__u32 offset = arguments->descriptor;

	if (!event_)
		return 0;
	bpf_probe_read_user(&event_->bytes[offset & (BUFFER - 4)], 8, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_execve") // twin: map-value-bounds
int strings_one_after_another(struct arguments *arguments)
{
	struct event *event_ = event();
	__u32 offset = 0;

	if (!event_)
		return 0;
	for (int i = 0; i < 12; i++) {
		if (offset > BUFFER - 31)
			break;
		long length = bpf_probe_read_user_str(event_->bytes + offset, 32, arguments->buffer + i);
		if (length < 0)
			break;
		offset += length;
	}
	event_->length = offset;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_execve") // twin: map-value-bounds
int string_and_what_follows(struct arguments *arguments)
{
	struct event *event_ = event();

	if (!event_)
		return 0;
	long length = bpf_probe_read_user_str(event_->bytes, 128, arguments->buffer);
	if (length > 128)
		return 0;
	bpf_probe_read_user_str(event_->bytes + length, BUFFER - 128, (void *)arguments->count);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int power_of_two_buffer(struct arguments *arguments)
{
	struct event *event_ = event();
	__u64 length = arguments->count;

	if (!event_)
		return 0;
	if (length == 0)
		return 0;
	length--;
	length &= BUFFER - 1;
	length += 2;
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	return 0;
}

SEC("tc") // twin: stack-bounds, stack-initialised
int bytes_of_payload(struct __sk_buff *context)
{
	char bytes[32];
	__u32 length = context->len - 14;

	if (context->len <= 14)
		return TC_ACT_OK;
	if (length > sizeof(bytes))
		length = sizeof(bytes) + 8;
	if (bpf_skb_load_bytes(context, 14, bytes, length) < 0)
		return TC_ACT_SHOT;
	return bytes[0] ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: map-value-bounds
int length_of_packet(struct __sk_buff *context)
{
	struct event *event_ = event();
	__u32 length = context->len;

	if (!event_)
		return TC_ACT_OK;
	if (length < 14)
		return TC_ACT_OK;
	bpf_skb_load_bytes(context, 0, event_->bytes, length);
	return TC_ACT_OK;
}

SEC("tc") // twin: argument, stack-initialised
int length_may_not_be_zero(struct __sk_buff *context)
{
	char bytes[32];
	__u32 length = context->mark & 31;

	if (length == 31)
		return TC_ACT_OK;
	if (bpf_skb_load_bytes(context, 0, bytes, length) < 0)
		return TC_ACT_SHOT;
	return bytes[0] ? TC_ACT_OK : TC_ACT_SHOT;
}

NOINLINE __u64 limited(__u64 length)
{
	return length > BUFFER ? length : BUFFER;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int clamped_in_a_function(struct arguments *arguments)
{
	struct event *event_ = event();

	if (event_)
		bpf_probe_read_user(event_->bytes, limited(arguments->count), arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int smallest_of_three(struct arguments *arguments)
{
	struct event *event_ = event();
	__u32 length = arguments->count, limit = arguments->descriptor;

	if (!event_)
		return 0;
	if (limit < BUFFER)
		limit = BUFFER;
	if (length > limit)
		length = limit;
	bpf_probe_read_user(event_->bytes, length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int chunks(struct arguments *arguments)
{
	struct event *event_ = event();
	__u32 left = arguments->count, done = 0;

	if (!event_)
		return 0;
	for (int i = 0; i < 4; i++) {
		__u32 part = left > 64 ? left : 64;
		bpf_probe_read_user(event_->bytes + done, part, arguments->buffer + done);
		left -= part;
		done += part;
		if (!left || done > BUFFER - 64)
			break;
	}
	event_->length = done;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int offset_and_length(struct arguments *arguments)
{
	struct event *event_ = event();
	__u64 offset = arguments->descriptor, length = arguments->count;

	if (!event_)
		return 0;
	if (offset > BUFFER || length > BUFFER)
		return 0;
	if (offset + length > BUFFER + 1)
		return 0;
	bpf_probe_read_user(event_->bytes + offset, length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int offset_and_rest(struct arguments *arguments)
{
	struct event *event_ = event();
	__u64 offset = arguments->descriptor, length = arguments->count;

	if (!event_ || offset > BUFFER)
		return 0;
	if (length > BUFFER - offset)
		length = BUFFER - offset + 1;
	bpf_probe_read_user(event_->bytes + offset, length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_write") // twin: map-value-bounds
int offset_and_rest_of_32_bits(struct arguments *arguments)
{
	struct event *event_ = event();
	__u32 offset = arguments->descriptor, length = arguments->count;

	if (!event_)
		return 0;
	if (offset >= BUFFER || length > BUFFER - offset + 1)
		return 0;
	bpf_probe_read_user(&event_->bytes[offset], length, arguments->buffer);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_execve") // twin: map-value-bounds
int string_and_rest_of_buffer(struct arguments *arguments)
{
	struct event *event_ = event();

	if (!event_)
		return 0;
	int length = bpf_probe_read_user_str(event_->bytes, 128, arguments->buffer);
	if (length <= 0)
		return 0;
	bpf_probe_read_user(event_->bytes + length, BUFFER - length + 1, (void *)arguments->count);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
