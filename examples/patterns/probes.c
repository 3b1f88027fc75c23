// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Probes: arguments of functions and system calls, strings of other processes, histograms, stacks.
#define __TARGET_ARCH_x86
#define __VMLINUX_H__
#include "patterns.h"

struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs, flags, sp, ss;
};

#include <bpf/bpf_tracing.h>

#define ROLLED _Pragma("clang loop unroll(disable)")
#define ARGUMENTS 20
#define ARGUMENT 64
#define SLOTS 27

struct event {
	__u32 process, parent;
	__s32 result, count;
	__u32 size;
	char name[16];
	char text[ARGUMENTS * ARGUMENT];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct event);
} scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, struct event);
} running SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u64);
	__type(value, __u64);
} starts SEC(".maps");

struct histogram {
	__u32 slots[SLOTS];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct histogram);
} histograms SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} records SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 1024);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, 32 * sizeof(__u64));
} stacks SEC(".maps");

struct sample {
	__u32 process;
	__s32 kernel, user;
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct sample);
	__type(value, __u64);
} samples SEC(".maps");

const volatile __u32 target = 0;
const volatile __u32 deepest = 10;
struct histogram total;
static const struct histogram empty;

struct system_call {
	__u64 common;
	__s64 number;
	unsigned long arguments[6];
};

INLINE struct event *scratch_event(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&scratch, &zero);
}

INLINE __u64 logarithm(__u32 value)
{
	__u32 shift, result;

	result = (value > 0xffff) << 4;
	value >>= result;
	shift = (value > 0xff) << 3;
	value >>= shift;
	result |= shift;
	shift = (value > 0xf) << 2;
	value >>= shift;
	result |= shift;
	shift = (value > 3) << 1;
	value >>= shift;
	result |= shift;
	return result | value >> 1;
}

INLINE __u64 logarithm_of_64(__u64 value)
{
	__u32 high = value >> 32;

	return high ? logarithm(high) + 32 : logarithm(value);
}

SEC("kprobe/do_unlinkat") // twin: stack-initialised
int BPF_KPROBE(name_of_a_file, int directory, void *name)
{
	char text[32];
	void *string;

	if (bpf_probe_read_kernel(&string, sizeof(string), name))
		return 0;
	if (bpf_probe_read_kernel_str(text, sizeof(text), string) < 0)
		return 0;
	return text[0] == '/';
}

SEC("kprobe/tcp_connect") // twin: context-access
int registers_by_hand(struct pt_regs *context)
{
	__u64 first = PT_REGS_PARM1(context), pointer = PT_REGS_SP(context), seventh = 0;

	bpf_probe_read_kernel(&seventh, sizeof(seventh), (void *)(pointer + 8));
	bpf_map_update_elem(&starts, &first, &seventh, BPF_ANY);
	return 0;
}

SEC("kprobe/vfs_read") // twin: stack-initialised
int start_of_a_call(struct pt_regs *context)
{
	__u64 key = bpf_get_current_pid_tgid(), now;

	now = bpf_ktime_get_ns();
	if (target && target != key >> 32)
		return 0;
	bpf_map_update_elem(&starts, &key, &now, BPF_ANY);
	return 0;
}

SEC("kretprobe/vfs_read") // twin: map-value-bounds
int BPF_KRETPROBE(end_of_a_call, long result)
{
	__u64 key = bpf_get_current_pid_tgid(), slot;
	__u64 *start = bpf_map_lookup_elem(&starts, &key);

	if (!start)
		return 0;
	slot = logarithm_of_64((bpf_ktime_get_ns() - *start) / 1000);
	if (slot >= SLOTS)
		slot = SLOTS - 1;
	__sync_fetch_and_add(&total.slots[slot], 1);
	bpf_map_delete_elem(&starts, &key);
	return 0;
}

SEC("kretprobe/vfs_write") // twin: not-null
int BPF_KRETPROBE(histogram_of_a_key, long result)
{
	__u32 key = bpf_get_current_pid_tgid() >> 32;
	struct histogram *histogram = bpf_map_lookup_elem(&histograms, &key);

	if (!histogram) {
		bpf_map_update_elem(&histograms, &key, &empty, BPF_NOEXIST);
		histogram = bpf_map_lookup_elem(&histograms, &key);
		if (!histogram)
			return 0;
	}
	__u32 slot = logarithm(result);
	if (slot >= SLOTS)
		slot = SLOTS - 1;
	histogram->slots[slot]++;
	return 0;
}

SEC("kretprobe/vfs_fsync") // twin: map-value-bounds
int BPF_KRETPROBE(slot_by_a_loop, long result)
{
	__u64 value = result;
	__u32 slot = 0;

	ROLLED
	while (value > 1 && slot < SLOTS - 1) {
		value >>= 1;
		slot++;
	}
	total.slots[slot]++;
	return 0;
}

SEC("kretprobe/vfs_open") // twin: map-value-bounds
int BPF_KRETPROBE(slot_never_too_large, long result)
{
	struct histogram *histogram = &total;
	__u64 slot = logarithm_of_64(result);

	if (slot < 64)
		histogram->slots[slot > 26 ? 26 : slot]++;
	return histogram->slots[slot >> 2] != 0;
}

SEC("kretprobe/vfs_rename") // twin: map-value-bounds
int BPF_KRETPROBE(linear_slots, long result)
{
	__u64 slot = (__u64)result / 10;

	if (slot >= SLOTS)
		slot = SLOTS - 1;
	__sync_fetch_and_add(&total.slots[slot], 1);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_execve") // twin: map-value-bounds
int arguments_one_after_another(struct system_call *context)
{
	struct event *event = scratch_event();
	const char **arguments = (void *)context->arguments[1], *argument;

	if (!event)
		return 0;
	event->process = bpf_get_current_pid_tgid() >> 32;
	event->size = 0;
	event->count = 0;
	ROLLED
	for (int i = 0; i < ARGUMENTS; i++) {
		if (bpf_probe_read_user(&argument, sizeof(argument), &arguments[i]) || !argument)
			break;
		if (event->size > sizeof(event->text) - ARGUMENT)
			break;
		long length = bpf_probe_read_user_str(&event->text[event->size], ARGUMENT, argument);
		if (length < 0 || length > ARGUMENT)
			break;
		event->count++;
		event->size += length;
	}
	if (event->size > sizeof(event->text))
		return 0;
	bpf_perf_event_output(context, &events, BPF_F_CURRENT_CPU, event, offsetof(struct event, text) + event->size);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_execveat") // twin: map-value-bounds
int arguments_in_slots(struct system_call *context)
{
	struct event *event = scratch_event();
	const char **arguments = (void *)context->arguments[2], *argument;
	__u32 i;

	if (!event)
		return 0;
	ROLLED
	for (i = 0; i < ARGUMENTS; i++) {
		if (bpf_probe_read_user(&argument, sizeof(argument), &arguments[i]) || !argument)
			break;
		bpf_probe_read_user_str(event->text + i * ARGUMENT, ARGUMENT, argument);
	}
	event->count = i;
	return 0;
}

SEC("tracepoint/syscalls/sys_exit_execve") // twin: not-null, argument
int event_of_the_entry(struct system_call *context)
{
	__u32 key = bpf_get_current_pid_tgid();
	struct event *event = bpf_map_lookup_elem(&running, &key);

	if (!event)
		return 0;
	event->result = context->arguments[0];
	bpf_get_current_comm(&event->name, sizeof(event->name));
	__u32 size = event->size;
	if (size < sizeof(event->text))
		bpf_ringbuf_output(&records, event, offsetof(struct event, text) + size, 0);
	bpf_map_delete_elem(&running, &key);
	return 0;
}

SEC("kprobe/security_file_open") // twin: map-value-bounds
int BPF_KPROBE(components_of_a_path, void *file)
{
	struct entry {
		struct entry *parent;
		const char *name;
	} *entry = file, current;
	struct event *event = scratch_event();
	__u32 size = 0;

	if (!event)
		return 0;
	ROLLED
	for (int i = 0; i < 24; i++) {
		if (bpf_probe_read_kernel(&current, sizeof(current), entry))
			break;
		if (size >= sizeof(event->text) - ARGUMENT)
			break;
		long length = bpf_probe_read_kernel_str(event->text + size, ARGUMENT, current.name);
		if (length <= 0)
			break;
		size += length;
		if (current.parent == entry)
			break;
		entry = current.parent;
	}
	event->size = size;
	return 0;
}

SEC("kprobe/vfs_unlink") // twin: map-value-bounds
int BPF_KPROBE(path_from_the_back, void *first)
{
	struct event *event = scratch_event();
	__u32 position = 1024;
	void *entry = first;

	if (!event)
		return 0;
	for (int i = 0; i < 10; i++) {
		char *name;
		__u16 length = 0;
		bpf_probe_read_kernel(&length, sizeof(length), entry);
		bpf_probe_read_kernel(&name, sizeof(name), entry + 8);
		length &= 63;
		if (length == 0)
			break;
		position -= length + 1;
		bpf_probe_read_kernel(&event->text[position], length, name);
		bpf_probe_read_kernel(&entry, sizeof(entry), entry + 16);
	}
	event->size = position;
	return 0;
}

SEC("kprobe/exit_notify") // twin: stack-initialised
int BPF_KPROBE(chain_of_parents, void *task)
{
	__u32 processes[8] = {};

	ROLLED
	for (__u32 i = 0; i < 8; i++) {
		if (i >= deepest)
			break;
		if (bpf_probe_read_kernel(&processes[i], 4, task + 2000))
			break;
		if (processes[i] == 1)
			break;
		bpf_probe_read_kernel(&task, sizeof(task), task + 2008);
	}
	bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, processes, sizeof(processes));
	return 0;
}

SEC("raw_tracepoint/sched_switch") // twin: context-access
int arguments_of_a_raw_tracepoint(struct bpf_raw_tracepoint_args *context)
{
	__u64 key = context->args[1], now = bpf_ktime_get_ns();
	__u32 process = 0;

	bpf_probe_read_kernel(&process, sizeof(process), (void *)context->args[2] + 2000);
	bpf_map_update_elem(&starts, &key, &now, BPF_ANY);
	return process == 0;
}

SEC("raw_tracepoint/sys_enter") // twin: pointer
int registers_of_a_system_call(struct bpf_raw_tracepoint_args *context)
{
	struct pt_regs *registers = (void *)context->args[0];
	char name[64];
	__u64 second;

	if (context->args[1] != 257)
		return 0;
	bpf_probe_read_kernel(&second, sizeof(second), &registers->si);
	if (bpf_probe_read_user_str(name, sizeof(name), (void *)second) < 5)
		return 0;
	return name[0] == '/' && name[4] == '/';
}

SEC("perf_event") // twin: stack-initialised
int sampled_stacks(struct bpf_perf_event_data *context)
{
	struct sample sample = {};
	__u64 one = 1, *count;

	sample.process = bpf_get_current_pid_tgid() >> 32;
	if (bpf_get_current_comm(sample.name, sizeof(sample.name)))
		return 0;
	sample.kernel = bpf_get_stackid(context, &stacks, 0);
	if (sample.process)
		sample.user = bpf_get_stackid(context, &stacks, BPF_F_USER_STACK);
	count = bpf_map_lookup_elem(&samples, &sample);
	if (count)
		__sync_fetch_and_add(count, 1);
	else
		bpf_map_update_elem(&samples, &sample, &one, BPF_NOEXIST);
	return 0;
}

SEC("kprobe/blk_mq_start_request") // twin: reference
int BPF_KPROBE(record_with_names, void *request)
{
	struct event *record = bpf_ringbuf_reserve(&records, sizeof(*record), 0);
	void *disk;

	if (!record)
		return 0;
	record->process = bpf_get_current_pid_tgid() >> 32;
	if (bpf_probe_read_kernel(&disk, sizeof(disk), request + 104) < 0) {
		bpf_ringbuf_discard(record, 0);
		return 0;
	}
	record->size = bpf_probe_read_kernel_str(record->text, 32, disk + 12);
	bpf_get_current_comm(&record->name, sizeof(record->name));
	bpf_ringbuf_submit(record, 0);
	return 0;
}

SEC("uprobe/readline") // twin: map-value-bounds
int BPF_KPROBE(line_of_a_shell, char *line)
{
	struct event *event = scratch_event();

	if (!event || !line)
		return 0;
	long length = bpf_probe_read_user_str(event->text, 256, line);
	if (length < 2)
		return 0;
	event->text[length - 2] = 0;
	event->size = length - 1;
	bpf_ringbuf_output(&records, event, offsetof(struct event, text) + 256, 0);
	return 0;
}

SEC("uprobe/SSL_write") // twin: map-value-bounds
int BPF_KPROBE(plain_text, void *connection, void *buffer, int length)
{
	struct event *event = scratch_event();

	if (!event || length <= 0)
		return 0;
	__u32 copied = length;
	if (copied > 1024)
		copied = 1024;
	if (bpf_probe_read_user(event->text, copied, buffer))
		return 0;
	event->size = copied;
	bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, event, offsetof(struct event, text) + copied);
	return 0;
}

SEC("uprobe/write_in_chunks") // twin: map-value-bounds
int BPF_KPROBE(text_in_chunks, void *buffer, unsigned long length)
{
	struct event *event = scratch_event();

	if (!event)
		return 0;
	ROLLED
	for (int i = 0; i < 8; i++) {
		unsigned long left = length - i * 1024;
		if (i * 1024 >= length)
			break;
		event->size = left > 1024 ? 1024 : left;
		bpf_probe_read_user(event->text, left > 1024 ? 1024 : left, buffer + i * 1024);
		bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, event, sizeof(*event));
	}
	return 0;
}

struct place {
	__u64 offset;
	__s16 inner;
	__u8 kind, size;
};

struct places {
	struct place places[12];
	__u16 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, struct places);
} descriptions SEC(".maps");

SEC("usdt") // twin: map-value-bounds
int argument_by_description(struct pt_regs *context)
{
	__u32 key = bpf_get_attach_cookie(context), number = bpf_get_prandom_u32();
	struct places *places = bpf_map_lookup_elem(&descriptions, &key);
	__u64 value = 0;

	if (!places)
		return 0;
	if (number >= 12)
		return 0;
	barrier_var(number);
	if (number >= places->count)
		return 0;
	struct place *place = &places->places[number];
	switch (place->kind) {
	case 0:
		value = place->offset;
		break;
	case 1:
		if (bpf_probe_read_kernel(&value, sizeof(value), (void *)context + place->inner))
			return 0;
		break;
	case 2:
		if (bpf_probe_read_kernel(&value, sizeof(value), (void *)context + place->inner))
			return 0;
		if (bpf_probe_read_user(&value, sizeof(value), (void *)value + place->offset))
			return 0;
		value >>= place->size;
		break;
	default:
		return 0;
	}
	return value > 1000;
}

SEC("tracepoint/syscalls/sys_enter_openat") // twin: map-value-bounds, stack-bounds, stack-initialised
int prefix_of_a_name(struct system_call *context)
{
	static const char wanted[] = "/proc/self/";
	char name[32] = {};

	bpf_probe_read_user_str(name, sizeof(name), (void *)context->arguments[1]);
	ROLLED
	for (__u32 i = 0; i < sizeof(wanted) - 1; i++) {
		if (name[i] != wanted[i])
			return 0;
	}
	return bpf_send_signal(9);
}

SEC("raw_tracepoint/sys_exit") // twin: map-value-bounds
int count_of_a_number(struct bpf_raw_tracepoint_args *context)
{
	__s64 result = context->args[1];

	if (result >= 0 || result < -26)
		return 0;
	__sync_fetch_and_add(&total.slots[-result], 1);
	return 0;
}

SEC("fentry/vfs_read") // twin: context-access
int BPF_PROG(read_is_entered, void *file, char *buffer, unsigned long count)
{
	__u32 slot = logarithm(count);

	if (slot < SLOTS)
		total.slots[slot]++;
	return 0;
}

SEC("kprobe/do_exit") // twin: stack-initialised
int BPF_KPROBE(text_is_traced, long code)
{
	char name[16];

	bpf_get_current_comm(name, sizeof(name));
	bpf_printk("%s ends with %ld", name, code);
	return name[15];
}

char LICENSE[] SEC("license") = "GPL";
