// Memory of a module without a system: one heap from the end of the data on, which grows.
//
// A block is a header and its room. Free neighbours are joined at once, and a free block is in the
// list of those that are as long as a power of two, so that the large workspaces of one training
// serve the next.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 16, PAGE = 65536, LISTS = 32, IS_USED = 1 };

typedef struct block {
  uint32_t before;  // the room of the block before this one; 0 for the first
  uint32_t room;    // bytes behind the header, a multiple of UNIT; the lowest bit is IS_USED
  struct block *next, *last;  // in the list of free blocks
} block;

_Static_assert(sizeof(block) == UNIT, "a header keeps what follows it aligned");

extern char __heap_base;

static block *lists[LISTS];
static char *end;       // of the last block
static block *final;    // the last block

static uint32_t room(const block *b) { return b->room & ~(uint32_t)IS_USED; }
static int is_used(const block *b) { return b->room & IS_USED; }
static char *memory(block *b) { return (char *)b + UNIT; }
static block *after(block *b) {
  char *next = memory(b) + room(b);
  return next == end ? 0 : (block *)next;
}
static block *before(block *b) {
  return b == (block *)(((uintptr_t)&__heap_base + UNIT - 1) & ~(uintptr_t)(UNIT - 1))
             ? 0
             : (block *)((char *)b - b->before - UNIT);
}

static int list_of(uint32_t bytes) { return 31 - __builtin_clz(bytes | 1); }

static void list(block *b) {
  block **first = &lists[list_of(room(b))];
  b->last = 0;
  b->next = *first;
  if (*first) (*first)->last = b;
  *first = b;
}

static void unlist(block *b) {
  if (b->last) b->last->next = b->next;
  else lists[list_of(room(b))] = b->next;
  if (b->next) b->next->last = b->last;
}

// Tells the block behind how long this one is.
static void close(block *b) {
  block *next = after(b);
  if (next) next->before = room(b);
  else final = b;
}

// Cuts a block, which is in no list, so that `bytes` are left; what is over is free.
static void cut(block *b, uint32_t bytes) {
  const uint32_t over = room(b) - bytes;
  if (over < 2 * UNIT) return;
  b->room = bytes | (b->room & IS_USED);
  block *rest = (block *)(memory(b) + bytes);
  rest->before = bytes;
  rest->room = over - UNIT;
  if ((char *)b == (char *)final) final = rest;
  close(rest);
  list(rest);
}

// A free block at the end of at least so much room; null where there is no more memory.
static block *grown(uint32_t bytes) {
  if (!end) end = (char *)(((uintptr_t)&__heap_base + UNIT - 1) & ~(uintptr_t)(UNIT - 1));
  const uint64_t have = (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
  const int joins = final && !is_used(final);
  const uint64_t start = (uintptr_t)(joins ? (char *)final : end);
  const uint64_t needed = start + UNIT + bytes;
  if (needed > have) {
    const uint64_t pages = (needed - have + PAGE - 1) / PAGE;
    if (pages > PAGE || __builtin_wasm_memory_grow(0, (size_t)pages) == (size_t)-1) return 0;
  }
  block *b = (block *)(uintptr_t)start;
  if (joins) unlist(b);
  else b->before = final ? room(final) : 0;
  b->room = bytes;
  end = memory(b) + bytes;
  final = b;
  return b;
}

static block *found(uint32_t bytes) {
  for (int i = list_of(bytes); i < LISTS; i++)
    for (block *b = lists[i]; b; b = b->next)
      if (room(b) >= bytes) {
        unlist(b);
        return b;
      }
  return grown(bytes);
}

int posix_memalign(void **result, size_t alignment, size_t bytes) {
  if (alignment < UNIT) alignment = UNIT;
  // A front that is cut off has a header and some room.
  const uint64_t wanted = ((uint64_t)bytes + UNIT - 1) & ~(uint64_t)(UNIT - 1);
  const uint64_t most = wanted + (alignment > UNIT ? alignment + 2 * UNIT : 0);
  block *b = most < 0x7fffffff ? found(most ? (uint32_t)most : UNIT) : 0;
  if (!b) return 12;
  const uintptr_t place = (uintptr_t)memory(b);
  if (place & (alignment - 1)) {
    const uintptr_t aligned = (place + 2 * UNIT + alignment - 1) & ~(uintptr_t)(alignment - 1);
    const uint32_t front = (uint32_t)(aligned - UNIT - place);
    const uint32_t whole = room(b);
    b->room = front;
    block *rest = (block *)(aligned - UNIT);
    rest->before = front;
    rest->room = whole - front - UNIT;
    if (b == final) final = rest;
    close(rest);
    list(b);
    b = rest;
  }
  b->room |= IS_USED;
  cut(b, wanted ? (uint32_t)wanted : UNIT);
  *result = memory(b);
  return 0;
}

void *malloc(size_t bytes) {
  void *result = 0;
  return posix_memalign(&result, UNIT, bytes) ? 0 : result;
}

void free(void *address) {
  if (!address) return;
  block *b = (block *)((char *)address - UNIT);
  b->room &= ~(uint32_t)IS_USED;
  block *next = after(b), *former = before(b);
  if (next && !is_used(next)) {
    unlist(next);
    b->room += UNIT + next->room;
    if (next == final) final = b;
  }
  if (former && !is_used(former)) {
    unlist(former);
    former->room += UNIT + b->room;
    if (b == final) final = former;
    b = former;
  }
  close(b);
  list(b);
}
