// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-only
// What the programs of this folder share.
#ifndef PATTERNS_H
#define PATTERNS_H

#include <stdbool.h>
#include <stddef.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline))
#define GLOBAL __attribute__((noinline))

/* The compiler must not know what is in the variable, and must have it in a register. */
#define opaque(variable) asm volatile("" : "+r"(variable))

#define start_of(context) ((void *)(long)(context)->data)
#define end_of(context) ((void *)(long)(context)->data_end)

#endif
