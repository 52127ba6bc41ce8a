// monte_carlo_option: the price of an arithmetic Asian call by simulation.
// Each work-item follows one path of `steps` dates under geometric Brownian motion; its random
// numbers depend on its number alone, so that the price is the same however the paths are spread.
// Sources: Boyle, J. Financial Economics 4 (1977); the Philox 4x32-10 generator of Salmon, Moraes,
// Dror and Shaw (SC 2011); the Box-Muller transform.
//
// The mean of payoff is the price.
//
// heddle: -k simulate_paths -g paths paths=1<<20 steps=32 seed=2024 spot=100 strike=100 rate=0.03 volatility=0.25 years=1 payoff=zeros(paths) -o payoff
// expect: crc32c(payoff) == f6c406ae

/* One Philox 4x32-10 block: four random words from a counter of four words and a key of two. */
void philox(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1, uint *words) {
  for (int round = 0; round < 10; round++) {
    uint high0 = mul_hi(0xD2511F53u, c0);
    uint low0 = 0xD2511F53u * c0;
    uint high1 = mul_hi(0xCD9E8D57u, c2);
    uint low1 = 0xCD9E8D57u * c2;
    c0 = high1 ^ c1 ^ key0;
    c1 = low1;
    c2 = high0 ^ c3 ^ key1;
    c3 = low0;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/* A float in (0, 1), never 0 and never 1, from the top 23 bits. */
float unit_float(uint word) {
  return ((float)(word >> 9) + 0.5f) * 1.1920929e-7f;
}

__kernel void simulate_paths(const int paths, const int steps, const uint seed, const float spot,
                             const float strike, const float rate, const float volatility,
                             const float years, __global float *payoff) {
  int path = get_global_id(0);
  if (path >= paths) {
    return;
  }
  float dt = years / (float)steps;
  float drift = (rate - 0.5f * volatility * volatility) * dt;
  float spread = volatility * sqrt(dt);
  float log_price = log(spot);
  float sum = 0.0f;
  for (int step = 0; step < steps; step += 2) {
    uint words[4];
    philox((uint)path, (uint)step, 0u, 0u, seed, 0u, words);
    float radius = sqrt(-2.0f * log(unit_float(words[0])));
    float angle = 6.2831855f * unit_float(words[1]);
    log_price += drift + spread * radius * cos(angle);
    sum += exp(log_price);
    if (step + 1 < steps) {
      log_price += drift + spread * radius * sin(angle);
      sum += exp(log_price);
    }
  }
  float average = sum / (float)steps;
  payoff[path] = exp(-rate * years) * fmax(average - strike, 0.0f);
}
