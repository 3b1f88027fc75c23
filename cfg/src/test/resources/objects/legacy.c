/* Maps without BTF: structs of iproute2 in the section maps. */
#include "bpf.h"

struct bpf_elf_map {
  u32 type, size_key, size_value, max_elem, flags, id, pinning, inner_id, inner_idx;
};

struct bpf_elf_map plain SEC("maps") = {.type = 1, .size_key = 4, .size_value = 16, .max_elem = 10, .pinning = 2};
struct bpf_elf_map inside SEC("maps") = {.type = 2, .size_key = 4, .size_value = 8, .max_elem = 1, .id = 7};
struct bpf_elf_map outside SEC("maps") = {
    .type = 12, .size_key = 4, .size_value = 4, .max_elem = 4, .inner_id = 7, .inner_idx = 2};

SEC("2/1")
int tail(void *context) {
  u32 key = 0;
  return lookup(&plain, &key) == lookup(&outside, &key);
}

extern void *memset(void *target, int value, unsigned long size);

SEC("from-netdev")
int start(void *context) {
  u32 values[100];
  memset(values, 0, ((u32 *)context)[1] & 255);
  return lookup(&inside, values) != 0;
}
