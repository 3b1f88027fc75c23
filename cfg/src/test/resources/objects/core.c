/* Questions about the kernel's types, of every kind that CO-RE knows; core_target.c has what they meet. */
#include "bpf.h"

#define CORE __attribute__((preserve_access_index))

enum state { STATE_IDLE, STATE_BUSY, STATE_GONE };

struct nested {
  u32 moved;
  short numbers[4];
} CORE;

struct thing {
  u32 small;
  u32 *pointer;
  u32 wide;
  int signed_one;
  struct nested nested;
  u32 bits : 7;
  u64 more;
  int gone;
} CORE;

struct thing___other {
  u32 small;
  u64 *missing;
} CORE;

struct absent {
  u32 x;
} CORE;

typedef long word;

SEC("xdp")
int fields(struct thing *thing) {
  return thing->small + thing->nested.moved + thing->nested.numbers[2] + thing->wide;
}

SEC("xdp")
u64 flavour(struct thing___other *thing) {
  return thing->small;
}

SEC("xdp")
int missing(struct thing *thing) {
  return __builtin_preserve_field_info(thing->gone, 2) ? thing->gone : 1;
}

SEC("xdp")
int shrunk(struct thing *thing) {
  return thing->more;
}

SEC("xdp")
u64 bitfields(struct thing *thing) {
  return __builtin_preserve_field_info(thing->bits, 0) * 1000000000000 +
         __builtin_preserve_field_info(thing->bits, 1) * 10000000000 +
         __builtin_preserve_field_info(thing->bits, 3) * 100000000 +
         __builtin_preserve_field_info(thing->bits, 4) * 10000 + __builtin_preserve_field_info(thing->bits, 5);
}

SEC("xdp")
u64 types(void *context) {
  return __builtin_preserve_type_info(*(struct thing *)0, 0) * 1000 +
         __builtin_preserve_type_info(*(struct absent *)0, 0) * 100 + __builtin_preserve_type_info(*(struct nested *)0, 1);
}

SEC("xdp")
u64 ids(void *context) {
  return __builtin_btf_type_id(*(struct thing *)0, 0) + (__builtin_btf_type_id(*(struct thing *)0, 1) << 32);
}

SEC("xdp")
u64 enumerators(void *context) {
  return __builtin_preserve_enum_value(*(enum state *)STATE_BUSY, 1) +
         __builtin_preserve_enum_value(*(enum state *)STATE_GONE, 0);
}
