package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Type;
import dev.heddle.runtime.support.StatusLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** The helper functions that a printed kernel uses, each once, in the order of their first use. */
final class Prelude {
  private final Map<String, String> functions = new LinkedHashMap<>();

  String text() {
    return String.join("\n", functions.values());
  }

  private String use(String name, String text) {
    functions.putIfAbsent(name, text);
    return name;
  }

  /**
   * Records a fault in the status buffer, unless enough are recorded and a lower work-item is among
   * them; see {@link StatusLayout}.
   */
  String fault() {
    return use(
        "record_fault",
        """
        void write_fault(volatile __global uint *at, uint site, ulong offset, ulong size,
                         ulong x, ulong y, ulong z) {
          volatile __global ulong *record = (volatile __global ulong *)at;
          record[0] = site;
          record[1] = offset;
          record[2] = size;
          record[3] = x;
          record[4] = y;
          record[5] = z;
        }

        void record_fault(volatile __global uint *status, uint site, ulong offset, ulong size,
                          ulong x, ulong y, ulong z) {
          const ulong row = (get_global_id(2) - get_global_offset(2)) * get_global_size(1)
              + get_global_id(1) - get_global_offset(1);
          const ulong item = row * get_global_size(0) + get_global_id(0) - get_global_offset(0);
          const uint early = item < 0xffffffffu ? ~(uint)item : 0u;
          if (atomic_max(status + %1$d, early) < early) {
            const uint slot = atomic_inc(status + %2$d) %% %3$du;
            write_fault(status + %4$d + slot * 12u, site, offset, size, x, y, z);
          }
          if (status[1] >= %5$du) return;
          const uint slot = atomic_inc(status + 1);
          if (slot >= %5$du) return;
          write_fault(status + %6$d + slot * 12u, site, offset, size, x, y, z);
        }
        """
            .formatted(
                StatusLayout.LOWEST / Integer.BYTES,
                StatusLayout.LOWEST_COUNT / Integer.BYTES,
                StatusLayout.MAX_LOWEST_RECORDS,
                StatusLayout.LOWEST_RECORDS / Integer.BYTES,
                StatusLayout.MAX_RECORDS,
                StatusLayout.RECORDS / Integer.BYTES));
  }

  /** The offset in range that is nearest, then aligned. */
  String clamp() {
    return use(
        "clamp_offset",
        """
        ulong clamp_offset(ulong offset, ulong size, ulong bytes, ulong alignment) {
          const ulong last = size - bytes;
          const ulong inside = (long)offset < 0 ? 0ul : offset > last ? last : offset;
          return inside & ~(alignment - 1ul);
        }
        """);
  }

  /** Division and remainder that never fault: by zero they give 0. */
  String divide(boolean signed, boolean remainder, Type type) {
    String c = signed ? CType.signed(type) : CType.of(type);
    String u = CType.of(type);
    String name = (signed ? "s" : "u") + (remainder ? "rem_" : "div_") + type.text();
    String operator = remainder ? "%" : "/";
    if (!signed) {
      return use(
          name,
          """
          %1$s %2$s(%1$s a, %1$s b) {
            const %1$s safe = b == 0 ? (%1$s)1 : b;
            return b == 0 ? (%1$s)0 : (%1$s)(a %3$s safe);
          }
          """
              .formatted(u, name, operator));
    }
    // the least number divided by -1 overflows: negate instead
    String byMinusOne = remainder ? "(%s)0".formatted(u) : "(%s)(0u - a)".formatted(u);
    return use(
        name,
        """
        %1$s %2$s(%1$s a, %1$s b) {
          const bool special = b == 0 || b == (%1$s)-1;
          const %3$s safe = special ? (%3$s)1 : (%3$s)b;
          const %1$s quotient = (%1$s)((%3$s)a %4$s safe);
          return b == 0 ? (%1$s)0 : b == (%1$s)-1 ? %5$s : quotient;
        }
        """
            .formatted(u, name, c, operator, byMinusOne));
  }

  /** The smaller or larger, the other operand where one is NaN; -0 is less than +0. */
  String extremum(boolean max, Type type) {
    String name = (max ? "fmax_" : "fmin_") + type.text();
    String bits = type == Type.F32 ? "uint" : "ulong";
    return use(
        name,
        """
        %1$s %2$s(%1$s a, %1$s b) {
          return a == b ? as_%1$s(as_%3$s(a) %4$s as_%3$s(b)) : a %5$s b || b != b ? a : b;
        }
        """
            .formatted(CType.of(type), name, bits, max ? "&" : "|", max ? ">" : "<"));
  }

  String canonical(Type type) {
    String nan = type == Type.F32 ? "as_float(0x7fc00000u)" : "as_double(0x7ff8000000000000ul)";
    String name = "canonical_" + type.text();
    return use(
        name,
        """
        %1$s %2$s(%1$s a) {
          return a != a ? %3$s : a;
        }
        """
            .formatted(CType.of(type), name, nan));
  }

  /** Toward zero, saturating, NaN to 0. */
  String toSigned(Type from, Type to) {
    String name = from.text() + "_to_s" + to.bits();
    return use(
        name,
        """
        %1$s %2$s(%3$s a) {
          const bool low = a <= -%4$s;
          const bool high = a >= %4$s;
          const bool inside = !(low || high || a != a);
          const %3$s safe = inside ? a : %5$s;
          return low ? %6$s : high ? %7$s : (%1$s)(%8$s)safe;
        }
        """
            .formatted(
                CType.of(to),
                name,
                CType.of(from),
                power(from, to.bits() - 1),
                CType.zero(from),
                CType.constant(to, 1L << (to.bits() - 1)),
                CType.constant(to, (1L << (to.bits() - 1)) - 1),
                to == Type.I64 ? "long" : "int"));
  }

  /** Toward zero, saturating, NaN to 0. */
  String toUnsigned(Type from, Type to) {
    String name = from.text() + "_to_u" + to.bits();
    return use(
        name,
        """
        %1$s %2$s(%3$s a) {
          const bool high = a >= %4$s;
          const %3$s safe = a > %5$s && !high ? a : %5$s;
          return high ? (%1$s)%6$s : (%1$s)%7$ssafe;
        }
        """
            .formatted(
                CType.of(to),
                name,
                CType.of(from),
                power(from, to.bits()),
                CType.zero(from),
                to == Type.I64
                    ? "0xfffffffffffffffful"
                    : Long.toString((1L << to.bits()) - 1) + "u",
                to == Type.I64 ? "(ulong)" : "(uint)"));
  }

  private static String power(Type type, int exponent) {
    return "0x1.0p" + exponent + (type == Type.F32 ? "f" : "");
  }

  String halfToFloat() {
    return use(
        "half_to_float",
        """
        float half_to_float(ushort a) {
          const uint sign = (a & 0x8000u) << 16;
          const uint exponent = (a >> 10) & 31u;
          const uint fraction = a & 0x3ffu;
          if (exponent == 31u) return as_float(fraction ? 0x7fc00000u : sign | 0x7f800000u);
          if (exponent == 0u) return as_float(sign | as_uint((float)fraction * 0x1.0p-24f));
          return as_float(sign | (exponent + 112u) << 23 | fraction << 13);
        }
        """);
  }

  /** To nearest even. */
  String floatToHalf() {
    return use(
        "float_to_half",
        """
        ushort float_to_half(float a) {
          const uint sign = as_uint(a) >> 16 & 0x8000u;
          const uint bits = as_uint(a) & 0x7fffffffu;
          if (bits > 0x7f800000u) return 0x7e00;
          if (bits >= 0x47800000u) return (ushort)(sign | 0x7c00u);
          if (bits < 0x38800000u) return (ushort)(sign | (uint)rint(as_float(bits) * 0x1.0p24f));
          const uint rebased = bits - 0x38000000u;
          return (ushort)(sign | (rebased + 0xfffu + (rebased >> 13 & 1u)) >> 13);
        }
        """);
  }

  /** To nearest even in one rounding: to odd first, then to half. */
  String doubleToHalf() {
    floatToHalf();
    return use(
        "double_to_half",
        """
        ushort double_to_half(double a) {
          const float nearest = (float)a;
          if ((double)nearest == a || a != a) return float_to_half(nearest);
          const uint bits = as_uint(nearest) - (fabs((double)nearest) > fabs(a) ? 1u : 0u);
          return float_to_half(as_float(bits | 1u));
        }
        """);
  }
}
