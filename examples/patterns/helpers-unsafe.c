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

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} events SEC(".maps");

INLINE struct text *text(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&texts, &zero);
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int string_is_at_most_its_buffer(__u64 *context)
{
	struct text *text_ = text();

	if (!text_)
		return 0;
	long length = bpf_probe_read_user_str(text_->bytes, 100, (void *)context[2]);
	if (length)
		text_->bytes[length - 1] = '!';
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int string_with_terminator(__u64 *context)
{
	struct text *text_ = text();

	if (!text_)
		return 0;
	int length = bpf_probe_read_kernel_str(text_->bytes, sizeof(text_->bytes) - 1, (void *)context[2]);
	if (length == 0)
		return 0;
	text_->bytes[length] = 0;
	text_->length = length;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds, argument
int string_is_sent(__u64 *context)
{
	struct text *text_ = text();

	if (!text_)
		return 0;
	int length = bpf_probe_read_user_str(text_->bytes, sizeof(text_->bytes), (void *)context[2]);
	if (length == 0)
		return 0;
	bpf_perf_event_output(context, &events, BPF_F_CURRENT_CPU, text_, 4 + length);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds, argument
int string_is_sent_masked(__u64 *context)
{
	struct text *text_ = text();

	if (!text_)
		return 0;
	__u32 length = bpf_probe_read_user_str(text_->bytes, sizeof(text_->bytes), (void *)context[2]);
	bpf_perf_event_output(context, &events, BPF_F_CURRENT_CPU, text_->bytes, (length & 511) + 1);
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: stack-bounds
int string_on_the_stack(__u64 *context)
{
	char name[64];
	long length = bpf_probe_read_user_str(name, sizeof(name), (void *)context[2]);

	if (length > 64)
		return 0;
	return name[length - 2] == '~';
}

SEC("tracepoint/syscalls/sys_enter_open") // twin: map-value-bounds
int frames_of_stack(__u64 *context)
{
	struct text *text_ = text();

	if (!text_)
		return 0;
	long bytes = bpf_get_stack(context, text_->frames, sizeof(text_->frames), BPF_F_USER_STACK);
	if (!bytes)
		return 0;
	return text_->frames[(__u64)bytes / 8 - 1] == 0;
}

SEC("tc") // twin: stack-initialised
int loaded_or_not(struct __sk_buff *context)
{
	__u8 header[20];

	if (bpf_skb_load_bytes(context, 14, header, sizeof(header) - 1) < 0)
		return TC_ACT_SHOT;
	return bpf_csum_diff(NULL, 0, (void *)header, sizeof(header), 0) & 1 ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("tc") // twin: stack-initialised
int loaded_struct(struct __sk_buff *context)
{
	struct iphdr ip;

	if (bpf_skb_load_bytes(context, ETH_HLEN, &ip, offsetof(struct iphdr, daddr)))
		return TC_ACT_SHOT;
	if (ip.version != 4 || ip.ihl < 5)
		return TC_ACT_SHOT;
	return ip.daddr == bpf_htonl(0x7f000001) ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: reference
int socket_is_released(struct __sk_buff *context)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *socket;

	tuple.ipv4.daddr = context->mark;
	tuple.ipv4.dport = bpf_htons(80);
	socket = bpf_sk_lookup_tcp(context, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	if (!socket)
		return TC_ACT_OK;
	__u32 mark = socket->mark;
	context->cb[0] = 1;
	return mark ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: reference
int socket_on_every_path(struct __sk_buff *context)
{
	struct bpf_sock_tuple tuple = {};
	struct bpf_sock *socket = bpf_skc_lookup_tcp(context, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	int verdict = TC_ACT_OK;

	if (socket) {
		if (socket->state == BPF_TCP_LISTEN)
			verdict = TC_ACT_SHOT;
		else
			context->mark = socket->family;
		if (verdict) bpf_sk_release(socket);
	}
	return verdict;
}

SEC("tc") // twin: not-null
int full_socket(struct __sk_buff *context)
{
	struct bpf_sock *socket = context->sk;

	if (!socket)
		return TC_ACT_OK;
	socket = bpf_sk_fullsock(socket);
	if (context->mark)
		return TC_ACT_OK;
	return socket->protocol == IPPROTO_TCP ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp") // twin: stack-initialised
int route_lookup(struct xdp_md *context)
{
	struct bpf_fib_lookup route;

	route.family = 2;
	route.ifindex = context->ingress_ifindex;
	long result = bpf_fib_lookup(context, &route, sizeof(route), 0);
	if (result == BPF_FIB_LKUP_RET_SUCCESS)
		return bpf_redirect(route.ifindex, 0);
	return result < 0 ? XDP_ABORTED : XDP_PASS;
}

SEC("cgroup/connect4") // twin: return-value
int decision(struct bpf_sock_addr *context)
{
	if (context->user_port == bpf_htons(25))
		return 0;
	return context->user_ip4;
}

SEC("tracepoint/raw_syscalls/sys_enter") // twin: stack-initialised
int message_is_printed(__u64 *context)
{
	char format[] = "call %d of %d";

	bpf_trace_printk(format, sizeof(format) + 1, context[1], bpf_get_current_pid_tgid() >> 32);
	return 0;
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
	bpf_get_stack(context, (void *)text_->frames + user, sizeof(text_->frames) - user + 8, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
