// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Programs about sockets and control groups.
#include "patterns.h"

struct backend {
	__be32 address;
	__be16 port;
	__u16 flags;
};

struct name {
	char text[32];
};

struct endpoint {
	__u32 local_address, remote_address, local_port, remote_port;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __be32);
	__type(value, struct backend);
} backends SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, 1024);
	__type(key, struct endpoint);
	__type(value, __u64);
} connections SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, __u64);
} listeners SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} workers SEC(".maps");

struct state {
	__u64 bytes;
	__u32 requests;
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct state);
} states SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, struct state);
} groups SEC(".maps");

SEC("cgroup/connect4") // twin: not-null
int connection_is_redirected(struct bpf_sock_addr *context)
{
	__be32 address = context->user_ip4;
	struct backend *backend = bpf_map_lookup_elem(&backends, &address);

	if (!backend)
		return 1;
	context->user_ip4 = backend->address;
	context->user_port = backend->port;
	return 1;
}

SEC("cgroup/connect6") // twin: context-access
int connection_of_version_6(struct bpf_sock_addr *context)
{
	if (context->user_ip6[0] != 0 || context->user_ip6[1] != 0)
		return 1;
	if (context->user_ip6[2] != bpf_htonl(0xffff))
		return 1;
	__be32 address = context->user_ip6[3];
	struct backend *backend = bpf_map_lookup_elem(&backends, &address);
	if (!backend)
		return 1;
	context->user_ip6[3] = backend->address;
	context->user_port = backend->port;
	return 1;
}

SEC("cgroup/bind4") // twin: return-value
int port_is_refused(struct bpf_sock_addr *context)
{
	struct bpf_sock *socket = context->sk;

	if (!socket || socket->type != 1)
		return 1;
	if (bpf_ntohs(context->user_port) < 1024)
		return 0;
	return 1;
}

SEC("cgroup/sendmsg4") // twin: context-access
int source_is_chosen(struct bpf_sock_addr *context)
{
	__be32 address = context->msg_src_ip4;

	if (!address)
		context->msg_src_ip4 = bpf_htonl(0x0a000001);
	return 1;
}

SEC("cgroup/recvmsg4") // twin: return-value
int answer_comes_from_the_service(struct bpf_sock_addr *context)
{
	__be32 address = context->user_ip4;
	struct backend *backend = bpf_map_lookup_elem(&backends, &address);

	if (backend)
		context->user_ip4 = backend->address;
	return 1;
}

SEC("cgroup/sock_create") // twin: stack-initialised
int socket_is_marked(struct bpf_sock *context)
{
	__be32 key = bpf_get_current_uid_gid();
	struct backend *backend = bpf_map_lookup_elem(&backends, &key);

	if (context->family != 2 && context->family != 10)
		return 1;
	if (backend) {
		context->mark = backend->flags;
		context->bound_dev_if = backend->port;
	}
	return 1;
}

SEC("cgroup/dev") // twin: context-access
int device_is_allowed(struct bpf_cgroup_dev_ctx *context)
{
	short type = context->access_type & 0xffff, access = context->access_type >> 16;

	if (type != BPF_DEVCG_DEV_CHAR || access & BPF_DEVCG_ACC_MKNOD)
		return 0;
	if (context->major != 1)
		return 0;
	switch (context->minor) {
	case 3:
	case 5:
	case 8:
	case 9:
		return 1;
	}
	return 0;
}

SEC("cgroup/sysctl") // twin: stack-initialised
int setting_by_cleared_name(struct bpf_sysctl *context)
{
	static const char wanted[] = "net/ipv4/tcp_mem";
	char name[sizeof(wanted)] = {};

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

SEC("cgroup/getsockopt") // twin: memory-bounds, packet-bounds
int option_is_answered(struct bpf_sockopt *context)
{
	__u8 *value = context->optval, *end = context->optval_end;

	if (context->level != 6 || context->optname != 1)
		return 1;
	if (value + 1 > end)
		return 0;
	if (context->retval)
		return 1;
	value[0] = 1;
	context->retval = 0;
	/* Or else clang joins the two stores, which Linux does not permit. */
	barrier();
	context->optlen = 1;
	return 1;
}

SEC("cgroup/setsockopt") // twin: memory-bounds, packet-bounds
int option_is_changed(struct bpf_sockopt *context)
{
	__u8 *value = context->optval, *end = context->optval_end;

	if (context->level != 0 || context->optname != 1) {
		if (context->optlen > 4096)
			context->optlen = 0;
		return 1;
	}
	if (value + 4 > end)
		return 0;
	*(__u32 *)value = 0x10;
	context->optlen = 4;
	return 1;
}

SEC("cgroup_skb/egress") // twin: packet-bounds
int bytes_of_a_group(struct __sk_buff *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data;
	struct state *state = bpf_get_local_storage(&groups, 0);

	if ((void *)(ip + 1) > end_of(context))
		return 1;
	if (ip->protocol == IPPROTO_TCP)
		__sync_fetch_and_add(&state->bytes, context->len);
	return state->bytes < 1 << 30;
}

SEC("cgroup_skb/ingress") // twin: not-null
int bytes_of_a_socket(struct __sk_buff *context)
{
	struct bpf_sock *socket = context->sk;

	if (!socket)
		return 1;
	socket = bpf_sk_fullsock(socket);
	if (!socket)
		return 1;
	struct state *state = bpf_sk_storage_get(&states, socket, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!state)
		return 1;
	state->bytes += context->len;
	state->requests++;
	return 1;
}

SEC("sockops") // twin: not-null
int round_trip_times(struct bpf_sock_ops *context)
{
	struct bpf_sock *socket = context->sk;
	struct state *state;

	switch (context->op) {
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		bpf_sock_ops_cb_flags_set(context, BPF_SOCK_OPS_RTT_CB_FLAG);
		break;
	case BPF_SOCK_OPS_RTT_CB:
		if (!socket)
			return 1;
		state = bpf_sk_storage_get(&states, socket, 0, BPF_SK_STORAGE_GET_F_CREATE);
		if (!state)
			return 1;
		struct bpf_tcp_sock *tcp = bpf_tcp_sock(socket);
		if (!tcp)
			return 1;
		state->requests = tcp->srtt_us >> 3;
		state->bytes = tcp->bytes_acked;
		break;
	}
	return 1;
}

SEC("sockops") // twin: stack-initialised
int connection_is_remembered(struct bpf_sock_ops *context)
{
	struct endpoint endpoint = {};

	if (context->family != 2)
		return 0;
	if (context->op != BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB && context->op != BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB)
		return 0;
	endpoint.local_address = context->local_ip4;
	endpoint.remote_address = context->remote_ip4;
	endpoint.local_port = bpf_htonl(context->local_port);
	if (context->remote_port)
		endpoint.remote_port = context->remote_port;
	bpf_sock_hash_update(context, &connections, &endpoint, BPF_NOEXIST);
	return 0;
}

SEC("sockops") // twin: packet-bounds
int option_of_a_segment(struct bpf_sock_ops *context)
{
	__u8 *data, *end;

	if (context->op != BPF_SOCK_OPS_PARSE_HDR_OPT_CB)
		return 1;
	data = context->skb_data;
	end = context->skb_data_end;
	struct tcphdr *tcp = (void *)data;
	if ((void *)(tcp + 1) > (void *)end)
		return 1;
	__u8 option[4] = {254, 4};
	if (tcp->syn && bpf_load_hdr_opt(context, option, sizeof(option), 0) > 0)
		bpf_setsockopt(context, 6, 4, &option[2], 1);
	return 1;
}

SEC("sk_msg") // twin: stack-initialised
int message_goes_to_a_peer(struct sk_msg_md *context)
{
	struct endpoint endpoint = {
		.local_address = context->remote_ip4,
		.remote_address = context->local_ip4,
		.local_port = context->remote_port,
		.remote_port = bpf_htonl(context->local_port),
	};

	return bpf_msg_redirect_hash(context, &connections, &endpoint, BPF_F_INGRESS);
}

SEC("sk_msg") // twin: packet-bounds
int length_of_a_message(struct sk_msg_md *context)
{
	void *data = context->data, *end = context->data_end;

	if (data + 8 > end) {
		if (bpf_msg_pull_data(context, 0, 8, 0))
			return SK_PASS;
		data = context->data;
		end = context->data_end;
		if (data + 8 > end)
			return SK_DROP;
	}
	__u32 length = bpf_ntohl(*(__u32 *)(data + 4));
	if (length > 65536)
		return SK_DROP;
	bpf_msg_cork_bytes(context, length + 8);
	bpf_msg_apply_bytes(context, length + 8);
	return SK_PASS;
}

SEC("sk_skb/stream_parser") // twin: packet-bounds
int frame_of_a_stream(struct __sk_buff *context)
{
	void *data = start_of(context);

	if (data + 4 > end_of(context)) {
		if (context->len < 4 || bpf_skb_pull_data(context, 4))
			return 0;
		data = start_of(context);
		if (data + 4 > end_of(context))
			return 0;
	}
	return bpf_ntohs(*(__u16 *)(data + 2)) + 4;
}

SEC("sk_skb/stream_verdict") // twin: packet-bounds
int worker_of_a_request(struct __sk_buff *context)
{
	__u8 *data = start_of(context), *end = end_of(context);
	__u32 worker = 0;

	if (data + 16 > end)
		return SK_DROP;
#pragma clang loop unroll(disable)
	for (int i = 0; i < 16; i++)
		worker = worker * 31 + data[i];
	return bpf_sk_redirect_map(context, &listeners, worker & 63, 0);
}

SEC("sk_lookup") // twin: reference
int listener_for_many_ports(struct bpf_sk_lookup *context)
{
	__u32 zero = 0;

	if (context->family != 2 || context->local_port < 7000 || context->local_port > 7999)
		return SK_PASS;
	struct bpf_sock *socket = bpf_map_lookup_elem(&listeners, &zero);
	if (!socket)
		return SK_PASS;
	long error = bpf_sk_assign(context, socket, 0);
	bpf_sk_release(socket);
	return error ? SK_DROP : SK_PASS;
}

SEC("tc") // twin: reference
int packet_is_assigned(struct __sk_buff *context)
{
	struct bpf_sock_tuple tuple = {};
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	__be16 *ports = (void *)(ip + 1);
	struct bpf_sock *socket;

	if ((void *)(ports + 2) > end_of(context) || ip->protocol != IPPROTO_TCP)
		return TC_ACT_OK;
	tuple.ipv4.saddr = ip->saddr;
	tuple.ipv4.daddr = ip->daddr;
	tuple.ipv4.sport = ports[0];
	tuple.ipv4.dport = ports[1];
	socket = bpf_skc_lookup_tcp(context, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	if (socket && socket->state != BPF_TCP_LISTEN)
		goto assign;
	if (socket)
		bpf_sk_release(socket);
	tuple.ipv4.dport = bpf_htons(4321);
	socket = bpf_skc_lookup_tcp(context, &tuple, sizeof(tuple.ipv4), BPF_F_CURRENT_NETNS, 0);
	if (!socket)
		return TC_ACT_SHOT;
	if (socket->state != BPF_TCP_LISTEN) {
		bpf_sk_release(socket);
		return TC_ACT_SHOT;
	}
assign:;
	long error = bpf_sk_assign(context, socket, 0);
	bpf_sk_release(socket);
	return error ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc") // twin: packet-bounds
int tuple_in_the_packet(struct __sk_buff *context)
{
	void *data = start_of(context);
	struct iphdr *ip = data + ETH_HLEN;
	struct bpf_sock_tuple *tuple = (void *)&ip->saddr;

	if ((void *)tuple + sizeof(tuple->ipv4) > end_of(context))
		return TC_ACT_OK;
	if (ip->ihl != 5 || ip->protocol != IPPROTO_UDP)
		return TC_ACT_OK;
	struct bpf_sock *socket = bpf_sk_lookup_udp(context, tuple, sizeof(tuple->ipv4), BPF_F_CURRENT_NETNS, 0);
	if (!socket)
		return TC_ACT_SHOT;
	bpf_sk_release(socket);
	return TC_ACT_OK;
}

SEC("sk_reuseport") // twin: packet-bounds
int worker_by_payload(struct sk_reuseport_md *context)
{
	__u8 *data = context->data, *end = context->data_end;
	__u32 worker;

	if (data + 9 > end)
		return SK_DROP;
	worker = data[8] & 15;
	if (bpf_sk_select_reuseport(context, &workers, &worker, 0) == 0)
		return SK_PASS;
	worker = context->hash % 16;
	bpf_sk_select_reuseport(context, &workers, &worker, 0);
	return SK_PASS;
}

SEC("flow_dissector") // twin: packet-bounds
int keys_of_a_flow(struct __sk_buff *context)
{
	struct bpf_flow_keys *keys = context->flow_keys;
	void *data = start_of(context), *end = end_of(context);
	struct iphdr *ip;

	if (keys->n_proto != bpf_htons(ETH_P_IP) || keys->nhoff > 128)
		return BPF_DROP;
	ip = data + keys->nhoff;
	if ((void *)(ip + 1) > end || ip->ihl < 5)
		return BPF_DROP;
	keys->addr_proto = ETH_P_IP;
	keys->ipv4_src = ip->saddr;
	keys->ipv4_dst = ip->daddr;
	keys->ip_proto = ip->protocol;
	keys->thoff = keys->nhoff + ip->ihl * 4;
	__be16 *ports = (void *)ip + ip->ihl * 4;
	if ((void *)(ports + 2) > end)
		return BPF_DROP;
	keys->sport = ports[0];
	keys->dport = ports[1];
	return BPF_OK;
}

SEC("flow_dissector") // twin: stack-initialised
int keys_of_a_fragmented_packet(struct __sk_buff *context)
{
	struct bpf_flow_keys *keys = context->flow_keys;
	struct iphdr ip;

	if (bpf_skb_load_bytes(context, keys->nhoff, &ip, sizeof(ip)))
		return BPF_DROP;
	keys->is_frag = (ip.frag_off & bpf_htons(0x3fff)) != 0;
	keys->is_first_frag = !(ip.frag_off & bpf_htons(0x1fff));
	keys->ipv4_src = ip.saddr;
	keys->ipv4_dst = ip.daddr;
	return BPF_OK;
}

SEC("netfilter") // twin: pointer, context-access
int packet_passes(struct {} *context)
{
	__u64 *words = (void *)context;

	return words[0] != words[1];
}

char LICENSE[] SEC("license") = "GPL";
