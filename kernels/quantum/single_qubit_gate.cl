// single_qubit_gate: applies a 2 x 2 gate to one qubit of a state vector of 2^qubits amplitudes.
// The amplitude i and its partner, whose bit `qubit` differs, are combined by the row of the gate
// that belongs to that bit: out[i] = g[bit][0] * in[i with bit 0] + g[bit][1] * in[i with bit 1].
// The gate is given by rows, real and imaginary part of each of its four entries.
// Source: Nielsen and Chuang, Quantum Computation and Quantum Information, section 4.2.
//
// heddle: -k single_qubit_gate -g 1<<qubits qubits=22 qubit=3 gate=@hadamard.npy re=uniform(1<<qubits,lo=-1,seed=1) im=uniform(1<<qubits,lo=-1,seed=2) re_out=zeros(1<<qubits) im_out=zeros(1<<qubits) -o re_out -o im_out
// expect: crc32c(re_out) == b2adfdcd
// expect: crc32c(im_out) == d0e6bdbd

__kernel void single_qubit_gate(const int qubits, const int qubit, __constant float *gate,
                                __global const float *re, __global const float *im,
                                __global float *re_out, __global float *im_out) {
  int i = get_global_id(0);
  if (i >= 1 << qubits) {
    return;
  }
  int mask = 1 << qubit;
  int zero = i & ~mask;
  int one = i | mask;
  int row = (i & mask) != 0 ? 4 : 0;
  float g0_re = gate[row];
  float g0_im = gate[row + 1];
  float g1_re = gate[row + 2];
  float g1_im = gate[row + 3];
  re_out[i] = g0_re * re[zero] - g0_im * im[zero] + (g1_re * re[one] - g1_im * im[one]);
  im_out[i] = g0_re * im[zero] + g0_im * re[zero] + (g1_re * im[one] + g1_im * re[one]);
}
