// Plain C twins of the ten kernels that bench compares, as a C programmer would write them, for
// gcc -O3 -march=native -fopenmp -fno-math-errno -fno-trapping-math. exp_twin and log_twin are the
// polynomials of Heddle's own exp and log, so that both sides do the same work.
#include <immintrin.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float bits_to_float(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static inline uint32_t float_to_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

#include "math_twins.h"

// Lanes of a strip: one vector register of floats.
#define W 16

void triad(int n, float s, const float *restrict b, const float *restrict c, float *restrict a) {
#pragma omp parallel for simd
  for (int i = 0; i < n; i++) {
    a[i] = b[i] + s * c[i];
  }
}

static inline float normal_cdf(float x) {
  float k = 1.0f / (1.0f + 0.2316419f * fabsf(x));
  float tail = 0.39894228f * exp_twin(-0.5f * x * x) * k
      * (0.31938153f
         + k * (-0.356563782f + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
  return x > 0.0f ? 1.0f - tail : tail;
}

void black_scholes(int n, float rate, float volatility, const float *restrict spot,
                   const float *restrict strike, const float *restrict years,
                   float *restrict call, float *restrict put) {
#pragma omp parallel for simd
  for (int i = 0; i < n; i++) {
    float s = spot[i];
    float k = strike[i];
    float t = years[i];
    float spread = volatility * sqrtf(t);
    float d1 = (log_twin(s / k) + (rate + 0.5f * volatility * volatility) * t) / spread;
    float d2 = d1 - spread;
    float n1 = normal_cdf(d1);
    float n2 = normal_cdf(d2);
    float discounted = k * exp_twin(-rate * t);
    call[i] = s * n1 - discounted * n2;
    put[i] = discounted * (1.0f - n2) - s * (1.0f - n1);
  }
}

void mandelbrot(int width, int height, int limit, float left, float top, float step,
                int *restrict iterations) {
#pragma omp parallel for schedule(dynamic, 4)
  for (int py = 0; py < height; py++) {
    float cy = top + step * (float)py;
    for (int px = 0; px < width; px++) {
      float cx = left + step * (float)px;
      float zx = 0.0f, zy = 0.0f;
      int count = 0;
      while (count < limit && zx * zx + zy * zy <= 4.0f) {
        float next = zx * zx - zy * zy + cx;
        zy = 2.0f * zx * zy + cy;
        zx = next;
        count++;
      }
      iterations[py * width + px] = count;
    }
  }
}

#ifdef __AVX512F__
void mandelbrot_intrinsics(int width, int height, int limit, float left, float top, float step,
                           int *restrict iterations) {
  const __m512 four = _mm512_set1_ps(4.0f);
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#pragma omp parallel for schedule(dynamic, 4)
  for (int py = 0; py < height; py++) {
    __m512 cy = _mm512_set1_ps(fmaf(step, (float)py, top));
    for (int px = 0; px < width; px += 16) {
      __m512 x = _mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_set1_epi32(px), lanes));
      __m512 cx = _mm512_fmadd_ps(_mm512_set1_ps(step), x, _mm512_set1_ps(left));
      __m512 zx = _mm512_setzero_ps(), zy = _mm512_setzero_ps();
      __m512i count = _mm512_setzero_si512();
      for (int i = 0; i < limit; i++) {
        __m512 yy = _mm512_mul_ps(zy, zy);
        __m512 norm = _mm512_fmadd_ps(zx, zx, yy);
        __mmask16 inside = _mm512_cmp_ps_mask(norm, four, _CMP_LE_OQ);
        if (!inside) {
          break;
        }
        __m512 next = _mm512_add_ps(_mm512_fmsub_ps(zx, zx, yy), cx);
        zy = _mm512_fmadd_ps(_mm512_add_ps(zx, zx), zy, cy);
        zx = next;
        count = _mm512_mask_add_epi32(count, inside, count, _mm512_set1_epi32(1));
      }
      __mmask16 here = px + 16 <= width ? 0xFFFF : (__mmask16)((1u << (width - px)) - 1);
      _mm512_mask_storeu_epi32(iterations + py * width + px, here, count);
    }
  }
}
#endif

void nbody(int n, float dt, float softening2, const float *restrict x, const float *restrict y,
           const float *restrict z, const float *restrict mass, float *restrict vx,
           float *restrict vy, float *restrict vz, float *restrict x_next,
           float *restrict y_next, float *restrict z_next) {
  // strips of W bodies, so that gcc vectorises over bodies and not over the sum
#pragma omp parallel for
  for (int first = 0; first < n; first += W) {
    int width = n - first < W ? n - first : W;
    float ax[W] = {0}, ay[W] = {0}, az[W] = {0}, xi[W] = {0}, yi[W] = {0}, zi[W] = {0};
    for (int l = 0; l < width; l++) {
      xi[l] = x[first + l];
      yi[l] = y[first + l];
      zi[l] = z[first + l];
    }
    for (int j = 0; j < n; j++) {
      float xj = x[j], yj = y[j], zj = z[j], mj = mass[j];
#pragma omp simd
      for (int l = 0; l < W; l++) {
        float dx = xj - xi[l];
        float dy = yj - yi[l];
        float dz = zj - zi[l];
        float distance2 = dx * dx + dy * dy + dz * dz + softening2;
        float inverse = 1.0f / sqrtf(distance2);
        float pull = mj * inverse * inverse * inverse;
        ax[l] += pull * dx;
        ay[l] += pull * dy;
        az[l] += pull * dz;
      }
    }
    for (int l = 0; l < width; l++) {
      int i = first + l;
      float vx_new = vx[i] + dt * ax[l];
      float vy_new = vy[i] + dt * ay[l];
      float vz_new = vz[i] + dt * az[l];
      vx[i] = vx_new;
      vy[i] = vy_new;
      vz[i] = vz_new;
      x_next[i] = xi[l] + dt * vx_new;
      y_next[i] = yi[l] + dt * vy_new;
      z_next[i] = zi[l] + dt * vz_new;
    }
  }
}

void heat_2d(int width, int height, float k, const float *restrict before,
             float *restrict after) {
#pragma omp parallel for
  for (int y = 0; y < height; y++) {
    const float *row = before + (long)y * width;
    float *out = after + (long)y * width;
    if (y == 0 || y == height - 1) {
      memcpy(out, row, sizeof(float) * (size_t)width);
      continue;
    }
    out[0] = row[0];
    for (int x = 1; x < width - 1; x++) {
      float neighbours = row[x - 1] + row[x + 1] + row[x - width] + row[x + width];
      out[x] = row[x] + k * (neighbours - 4.0f * row[x]);
    }
    out[width - 1] = row[width - 1];
  }
}

// One output at a time along a strip of W columns, so that gcc vectorises over columns.
void matmul(int n, const float *restrict a, const float *restrict b, float *restrict c) {
#pragma omp parallel for
  for (int row = 0; row < n; row++) {
    for (int first = 0; first < n; first += W) {
      int width = n - first < W ? n - first : W;
      float sum[W] = {0};
      if (width == W) {
        for (int k = 0; k < n; k++) {
          float ak = a[row * n + k];
#pragma omp simd
          for (int l = 0; l < W; l++) {
            sum[l] += ak * b[k * n + first + l];
          }
        }
      } else {
        for (int k = 0; k < n; k++) {
          for (int l = 0; l < width; l++) {
            sum[l] += a[row * n + k] * b[k * n + first + l];
          }
        }
      }
      memcpy(c + row * n + first, sum, sizeof(float) * (size_t)width);
    }
  }
}

// The order a C programmer would choose: rows of b are added to a row of c.
void matmul_ikj(int n, const float *restrict a, const float *restrict b, float *restrict c) {
#pragma omp parallel for
  for (int row = 0; row < n; row++) {
    float *out = c + (long)row * n;
    memset(out, 0, sizeof(float) * (size_t)n);
    for (int k = 0; k < n; k++) {
      float ak = a[row * n + k];
      for (int col = 0; col < n; col++) {
        out[col] += ak * b[k * n + col];
      }
    }
  }
}

// The kernel's tile: 4 rows, and 4 strips of W columns a quarter of the matrix apart; n / 4 must be
// a multiple of W.
void matmul_blocked(int n, const float *restrict a, const float *restrict b, float *restrict c) {
  int quarter = n / 4;
#pragma omp parallel for
  for (int row = 0; row < n; row += 4) {
    for (int first = 0; first < quarter; first += W) {
      float s[4][4][W] = {{{0}}};
      for (int k = 0; k < n; k++) {
        const float *bk = b + (long)k * n + first;
#pragma GCC unroll 4
        for (int i = 0; i < 4; i++) {
          float ak = a[(row + i) * n + k];
#pragma GCC unroll 4
          for (int j = 0; j < 4; j++) {
#pragma omp simd
            for (int l = 0; l < W; l++) {
              s[i][j][l] += ak * bk[j * quarter + l];
            }
          }
        }
      }
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          memcpy(c + (row + i) * n + first + j * quarter, s[i][j], sizeof s[i][j]);
        }
      }
    }
  }
}

void gather(int n, const float *restrict table, const int *restrict index, float *restrict out) {
#pragma omp parallel for simd
  for (int i = 0; i < n; i++) {
    out[i] = table[index[i]];
  }
}

// The kernel's fixed tree: blocks of 4096, 64 lanes in a block.
void sum(int n, const float *restrict x, float *restrict partial, float *restrict total) {
  int blocks = (n + 4095) / 4096;
#pragma omp parallel for
  for (int block = 0; block < blocks; block++) {
    float lanes[64] = {0};
    int first = block * 4096;
    int end = n - first < 4096 ? n - first : 4096;
    for (int k = 0; k + 64 <= end; k += 64) {
#pragma omp simd
      for (int lane = 0; lane < 64; lane++) {
        lanes[lane] += x[first + k + lane];
      }
    }
    for (int i = end / 64 * 64; i < end; i++) {
      lanes[i % 64] += x[first + i];
    }
    for (int half = 32; half > 0; half /= 2) {
      for (int lane = 0; lane < half; lane++) {
        lanes[lane] += lanes[lane + half];
      }
    }
    partial[block] = lanes[0];
  }
  float lanes[64] = {0};
  for (int i = 0; i < blocks; i++) {
    lanes[i % 64] += partial[i];
  }
  for (int half = 32; half > 0; half /= 2) {
    for (int lane = 0; lane < half; lane++) {
      lanes[lane] += lanes[lane + half];
    }
  }
  total[0] = lanes[0];
}

static inline uint32_t mix(uint32_t h) {
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  h ^= h >> 16;
  return h;
}

void integer_hash(int n, const uint32_t *restrict keys, uint32_t *restrict hashes) {
#pragma omp parallel for simd
  for (int i = 0; i < n; i++) {
    uint32_t h = keys[i];
    for (int round = 0; round < 8; round++) {
      h = mix(h);
    }
    hashes[i] = h;
  }
}
