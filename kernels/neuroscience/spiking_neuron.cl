// spiking_neuron: one millisecond of a population of spiking neurons.
// dv/dt = 0.04 v^2 + 5 v + 140 - u + current, du/dt = a (b v - u); at v >= 30 mV the neuron spikes:
// v = c, u = u + d. Source: Izhikevich, IEEE Trans. Neural Networks 14 (2003), with two half steps.
//
// heddle: -k spiking_neuron -g n n=1<<20 a=0.02 b=0.2 c=-65 d=8 current=normal(n,mean=5,sd=3,seed=1) v=fill(n,-65) u=fill(n,-13) spikes=zeros(n) -o v -o u -o spikes
// expect: crc32c(v) == ac23f823
// expect: crc32c(u) == b84f0f93
// expect: crc32c(spikes) == bc29e3a2

__kernel void spiking_neuron(const int n, const float a, const float b, const float c,
                             const float d, __global const float *current, __global float *v,
                             __global float *u, __global int *spikes) {
  int i = get_global_id(0);
  if (i >= n) {
    return;
  }
  float vi = v[i];
  float ui = u[i];
  float input = current[i];
  if (vi >= 30.0f) {
    vi = c;
    ui += d;
    spikes[i] += 1;
  }
  vi += 0.5f * (0.04f * vi * vi + 5.0f * vi + 140.0f - ui + input);
  vi += 0.5f * (0.04f * vi * vi + 5.0f * vi + 140.0f - ui + input);
  ui += a * (b * vi - ui);
  v[i] = vi;
  u[i] = ui;
}
