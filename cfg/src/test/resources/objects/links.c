/* Two programs in one section, functions of every kind, variables in every kind of section, and symbols of the kernel. */
#include "bpf.h"

char license_of_this[] SEC("license") = "Apache-2.0";

struct kernel_thing {
  int field;
};

u32 zeroed;
u32 counted = 7;
static volatile u32 hidden = 9;
const volatile u32 configured = 5;
const u32 constants[4] = {1, 2, 3, 4};
u64 named SEC(".data.named") = 11;

extern const int CONFIG_HZ __attribute__((section(".kconfig")));
extern u64 LINUX_KERNEL_VERSION __attribute__((section(".kconfig"))) WEAK;
extern const struct kernel_thing typed __attribute__((section(".ksyms")));
extern const void typeless __attribute__((section(".ksyms"))) WEAK;
extern int kernel_function(struct kernel_thing *thing) __attribute__((section(".ksyms")));

static NOINLINE int local_function(u32 x) {
  return x * counted + hidden;
}

NOINLINE int global_function(u32 x) {
  return local_function(x) + zeroed;
}

static long callback(u32 index, void *context) {
  *(u32 *)context += index;
  return 0;
}

SEC("xdp")
int first(void *context) {
  static u32 calls;
  calls++;
  return global_function(configured) + constants[calls & 3] + named;
}

SEC("xdp")
int second(void *context) {
  u32 sum = 0;
  loop(10, callback, &sum, 0);
  print("sum", 4);
  return sum + local_function(3);
}

SEC("tc")
int third(void *context) {
  int sum = kernel_function((struct kernel_thing *)&typed) + CONFIG_HZ + (int)LINUX_KERNEL_VERSION;
  return &typeless ? sum : 0;
}
