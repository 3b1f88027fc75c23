// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Lets the processes of a cgroup connect only to networks that user space allowed, by longest prefix.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define ADDRESS_BITS 32
#define DENY 0
#define ALLOW 1

struct network {
	__u32 prefix_bits;
	__be32 address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 256);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network);
	__type(value, __u32); /* the highest port that is open, in host order */
} allowed SEC(".maps");

/* User space may set this before it loads the program. */
const volatile __u32 default_decision = DENY;

SEC("cgroup/connect4")
int connect_policy(struct bpf_sock_addr *context)
{
	struct network network = { .prefix_bits = ADDRESS_BITS, .address = context->user_ip4 };
	__u32 *highest_port = bpf_map_lookup_elem(&allowed, &network);
	if (!highest_port)
		return default_decision == ALLOW ? ALLOW : DENY;

	__u32 port = __builtin_bswap32(context->user_port) >> 16;
	return port <= *highest_port ? ALLOW : DENY;
}

char LICENSE[] SEC("license") = "GPL";
