// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// Walks the options of TCP SYN segments, and drops those whose maximum segment size is absurdly small.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/tcp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define OPTION_BYTES 40 /* a TCP header has at most 60 bytes, 20 of them fixed */
#define SMALLEST_SEGMENT 88

enum option_kind { END = 0, PADDING = 1, MAXIMUM_SEGMENT_SIZE = 2 };

struct option {
	__u8 kind;
	__u8 length; /* in bytes, with these two */
};

SEC("xdp")
int tcp_options(struct xdp_md *context)
{
	void *data = (void *)(long)context->data;
	void *data_end = (void *)(long)context->data_end;

	struct ethhdr *ethernet = data;
	if ((void *)(ethernet + 1) > data_end)
		return XDP_PASS;
	if (ethernet->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;

	struct iphdr *ip = (void *)(ethernet + 1);
	if ((void *)(ip + 1) > data_end)
		return XDP_PASS;
	if (ip->protocol != IPPROTO_TCP || ip->ihl != 5)
		return XDP_PASS;

	struct tcphdr *tcp = (void *)(ip + 1);
	if ((void *)(tcp + 1) > data_end)
		return XDP_PASS;
	if (!tcp->syn)
		return XDP_PASS;

	void *cursor = tcp + 1;
	for (;;) {
		struct option *option = cursor;
		if (cursor + sizeof(*option) > data_end)
			return XDP_PASS;
		if (option->kind == END)
			return XDP_PASS;
		if (option->kind == PADDING) {
			cursor += 1;
			continue;
		}
		if (option->kind == MAXIMUM_SEGMENT_SIZE) {
			__be16 *size = cursor + sizeof(*option);
			if ((void *)(size + 1) > data_end)
				return XDP_PASS;
			return bpf_ntohs(*size) < SMALLEST_SEGMENT ? XDP_DROP : XDP_PASS;
		}
		cursor += option->length;
	}
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
