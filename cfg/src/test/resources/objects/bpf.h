#define SEC(name) __attribute__((section(name), used))
#define NOINLINE __attribute__((noinline))
#define WEAK __attribute__((weak))
#define NUMBER(name, value) int (*name)[value]
#define TYPE(name, type) type *name

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

static void *(*lookup)(void *map, const void *key) = (void *)1;
static long (*print)(const char *format, u32 size, ...) = (void *)6;
static long (*loop)(u32 count, void *callback, void *context, u64 flags) = (void *)181;
