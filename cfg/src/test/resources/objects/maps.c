/* Maps with BTF, in all the ways to write them. */
#include "bpf.h"

struct bpf_spin_lock {
  u32 value;
};

struct bpf_timer {
  u64 opaque[2];
};

struct task_struct;

struct key {
  u32 a;
  u16 b;
};

struct guarded {
  u64 counter;
  struct bpf_spin_lock lock;
  struct {
    u32 number;
    struct bpf_timer timer;
  } inner[2];
  struct task_struct __attribute__((btf_type_tag("kptr"))) *task;
};

struct {
  NUMBER(type, 1);
  NUMBER(max_entries, 100);
  NUMBER(map_flags, 1);
  NUMBER(pinning, 1);
  TYPE(key, struct key);
  TYPE(value, struct guarded);
} anonymous SEC(".maps");

typedef struct {
  NUMBER(type, 2);
  NUMBER(key_size, 4);
  NUMBER(value_size, 48);
  NUMBER(max_entries, 3);
} described;

described by_typedef SEC(".maps");

struct shape {
  NUMBER(type, 2);
  NUMBER(max_entries, 5);
  TYPE(key, u32);
  TYPE(value, u64);
} held SEC(".maps"), other SEC(".maps");

struct {
  NUMBER(type, 12);
  NUMBER(max_entries, 4);
  TYPE(key, u32);
  struct shape *values[];
} outer SEC(".maps") = {.values = {[1] = &held, [3] = &other}};

int tail_one(void *context);
int tail_two(void *context);

struct {
  NUMBER(type, 3);
  NUMBER(max_entries, 8);
  NUMBER(key_size, 4);
  int (*values[])(void *);
} tails SEC(".maps") = {.values = {[0] = tail_one, [5] = tail_two}};

SEC("xdp")
int tail_one(void *context) {
  u32 key = 1;
  return lookup(&outer, &key) != 0;
}

SEC("xdp")
int tail_two(void *context) {
  struct key key = {1, 2};
  return lookup(&anonymous, &key) == lookup(&tails, &key);
}

SEC("xdp")
int uses(void *context) {
  u32 key = 1;
  return lookup(&by_typedef, &key) == lookup(&held, &key);
}
