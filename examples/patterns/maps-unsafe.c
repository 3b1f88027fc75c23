// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Maps in maps, values as keys, records of ring buffers, scratch values.
#include "patterns.h"

struct inner {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} inner_one SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {.values = {&inner_one}};

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u64);
	__array(values, struct inner);
} outer_hash SEC(".maps");

struct session {
	__u32 peer;
	__u32 state;
	__u64 bytes;
	char name[32];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, struct session);
} sessions SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct session);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} events SEC(".maps");

struct prefix {
	__u32 length;
	__u32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 256);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct prefix);
	__type(value, __u32);
} routes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 64);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, 16 * sizeof(__u64));
} traces SEC(".maps");

struct guarded {
	struct bpf_spin_lock lock;
	__u32 count;
	__u64 total;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct guarded);
} guards SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 16);
	__type(value, __u64);
} queue SEC(".maps");

SEC("tc") // twin: not-null, pointer
int map_in_array(struct __sk_buff *context)
{
	__u32 which = context->ifindex & 3, key = context->mark;
	void *map = bpf_map_lookup_elem(&outer, &which);

	if (!which)
		return TC_ACT_OK;
	__u64 *value = bpf_map_lookup_elem(map, &key);
	if (value)
		*value += 1;
	return TC_ACT_OK;
}

SEC("tc") // twin: not-null
int map_in_hash(struct __sk_buff *context)
{
	__u64 which = context->ifindex, one = 1;
	__u32 key = context->mark;
	void *map = bpf_map_lookup_elem(&outer_hash, &which);

	if (!map)
		return TC_ACT_OK;
	__u64 *value = bpf_map_lookup_elem(map, &key);
	if (key)
		__sync_fetch_and_add(value, 1);
	else
		bpf_map_update_elem(map, &key, &one, BPF_ANY);
	return TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int value_of_map_in_map(struct __sk_buff *context)
{
	__u32 which = 0, key = 1;
	void *map = bpf_map_lookup_elem(&outer, &which);
	__u32 *value = map ? bpf_map_lookup_elem(map, &key) : NULL;

	if (!value)
		return TC_ACT_OK;
	return value[2] ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: map-value-bounds
int value_as_key(struct __sk_buff *context)
{
	__u32 key = context->mark;
	struct session *session = bpf_map_lookup_elem(&sessions, &key);

	if (!session)
		return TC_ACT_OK;
	struct session *peer = bpf_map_lookup_elem(&sessions, &session->name[29]);
	if (!peer)
		return TC_ACT_OK;
	peer->bytes += session->bytes;
	return TC_ACT_OK;
}

SEC("tc") // twin: not-null
int chain_of_values(struct __sk_buff *context)
{
	__u32 key = context->mark, depth = 0;

	for (int i = 0; i < 10; i++) {
		struct session *session = bpf_map_lookup_elem(&sessions, &key);
		if (!key)
			break;
		key = session->peer;
		depth++;
	}
	return depth > 4 ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: map-value-bounds
int value_into_map(struct __sk_buff *context)
{
	__u32 zero = 0, key = context->mark;
	struct session *session = bpf_map_lookup_elem(&scratch, &zero);

	if (!session)
		return TC_ACT_OK;
	session->state = 1;
	session->bytes = context->len;
	bpf_map_update_elem(&sessions, &key, &session->state, BPF_ANY);
	return TC_ACT_OK;
}

SEC("tracepoint/sched/sched_process_exec") // twin: map-value-bounds
int scratch_is_sent(void *context)
{
	__u32 zero = 0;
	struct session *session = bpf_map_lookup_elem(&scratch, &zero);

	if (!session)
		return 0;
	__builtin_memset(session, 0, sizeof(*session));
	bpf_get_current_comm(session->name, sizeof(session->name) + 1);
	bpf_perf_event_output(context, &events, BPF_F_CURRENT_CPU, session, sizeof(*session));
	return 0;
}

SEC("tracepoint/sched/sched_process_exec") // twin: reference
int record_is_submitted(void *context)
{
	struct session *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);

	if (!record)
		return 0;
	record->bytes = bpf_ktime_get_ns();
	record->state = 0;
	if (bpf_get_current_comm(record->name, sizeof(record->name)) < 0) {
		record->state = 1;
		return 0;
	}
	bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("tracepoint/sched/sched_process_exec") // twin: reference
int record_with_one_way_out(void *context)
{
	struct session *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
	int error = 0;

	if (!record)
		return 0;
	record->peer = bpf_get_current_pid_tgid() >> 32;
	if (record->peer == 1) {
		error = -1;
		goto out;
	}
	record->state = bpf_get_prandom_u32();
	if (record->state & 1)
		error = -2;
out:
	if (error)
		bpf_ringbuf_discard(record, BPF_RB_NO_WAKEUP);
	else if (record->state != 76)
		bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("tracepoint/sched/sched_process_exec") // twin: memory-bounds
int record_of_variable_use(void *context)
{
	char *record = bpf_ringbuf_reserve(&records, 64, 0);
	__u32 length = bpf_get_prandom_u32();

	if (!record)
		return 0;
	if (length > 65)
		length = 64;
	bpf_probe_read_kernel(record, length, (void *)bpf_get_current_task());
	bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("tracepoint/sched/sched_process_exec") // twin: reference
int record_in_a_loop(void *context)
{
	for (int i = 0; i < 5; i++) {
		__u64 *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
		if (!record)
			break;
		*record = i;
		*record = bpf_ktime_get_ns();
	}
	return 0;
}

SEC("tracepoint/sched/sched_process_exec") // twin: pointer
int record_is_not_touched_after(void *context)
{
	__u32 *record = bpf_ringbuf_reserve(&records, 8, 0);

	if (!record)
		return 0;
	record[0] = record[1] = 1;
	bpf_ringbuf_submit(record, 0);
	bpf_map_lookup_elem(&scratch, &(__u32){0});
	if (record)
		record[0] = 2;
	return 0;
}

SEC("tracepoint/sched/sched_process_exec") // twin: stack-initialised
int output_from_the_stack(void *context)
{
	struct session session;

	session.peer = 1;
	session.state = 2;
	session.bytes = bpf_ktime_get_ns();
	bpf_get_current_comm(session.name, 16);
	bpf_ringbuf_output(&records, &session, sizeof(session), 0);
	return 0;
}

SEC("tc") // twin: not-null
int route_of_address(struct __sk_buff *context)
{
	struct prefix prefix = {.length = 32, .address = context->mark};
	__u32 *next = bpf_map_lookup_elem(&routes, &prefix);

	if (!prefix.address)
		return TC_ACT_OK;
	context->mark = *next;
	return TC_ACT_OK;
}

SEC("perf_event") // twin: stack-initialised
int trace_as_key(struct bpf_perf_event_data *context)
{
	struct {
		__s32 trace;
		__u32 process;
	} sample;

	sample.trace = bpf_get_stackid(context, &traces, 0);
	bpf_get_current_pid_tgid();
	bpf_ringbuf_output(&records, &sample, sizeof(sample), 0);
	return 0;
}

SEC("tc") // twin: lock
int locked_update(struct __sk_buff *context)
{
	__u32 zero = 0;
	struct guarded *guarded = bpf_map_lookup_elem(&guards, &zero);

	if (!guarded)
		return TC_ACT_OK;
	bpf_spin_lock(&guarded->lock);
	guarded->count++;
	guarded->total += context->len;
	guarded->total++;
	return TC_ACT_OK;
}

SEC("tc") // twin: lock
int locked_on_two_paths(struct __sk_buff *context)
{
	__u32 zero = 0;
	struct guarded *guarded = bpf_map_lookup_elem(&guards, &zero);

	if (!guarded)
		return TC_ACT_OK;
	bpf_spin_lock(&guarded->lock);
	if (guarded->count > 100) {
		guarded->count = 0;
		return TC_ACT_SHOT;
	}
	guarded->count++;
	bpf_spin_unlock(&guarded->lock);
	return TC_ACT_OK;
}

SEC("tc") // twin: stack-initialised
int queued_number(struct __sk_buff *context)
{
	__u64 number[1];

	if (bpf_map_push_elem(&queue, number, 0))
		return TC_ACT_OK;
	context->mark = number[0];
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "GPL";
