// black_scholes: prices of European call and put options without dividends.
// call = S N(d1) - K e^(-rT) N(d2), put = K e^(-rT) N(-d2) - S N(-d1),
// d1 = (ln(S/K) + (r + v^2/2) T) / (v sqrt T), d2 = d1 - v sqrt T.
// Source: Black and Scholes, J. Political Economy 81 (1973); N by Abramowitz and Stegun 26.2.17,
// absolute error below 7.5e-8.
//
// heddle: -k black_scholes -g n n=1<<22 rate=0.02 volatility=0.3 spot=uniform(n,lo=5,hi=30,seed=1) strike=uniform(n,lo=1,hi=100,seed=2) years=uniform(n,lo=0.25,hi=10,seed=3) call=zeros(n) put=zeros(n) -o call -o put
// expect: crc32c(call) == 0ad522cd
// expect: crc32c(put) == a7db6942

/* The standard normal distribution function. */
float normal_cdf(float x) {
  float k = 1.0f / (1.0f + 0.2316419f * fabs(x));
  float tail = 0.39894228f * exp(-0.5f * x * x) * k
      * (0.31938153f
         + k * (-0.356563782f + k * (1.781477937f + k * (-1.821255978f + k * 1.330274429f))));
  return x > 0.0f ? 1.0f - tail : tail;
}

__kernel void black_scholes(const int n, const float rate, const float volatility,
                            __global const float *spot, __global const float *strike,
                            __global const float *years, __global float *call,
                            __global float *put) {
  int i = get_global_id(0);
  if (i >= n) {
    return;
  }
  float s = spot[i];
  float k = strike[i];
  float t = years[i];
  float spread = volatility * sqrt(t);
  float d1 = (log(s / k) + (rate + 0.5f * volatility * volatility) * t) / spread;
  float d2 = d1 - spread;
  float n1 = normal_cdf(d1);
  float n2 = normal_cdf(d2);
  float discounted = k * exp(-rate * t);
  call[i] = s * n1 - discounted * n2;
  put[i] = discounted * (1.0f - n2) - s * (1.0f - n1);
}
