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

/* The helper only writes into the buffer, which Assay demands to be initialised. */
SEC("kprobe/do_sys_openat2") // twin: stack-bounds
int BPF_KPROBE(text_is_formatted, int directory, const char *name)
{
	static const char format[] = "%d opens %s";
	char text[64], copy[24];
	__u64 data[2] = {bpf_get_current_pid_tgid() >> 32, (long)copy};

	if (bpf_probe_read_user_str(copy, sizeof(copy), name) < 0)
		return 0;
	long length = bpf_snprintf(text, sizeof(text), format, data, sizeof(data));
	return length > 10;
}

char LICENSE[] SEC("license") = "GPL";
