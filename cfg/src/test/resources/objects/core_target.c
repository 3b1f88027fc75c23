/* The kernel that core.c meets. */
#include "bpf.h"

enum state { STATE_IDLE = 3, STATE_BUSY = 70000, STATE_NEW = 9 };

struct nested {
  u64 before;
  struct {
    u32 moved;
  };
  short numbers[6];
};

struct thing {
  u64 inserted;
  u32 small;
  u64 *pointer;
  unsigned long long wide;
  int signed_one;
  struct nested nested;
  u32 unused : 5;
  u32 bits : 7;
  int more;
  enum state state;
};

typedef long word;

struct thing thing;
enum state state;
word a_word;
