// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Reports every file that a process opens, through a ring buffer.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define NAME_BYTES 64
#define COMMAND_BYTES 16

/* As /sys/kernel/tracing/events/syscalls/sys_enter_openat/format has it. */
struct openat_arguments {
	__u64 common;
	__s64 system_call;
	__s64 directory;
	const char *name;
	__s64 flags;
	__s64 mode;
};

struct event {
	__u32 process;
	__u32 thread;
	char command[COMMAND_BYTES];
	char name[NAME_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

SEC("tracepoint/syscalls/sys_enter_openat")
int file_opens(struct openat_arguments *arguments)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event)
		return 0;

	__u64 ids = bpf_get_current_pid_tgid();
	event->process = ids >> 32;
	event->thread = (__u32)ids;
	bpf_get_current_comm(event->command, sizeof(event->command));
	bpf_probe_read_user_str(event->name, sizeof(event->name), arguments->name);

	bpf_ringbuf_submit(event, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
