package dev.heddle.backend.cpu.vector.ops;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/** The one vector shape of the process. A 64-bit type takes two vectors for the lanes of one. */
final class Species {
  static final VectorSpecies<Integer> INT = IntVector.SPECIES_PREFERRED;
  static final VectorSpecies<Float> FLOAT = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Long> LONG = LongVector.SPECIES_PREFERRED;
  static final VectorSpecies<Double> DOUBLE = DoubleVector.SPECIES_PREFERRED;

  /** The class of the masks of a species. */
  static final Class<?> INT_MASK = INT.maskAll(true).getClass();

  static final Class<?> FLOAT_MASK = FLOAT.maskAll(true).getClass();
  static final Class<?> LONG_MASK = LONG.maskAll(true).getClass();
  static final Class<?> DOUBLE_MASK = DOUBLE.maskAll(true).getClass();

  /** Work-items in a vector. */
  static final int LANES = INT.length();

  /** A bit for each lane. */
  static final long ALL = (1L << LANES) - 1;

  /** Work-items in each of the two vectors of a 64-bit type. */
  static final int HALF = LANES / 2;

  private Species() {}
}
