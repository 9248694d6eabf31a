// Memory of a module without a system: one growing heap after the data.
//
// A block is a header and its bytes. Free neighbors are merged at once, and a free block is in the
// list for its power of two of bytes, so that the next training reuses the large workspaces of the
// last.

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT = 16, PAGE = 65536, LISTS = 32, IS_USED = 1 };

typedef struct block {
  uint32_t size_before;  // the size of the block before this one; 0 for the first
  uint32_t size;         // bytes after the header, a multiple of UNIT; the lowest bit is IS_USED
  struct block *next, *previous;  // in the list of free blocks
} block;

_Static_assert(sizeof(block) == UNIT, "a header keeps what follows it aligned");

extern char __heap_base;

static block *lists[LISTS];
static char *end;    // of the last block
static block *last;  // the last block

static uint32_t size_of(const block *b) { return b->size & ~(uint32_t)IS_USED; }
static int is_used(const block *b) { return b->size & IS_USED; }
static char *memory(block *b) { return (char *)b + UNIT; }
static block *after(block *b) {
  char *next = memory(b) + size_of(b);
  return next == end ? 0 : (block *)next;
}
static block *before(block *b) {
  return b == (block *)(((uintptr_t)&__heap_base + UNIT - 1) & ~(uintptr_t)(UNIT - 1))
             ? 0
             : (block *)((char *)b - b->size_before - UNIT);
}

static int list_of(uint32_t bytes) { return 31 - __builtin_clz(bytes | 1); }

static void list(block *b) {
  block **first = &lists[list_of(size_of(b))];
  b->previous = 0;
  b->next = *first;
  if (*first) (*first)->previous = b;
  *first = b;
}

static void unlist(block *b) {
  if (b->previous) b->previous->next = b->next;
  else lists[list_of(size_of(b))] = b->next;
  if (b->next) b->next->previous = b->previous;
}

// Records the size of this block in the next one.
static void update_next(block *b) {
  block *next = after(b);
  if (next) next->size_before = size_of(b);
  else last = b;
}

// Shortens a block, which is in no list, to `bytes`; the rest becomes a free block.
static void cut(block *b, uint32_t bytes) {
  const uint32_t over = size_of(b) - bytes;
  if (over < 2 * UNIT) return;
  b->size = bytes | (b->size & IS_USED);
  block *rest = (block *)(memory(b) + bytes);
  rest->size_before = bytes;
  rest->size = over - UNIT;
  if ((char *)b == (char *)last) last = rest;
  update_next(rest);
  list(rest);
}

// A free block of at least `bytes` at the end of the heap; null if there is no more memory.
static block *grow(uint32_t bytes) {
  if (!end) end = (char *)(((uintptr_t)&__heap_base + UNIT - 1) & ~(uintptr_t)(UNIT - 1));
  const uint64_t have = (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
  const int joins = last && !is_used(last);
  const uint64_t start = (uintptr_t)(joins ? (char *)last : end);
  const uint64_t needed = start + UNIT + bytes;
  if (needed > have) {
    const uint64_t pages = (needed - have + PAGE - 1) / PAGE;
    if (pages > PAGE || __builtin_wasm_memory_grow(0, (size_t)pages) == (size_t)-1) return 0;
  }
  block *b = (block *)(uintptr_t)start;
  if (joins) unlist(b);
  else b->size_before = last ? size_of(last) : 0;
  b->size = bytes;
  end = memory(b) + bytes;
  last = b;
  return b;
}

// A free block of at least `bytes`, from a list or by growing the heap.
static block *find(uint32_t bytes) {
  for (int i = list_of(bytes); i < LISTS; i++)
    for (block *b = lists[i]; b; b = b->next)
      if (size_of(b) >= bytes) {
        unlist(b);
        return b;
      }
  return grow(bytes);
}

int posix_memalign(void **result, size_t alignment, size_t bytes) {
  if (alignment < UNIT) alignment = UNIT;
  // A front that is cut off needs a header and UNIT bytes.
  const uint64_t wanted = ((uint64_t)bytes + UNIT - 1) & ~(uint64_t)(UNIT - 1);
  const uint64_t maximum = wanted + (alignment > UNIT ? alignment + 2 * UNIT : 0);
  block *b = maximum < 0x7fffffff ? find(maximum ? (uint32_t)maximum : UNIT) : 0;
  if (!b) return 12;
  const uintptr_t place = (uintptr_t)memory(b);
  if (place & (alignment - 1)) {
    const uintptr_t aligned = (place + 2 * UNIT + alignment - 1) & ~(uintptr_t)(alignment - 1);
    const uint32_t front = (uint32_t)(aligned - UNIT - place);
    const uint32_t whole = size_of(b);
    b->size = front;
    block *rest = (block *)(aligned - UNIT);
    rest->size_before = front;
    rest->size = whole - front - UNIT;
    if (b == last) last = rest;
    update_next(rest);
    list(b);
    b = rest;
  }
  b->size |= IS_USED;
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
  b->size &= ~(uint32_t)IS_USED;
  block *next = after(b), *previous = before(b);
  if (next && !is_used(next)) {
    unlist(next);
    b->size += UNIT + next->size;
    if (next == last) last = b;
  }
  if (previous && !is_used(previous)) {
    unlist(previous);
    previous->size += UNIT + b->size;
    if (b == last) last = previous;
    b = previous;
  }
  update_next(b);
  list(b);
}
