#include "ckernels.h"

// Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011), 10 rounds.
static inline void rounds(uint32_t c[4], uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; round++) {
    uint64_t p0 = (uint64_t)0xD2511F53u * c[0], p1 = (uint64_t)0xCD9E8D57u * c[2];
    uint32_t c0 = (uint32_t)(p1 >> 32) ^ c[1] ^ k0, c2 = (uint32_t)(p0 >> 32) ^ c[3] ^ k1;
    c[0] = c0;
    c[1] = (uint32_t)p1;
    c[2] = c2;
    c[3] = (uint32_t)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t output[4]) {
  for (int i = 0; i < 4; i++) output[i] = counter[i];
  rounds(output, key[0], key[1]);
}

void ck_philox_fill(const uint32_t key[2], uint32_t stream_low, uint32_t stream_high,
                    uint64_t first, ptrdiff_t words, uint32_t *output) {
  for (ptrdiff_t i = 0; i < words; i += 4, first++) {
    uint32_t c[4] = {(uint32_t)first, (uint32_t)(first >> 32), stream_low, stream_high};
    rounds(c, key[0], key[1]);
    for (ptrdiff_t j = 0; j < 4 && i + j < words; j++) output[i + j] = c[j];
  }
}
