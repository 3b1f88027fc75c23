// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Programs about sockets and control groups.
#include "patterns.h"

struct name {
	char text[32];
};

/* The helper only writes into the buffer, which Assay demands to be initialised. */
SEC("cgroup/sysctl") // twin: stack-initialised
int setting_by_name(struct bpf_sysctl *context)
{
	static const char wanted[] = "net/ipv4/tcp_mem";
	char name[sizeof(wanted)];

	if (!context->write)
		return 1;
	if (bpf_sysctl_get_name(context, name, sizeof(name), 0) != sizeof(wanted) - 1)
		return 1;
	for (int i = 0; i < (int)sizeof(wanted); i++) {
		if (name[i] != wanted[i])
			return 1;
	}
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
