#ifndef CK_INTERNAL_H
#define CK_INTERNAL_H
#include <stdint.h>
/// x - quadrant pi/2, in [-pi/4, pi/4], exactly rounded for every finite x >= 0; NaN otherwise.
float ck_reduce_angle(float x, int32_t *quadrant);
#endif
