// The kernel library once more, as CUDA C++ written by hand for the same work: what a CUDA
// programmer would have instead of Heddle. Parameters are those of the OpenCL C kernels, in their
// order. Below the kernels: how bench/gpu/run calls them and what it takes as ceilings.
//
// Buffers never overlap, hence __restrict__; sizes are at most 2^31 elements, hence int indices.

#include <cuda_runtime.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

typedef unsigned int uint;
typedef unsigned char uchar;

static __device__ int item() { return blockIdx.x * blockDim.x + threadIdx.x; }
static __device__ int itemY() { return blockIdx.y * blockDim.y + threadIdx.y; }

// ---- stream

__global__ void add(int n, const float *__restrict__ a, const float *__restrict__ b,
                    float *__restrict__ c) {
  int i = item();
  if (i < n) c[i] = a[i] + b[i];
}

__global__ void copy(int n, const float *__restrict__ a, float *__restrict__ c) {
  int i = item();
  if (i < n) c[i] = a[i];
}

__global__ void scale(int n, float s, const float *__restrict__ c, float *__restrict__ b) {
  int i = item();
  if (i < n) b[i] = s * c[i];
}

__global__ void triad(int n, float s, const float *__restrict__ b, const float *__restrict__ c,
                      float *__restrict__ a) {
  int i = item();
  if (i < n) a[i] = fmaf(s, c[i], b[i]);
}

__global__ void saxpy(int n, float a, const float *__restrict__ x, float *__restrict__ y) {
  int i = item();
  if (i < n) y[i] = fmaf(a, x[i], y[i]);
}

__global__ void gather(int n, const float *__restrict__ table, const int *__restrict__ index,
                       float *__restrict__ out) {
  int i = item();
  if (i < n) out[i] = table[index[i]];
}

// ---- finance

static __device__ float normalCdf(float x) {
  float k = 1.0f / fmaf(0.2316419f, fabsf(x), 1.0f);
  float p = fmaf(k, 1.330274429f, -1.821255978f);
  p = fmaf(k, p, 1.781477937f);
  p = fmaf(k, p, -0.356563782f);
  p = fmaf(k, p, 0.31938153f);
  float tail = 0.39894228f * expf(-0.5f * x * x) * k * p;
  return x > 0.0f ? 1.0f - tail : tail;
}

__global__ void black_scholes(int n, float rate, float volatility, const float *__restrict__ spot,
                              const float *__restrict__ strike, const float *__restrict__ years,
                              float *__restrict__ call, float *__restrict__ put) {
  int i = item();
  if (i >= n) return;
  float s = spot[i], k = strike[i], t = years[i];
  float spread = volatility * sqrtf(t);
  float d1 = (logf(s / k) + (rate + 0.5f * volatility * volatility) * t) / spread;
  float n1 = normalCdf(d1), n2 = normalCdf(d1 - spread);
  float discounted = k * expf(-rate * t);
  call[i] = s * n1 - discounted * n2;
  put[i] = discounted * (1.0f - n2) - s * (1.0f - n1);
}

static __device__ uint4 philox(uint4 c, uint2 key) {
#pragma unroll
  for (int round = 0; round < 10; round++) {
    uint high0 = __umulhi(0xD2511F53u, c.x), low0 = 0xD2511F53u * c.x;
    uint high1 = __umulhi(0xCD9E8D57u, c.z), low1 = 0xCD9E8D57u * c.z;
    c = make_uint4(high1 ^ c.y ^ key.x, low1, high0 ^ c.w ^ key.y, low0);
    key.x += 0x9E3779B9u;
    key.y += 0xBB67AE85u;
  }
  return c;
}

static __device__ float unitFloat(uint word) {
  return (static_cast<float>(word >> 9) + 0.5f) * 1.1920929e-7f;
}

__global__ void simulate_paths(int paths, int steps, uint seed, float spot, float strike,
                               float rate, float volatility, float years,
                               float *__restrict__ payoff) {
  int path = item();
  if (path >= paths) return;
  float dt = years / steps;
  float drift = (rate - 0.5f * volatility * volatility) * dt;
  float spread = volatility * sqrtf(dt);
  float price = logf(spot), sum = 0.0f;
  for (int step = 0; step < steps; step += 2) {
    uint4 words = philox(make_uint4(path, step, 0, 0), make_uint2(seed, 0));
    float radius = sqrtf(-2.0f * logf(unitFloat(words.x)));
    float sine, cosine;
    sincosf(6.2831855f * unitFloat(words.y), &sine, &cosine);
    price += drift + spread * radius * cosine;
    sum += expf(price);
    if (step + 1 < steps) {
      price += drift + spread * radius * sine;
      sum += expf(price);
    }
  }
  payoff[path] = expf(-rate * years) * fmaxf(sum / steps - strike, 0.0f);
}

// ---- physics, climate, neuroscience, quantum

__global__ void nbody(int n, float dt, float softening2, const float *__restrict__ x,
                      const float *__restrict__ y, const float *__restrict__ z,
                      const float *__restrict__ mass, float *__restrict__ vx,
                      float *__restrict__ vy, float *__restrict__ vz, float *__restrict__ xNext,
                      float *__restrict__ yNext, float *__restrict__ zNext) {
  int i = item();
  if (i >= n) return;
  float xi = x[i], yi = y[i], zi = z[i];
  float ax = 0.0f, ay = 0.0f, az = 0.0f;
  for (int j = 0; j < n; j++) {
    float dx = x[j] - xi, dy = y[j] - yi, dz = z[j] - zi;
    float inverse = 1.0f / sqrtf(fmaf(dx, dx, fmaf(dy, dy, fmaf(dz, dz, softening2))));
    float pull = mass[j] * inverse * inverse * inverse;
    ax = fmaf(pull, dx, ax);
    ay = fmaf(pull, dy, ay);
    az = fmaf(pull, dz, az);
  }
  float u = fmaf(dt, ax, vx[i]), v = fmaf(dt, ay, vy[i]), w = fmaf(dt, az, vz[i]);
  vx[i] = u;
  vy[i] = v;
  vz[i] = w;
  xNext[i] = fmaf(dt, u, xi);
  yNext[i] = fmaf(dt, v, yi);
  zNext[i] = fmaf(dt, w, zi);
}

__global__ void heat_2d(int width, int height, float k, const float *__restrict__ before,
                        float *__restrict__ after) {
  int x = item(), y = itemY();
  if (x >= width || y >= height) return;
  int here = y * width + x;
  float centre = before[here];
  bool edge = x == 0 || y == 0 || x == width - 1 || y == height - 1;
  if (!edge) {
    float sum = before[here - 1] + before[here + 1] + before[here - width] + before[here + width];
    centre += k * (sum - 4.0f * centre);
  }
  after[here] = centre;
}

static __device__ float momentumFlux(float h, float momentum) {
  return momentum * momentum / h + 0.5f * 9.81f * h * h;
}

__global__ void shallow_water(int width, int height, float dtDx, const float *__restrict__ h,
                              const float *__restrict__ hu, const float *__restrict__ hv,
                              float *__restrict__ hNext, float *__restrict__ huNext,
                              float *__restrict__ hvNext) {
  int x = item(), y = itemY();
  if (x >= width || y >= height) return;
  int here = y * width + x;
  if (x == 0 || y == 0 || x == width - 1 || y == height - 1) {
    hNext[here] = h[here];
    huNext[here] = hu[here];
    hvNext[here] = hv[here];
    return;
  }
  int w = here - 1, e = here + 1, n = here - width, s = here + width;
  float halfStep = 0.5f * dtDx;
  float hw = h[w], he = h[e], hn = h[n], hs = h[s];
  float huw = hu[w], hue = hu[e], hun = hu[n], hus = hu[s];
  float hvw = hv[w], hve = hv[e], hvn = hv[n], hvs = hv[s];
  hNext[here] = 0.25f * (hw + he + hn + hs) - halfStep * (hue - huw + hvs - hvn);
  huNext[here] = 0.25f * (huw + hue + hun + hus)
      - halfStep * (momentumFlux(he, hue) - momentumFlux(hw, huw) + hus * hvs / hs - hun * hvn / hn);
  hvNext[here] = 0.25f * (hvw + hve + hvn + hvs)
      - halfStep * (hue * hve / he - huw * hvw / hw + momentumFlux(hs, hvs) - momentumFlux(hn, hvn));
}

__global__ void spiking_neuron(int n, float a, float b, float c, float d,
                               const float *__restrict__ current, float *__restrict__ v,
                               float *__restrict__ u, int *__restrict__ spikes) {
  int i = item();
  if (i >= n) return;
  float vi = v[i], ui = u[i], input = current[i];
  if (vi >= 30.0f) {
    vi = c;
    ui += d;
    spikes[i]++;
  }
  for (int half = 0; half < 2; half++) {
    vi += 0.5f * (0.04f * vi * vi + 5.0f * vi + 140.0f - ui + input);
  }
  ui += a * (b * vi - ui);
  v[i] = vi;
  u[i] = ui;
}

__global__ void single_qubit_gate(int qubits, int qubit, const float *__restrict__ gate,
                                  const float *__restrict__ re, const float *__restrict__ im,
                                  float *__restrict__ reOut, float *__restrict__ imOut) {
  int i = item();
  if (i >= 1 << qubits) return;
  int mask = 1 << qubit, zero = i & ~mask, one = i | mask;
  const float *row = gate + ((i & mask) != 0 ? 4 : 0);
  float re0 = re[zero], im0 = im[zero], re1 = re[one], im1 = im[one];
  reOut[i] = row[0] * re0 - row[1] * im0 + (row[2] * re1 - row[3] * im1);
  imOut[i] = row[0] * im0 + row[1] * re0 + (row[2] * im1 + row[3] * re1);
}

// ---- linear algebra

__global__ void matmul(int n, const float *__restrict__ a, const float *__restrict__ b,
                       float *__restrict__ c) {
  int col = item(), row = itemY();
  if (col >= n || row >= n) return;
  float sum = 0.0f;
  for (int k = 0; k < n; k++) sum = fmaf(a[row * n + k], b[k * n + col], sum);
  c[row * n + col] = sum;
}

__global__ void matmul_blocked(int n, const float *__restrict__ a, const float *__restrict__ b,
                               float *__restrict__ c) {
  int quarter = n / 4, col = item(), row = itemY() * 4;
  if (col >= quarter || row >= n) return;
  float sum[4][4] = {};
  for (int k = 0; k < n; k++) {
    float left[4], right[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
      left[i] = a[(row + i) * n + k];
      right[i] = b[k * n + col + i * quarter];
    }
#pragma unroll
    for (int i = 0; i < 4; i++) {
#pragma unroll
      for (int j = 0; j < 4; j++) sum[i][j] = fmaf(left[i], right[j], sum[i][j]);
    }
  }
#pragma unroll
  for (int i = 0; i < 4; i++) {
#pragma unroll
    for (int j = 0; j < 4; j++) c[(row + i) * n + col + j * quarter] = sum[i][j];
  }
}

constexpr int TILE = 16;

__global__ void matmul_tiled(int n, const float *__restrict__ a, const float *__restrict__ b,
                             float *__restrict__ c) {
  __shared__ float tileA[TILE][TILE], tileB[TILE][TILE];
  int x = threadIdx.x, y = threadIdx.y, col = item(), row = itemY();
  float sum = 0.0f;
  for (int first = 0; first < n; first += TILE) {
    tileA[y][x] = row < n && first + x < n ? a[row * n + first + x] : 0.0f;
    tileB[y][x] = first + y < n && col < n ? b[(first + y) * n + col] : 0.0f;
    __syncthreads();
#pragma unroll
    for (int k = 0; k < TILE; k++) sum = fmaf(tileA[y][k], tileB[k][x], sum);
    __syncthreads();
  }
  if (row < n && col < n) c[row * n + col] = sum;
}

__global__ void spmv_csr(int rows, const int *__restrict__ rowStart,
                         const int *__restrict__ columns, const float *__restrict__ values,
                         const float *__restrict__ x, float *__restrict__ y) {
  int row = item();
  if (row >= rows) return;
  float sum = 0.0f;
  int end = rowStart[row + 1];
  for (int k = rowStart[row]; k < end; k++) sum = fmaf(values[k], x[columns[k]], sum);
  y[row] = sum;
}

// ---- reductions, by the same fixed tree

constexpr int LANES = 64, BLOCK = 4096;

static __device__ void addLanes(float *lanes, int lane, float mine, float *result) {
  lanes[lane] = mine;
  for (int width = LANES / 2; width > 0; width /= 2) {
    __syncthreads();
    if (lane < width) lanes[lane] += lanes[lane + width];
  }
  if (lane == 0) *result = lanes[0];
}

__global__ void sum_blocks(int n, const float *__restrict__ x, float *__restrict__ sums) {
  __shared__ float lanes[LANES];
  int lane = threadIdx.x, end = min(n, (static_cast<int>(blockIdx.x) + 1) * BLOCK);
  float sum = 0.0f;
#pragma unroll 8
  for (int i = blockIdx.x * BLOCK + lane; i < end; i += LANES) sum += x[i];
  addLanes(lanes, lane, sum, sums + blockIdx.x);
}

__global__ void dot_blocks(int n, const float *__restrict__ x, const float *__restrict__ y,
                           float *__restrict__ sums) {
  __shared__ float lanes[LANES];
  int lane = threadIdx.x, end = min(n, (static_cast<int>(blockIdx.x) + 1) * BLOCK);
  float sum = 0.0f;
#pragma unroll 8
  for (int i = blockIdx.x * BLOCK + lane; i < end; i += LANES) sum = fmaf(x[i], y[i], sum);
  addLanes(lanes, lane, sum, sums + blockIdx.x);
}

// ---- images, fractals, robotics

__constant__ float weights[5] = {0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f};

__global__ void gaussian_blur(int width, int height, const float *__restrict__ source,
                              float *__restrict__ blurred) {
  int x = item(), y = itemY();
  if (x >= width || y >= height) return;
  int pitch = width + 4;
  float sum = 0.0f;
#pragma unroll
  for (int dy = 0; dy < 5; dy++) {
    float row = 0.0f;
#pragma unroll
    for (int dx = 0; dx < 5; dx++) {
      row = fmaf(weights[dx], source[(y + dy) * pitch + x + dx], row);
    }
    sum = fmaf(weights[dy], row, sum);
  }
  blurred[y * width + x] = sum;
}

__global__ void sobel(int width, int height, const uchar *__restrict__ source,
                      uchar *__restrict__ edges) {
  int x = item(), y = itemY();
  if (x >= width || y >= height) return;
  int pitch = width + 2;
  const uchar *above = source + y * pitch + x, *here = above + pitch, *below = here + pitch;
  int gx = above[2] + 2 * here[2] + below[2] - above[0] - 2 * here[0] - below[0];
  int gy = below[0] + 2 * below[1] + below[2] - above[0] - 2 * above[1] - above[2];
  float strength = sqrtf(static_cast<float>(gx * gx + gy * gy));
  edges[y * width + x] = static_cast<uchar>(fminf(strength, 255.0f));
}

constexpr int BINS = 256;

__global__ void histogram(int n, const uchar *__restrict__ pixels, uint *__restrict__ counts) {
  __shared__ uint local[BINS];
  for (int bin = threadIdx.x; bin < BINS; bin += blockDim.x) local[bin] = 0;
  __syncthreads();
  int all = gridDim.x * blockDim.x;
  for (int i = item(); i < n; i += all) atomicAdd(&local[pixels[i]], 1u);
  __syncthreads();
  for (int bin = threadIdx.x; bin < BINS; bin += blockDim.x) atomicAdd(&counts[bin], local[bin]);
}

__global__ void mandelbrot(int width, int height, int limit, float left, float top, float step,
                           int *__restrict__ iterations) {
  int px = item(), py = itemY();
  if (px >= width || py >= height) return;
  float cx = fmaf(step, static_cast<float>(px), left), cy = fmaf(step, static_cast<float>(py), top);
  float zx = 0.0f, zy = 0.0f;
  int count = 0;
  while (count < limit && zx * zx + zy * zy <= 4.0f) {
    float next = zx * zx - zy * zy + cx;
    zy = fmaf(2.0f * zx, zy, cy);
    zx = next;
    count++;
  }
  iterations[py * width + px] = count;
}

__global__ void voxel_grid(int points, int cellsX, int cellsY, int cellsZ, float originX,
                           float originY, float originZ, float cellSize,
                           const float *__restrict__ x, const float *__restrict__ y,
                           const float *__restrict__ z, int *__restrict__ voxel,
                           uint *__restrict__ occupancy) {
  int i = item();
  if (i >= points) return;
  int cx = static_cast<int>(floorf((x[i] - originX) / cellSize));
  int cy = static_cast<int>(floorf((y[i] - originY) / cellSize));
  int cz = static_cast<int>(floorf((z[i] - originZ) / cellSize));
  int cell = -1;
  if (cx >= 0 && cx < cellsX && cy >= 0 && cy < cellsY && cz >= 0 && cz < cellsZ) {
    cell = (cz * cellsY + cy) * cellsX + cx;
    atomicAdd(&occupancy[cell], 1u);
  }
  voxel[i] = cell;
}

// ---- hashing, genomics

__global__ void integer_hash(int n, const uint *__restrict__ keys, uint *__restrict__ hashes) {
  int i = item();
  if (i >= n) return;
  uint h = keys[i];
#pragma unroll
  for (int round = 0; round < 8; round++) {
    h = (h ^ (h >> 16)) * 0x85EBCA6Bu;
    h = (h ^ (h >> 13)) * 0xC2B2AE35u;
    h ^= h >> 16;
  }
  hashes[i] = h;
}

constexpr int MAX_QUERY = 64;

__global__ void smith_waterman(int sequences, int queryLength, int length, int match, int mismatch,
                               int gapOpen, int gapExtend, const uchar *__restrict__ query,
                               const uchar *__restrict__ database, int *__restrict__ score) {
  int sequence = item();
  if (sequence >= sequences) return;
  int rows = min(queryLength, MAX_QUERY), best = 0;
  int h[MAX_QUERY], gapInQuery[MAX_QUERY];
  for (int q = 0; q < rows; q++) h[q] = gapInQuery[q] = 0;
  for (int p = 0; p < length; p++) {
    uchar letter = database[p * sequences + sequence];
    int diagonal = 0, above = 0, gapInDatabase = 0;
    for (int q = 0; q < rows; q++) {
      int left = h[q];
      int fromLeft = max(gapInQuery[q] - gapExtend, left - gapOpen);
      gapInDatabase = max(gapInDatabase - gapExtend, above - gapOpen);
      int here = diagonal + (query[q] == letter ? match : mismatch);
      here = max(max(here, 0), max(fromLeft, gapInDatabase));
      gapInQuery[q] = fromLeft;
      h[q] = here;
      diagonal = left;
      above = here;
      best = max(best, here);
    }
  }
  score[sequence] = best;
}

__global__ void kmer_count(int positions, int k, const uchar *__restrict__ bases,
                           uint *__restrict__ counts) {
  int position = item();
  if (position >= positions) return;
  uint word = 0;
  bool known = true;
  for (int j = 0; j < k; j++) {
    uint base = bases[position + j];
    known = known && base < 4u;
    word = (word << 2) | (base & 3u);
  }
  if (known) atomicAdd(&counts[word], 1u);
}

__global__ void nothing() {}

// ---- how they are called

namespace {

struct Entry {
  const char *name;
  const void *function;
};

#define ENTRY(kernel) {#kernel, reinterpret_cast<const void *>(&kernel)}
const Entry entries[] = {
    ENTRY(add), ENTRY(copy), ENTRY(scale), ENTRY(triad), ENTRY(saxpy), ENTRY(gather),
    ENTRY(black_scholes), ENTRY(simulate_paths), ENTRY(nbody), ENTRY(heat_2d),
    ENTRY(shallow_water), ENTRY(spiking_neuron), ENTRY(single_qubit_gate), ENTRY(matmul),
    ENTRY(matmul_blocked), ENTRY(matmul_tiled), ENTRY(spmv_csr), ENTRY(sum_blocks),
    ENTRY(dot_blocks), ENTRY(gaussian_blur), ENTRY(sobel), ENTRY(histogram), ENTRY(mandelbrot),
    ENTRY(voxel_grid), ENTRY(integer_hash), ENTRY(smith_waterman), ENTRY(kmer_count)};

struct Argument {
  int64_t value;  // a scalar's low bits, or the device's address
  int64_t bytes;  // 0 for a scalar
};

struct Twin {
  const void *function;
  dim3 groups, group;
  std::vector<Argument> arguments;
};

std::string error;

bool good(cudaError_t code, const char *call) {
  if (code != cudaSuccess) error = std::string(call) + ": " + cudaGetErrorString(code);
  return code == cudaSuccess;
}

#define TRY(call) \
  do { \
    if (!good(call, #call)) return -1; \
  } while (false)

double now() {
  auto time = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

cudaError_t launch(Twin *twin) {
  std::vector<void *> pointers;
  for (Argument &argument : twin->arguments) pointers.push_back(&argument.value);
  return cudaLaunchKernel(twin->function, twin->groups, twin->group, pointers.data(), 0, nullptr);
}

constexpr int REPEATS = 9;

}  // namespace

extern "C" {

/** What failed last. */
const char *twin_error() { return error.c_str(); }

int twin_device(int number) {
  TRY(cudaSetDevice(number));
  return 0;
}

/** A launch of a kernel; groups of 256 work-items where local is 0. Null if there is no such twin. */
Twin *twin_new(const char *kernel, const int64_t *global, const int64_t *local) {
  for (const Entry &entry : entries) {
    if (strcmp(entry.name, kernel) != 0) continue;
    bool plane = global[1] > 1;
    dim3 group = local[0] > 0 ? dim3(local[0], local[1], local[2])
                              : dim3(plane ? 32 : 256, plane ? 8 : 1, 1);
    dim3 groups((global[0] + group.x - 1) / group.x, (global[1] + group.y - 1) / group.y,
                (global[2] + group.z - 1) / group.z);
    return new Twin{entry.function, groups, group, {}};
  }
  return nullptr;
}

/** Gives the next argument, a buffer with that content. */
int twin_buffer(Twin *twin, const void *content, int64_t bytes) {
  void *address = nullptr;
  TRY(cudaMalloc(&address, bytes));
  twin->arguments.push_back({reinterpret_cast<int64_t>(address), bytes});
  TRY(cudaMemcpy(address, content, bytes, cudaMemcpyHostToDevice));
  return 0;
}

/** Gives the next argument, a scalar by its low bits. */
void twin_scalar(Twin *twin, int64_t bits) { twin->arguments.push_back({bits, 0}); }

/** Runs it once; nanoseconds on the device, or -1. */
double twin_run(Twin *twin) {
  cudaEvent_t begin, end;
  TRY(cudaEventCreate(&begin));
  TRY(cudaEventCreate(&end));
  TRY(cudaEventRecord(begin));
  TRY(launch(twin));
  TRY(cudaEventRecord(end));
  TRY(cudaEventSynchronize(end));
  float milliseconds = 0;
  TRY(cudaEventElapsedTime(&milliseconds, begin, end));
  TRY(cudaEventDestroy(begin));
  TRY(cudaEventDestroy(end));
  return milliseconds * 1e6;
}

/** Copies an argument's content to the host. */
int twin_read(Twin *twin, int argument, void *to) {
  const Argument &from = twin->arguments[argument];
  TRY(cudaMemcpy(to, reinterpret_cast<void *>(from.value), from.bytes, cudaMemcpyDeviceToHost));
  return 0;
}

/** Copies a buffer argument's content from the host. */
int twin_write(Twin *twin, int argument, const void *content) {
  const Argument &to = twin->arguments[argument];
  TRY(cudaMemcpy(reinterpret_cast<void *>(to.value), content, to.bytes, cudaMemcpyHostToDevice));
  return 0;
}

void twin_free(Twin *twin) {
  for (const Argument &argument : twin->arguments) {
    if (argument.bytes > 0) cudaFree(reinterpret_cast<void *>(argument.value));
  }
  delete twin;
}

/** Bytes per second that a copy within the device's memory reads and writes, or -1. */
double ceiling_memory(int64_t bytes) {
  void *from = nullptr, *to = nullptr;
  TRY(cudaMalloc(&from, bytes));
  TRY(cudaMalloc(&to, bytes));
  std::vector<double> rates;
  for (int i = 0; i < REPEATS; i++) {
    cudaEvent_t begin, end;
    TRY(cudaEventCreate(&begin));
    TRY(cudaEventCreate(&end));
    TRY(cudaEventRecord(begin));
    TRY(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToDevice));
    TRY(cudaEventRecord(end));
    TRY(cudaEventSynchronize(end));
    float milliseconds = 0;
    TRY(cudaEventElapsedTime(&milliseconds, begin, end));
    rates.push_back(2.0 * bytes / (milliseconds * 1e-3));
    TRY(cudaEventDestroy(begin));
    TRY(cudaEventDestroy(end));
  }
  TRY(cudaFree(from));
  TRY(cudaFree(to));
  return median(rates);
}

/** Bytes per second between pinned host memory and the device: in, out, or both ways at once. */
double ceiling_copies(int64_t bytes, bool in, bool out) {
  void *host[2], *device[2];
  cudaStream_t streams[2];
  for (int i = 0; i < 2; i++) {
    TRY(cudaMallocHost(&host[i], bytes));
    TRY(cudaMalloc(&device[i], bytes));
    TRY(cudaStreamCreateWithFlags(&streams[i], cudaStreamNonBlocking));
    memset(host[i], 1, bytes);
  }
  std::vector<double> rates;
  for (int i = 0; i < REPEATS; i++) {
    double begin = now();
    if (in) TRY(cudaMemcpyAsync(device[0], host[0], bytes, cudaMemcpyHostToDevice, streams[0]));
    if (out) TRY(cudaMemcpyAsync(host[1], device[1], bytes, cudaMemcpyDeviceToHost, streams[1]));
    TRY(cudaDeviceSynchronize());
    rates.push_back((in + out) * static_cast<double>(bytes) / ((now() - begin) * 1e-9));
  }
  for (int i = 0; i < 2; i++) {
    TRY(cudaFreeHost(host[i]));
    TRY(cudaFree(device[i]));
    TRY(cudaStreamDestroy(streams[i]));
  }
  return median(rates);
}

/** Nanoseconds from launching an empty kernel to knowing that it is done, or -1. */
double ceiling_launch() {
  std::vector<double> times;
  for (int i = 0; i < 2000; i++) {
    double begin = now();
    TRY(cudaLaunchKernel(reinterpret_cast<const void *>(&nothing), dim3(1), dim3(1), nullptr, 0,
                         nullptr));
    TRY(cudaDeviceSynchronize());
    times.push_back(now() - begin);
  }
  return median(times);
}

}  // extern "C"
