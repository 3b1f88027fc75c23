// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Functions that helpers call: for numbers, for the elements of a map, for what another process wrote.
#include "patterns.h"

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

static long take_request(struct bpf_dynptr *request, __u64 *sum)
{
	__u32 word;

	if (bpf_dynptr_read(&word, sizeof(word), request, 0, 0))
		return 1;
	*sum += word;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_getpgid") // twin: stack-initialised
int requests_of_a_process(void *context)
{
	__u64 sum = 0;

	return bpf_user_ringbuf_drain(&requests, take_request, &sum, 0) < 0;
}

static int fired(void *map, int *key, struct timed *timed)
{
	timed->count++;
	bpf_timer_start(&timed->timer, 1000000, 0);
	return 0;
}

SEC("tc") // twin: map-value-bounds
int timer_is_started(struct __sk_buff *context)
{
	__u32 zero = 0;
	struct timed *timed = bpf_map_lookup_elem(&timers, &zero);

	if (!timed || timed->count)
		return TC_ACT_OK;
	if (bpf_timer_init(&timed->timer, &timers, 1))
		return TC_ACT_OK;
	bpf_timer_set_callback(&timed->timer, fired);
	bpf_timer_start(&timed->timer, 1000000, 0);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
