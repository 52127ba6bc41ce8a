package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Function;
import org.junit.jupiter.api.Test;

/** Structured control flow on the device, against the interpreter. */
class ControlFlowTest {
  private static final String HEAD =
      """
      kernel k
        pointer out int 1 %0 buffer &out global 0
      {
        %1:i64 = query global_id 0
        %2:i32 = trunc %1
        %3:i64 = const 4
        %4:i64 = mul %1, %3
        %5:i32 = const 0
        %6:i32 = const 1
        %7:i32 = const 7
        %8:i32 = const 100
      """;
  private static final String TAIL =
      """
        store i32 &out[%4] align 4, %90
        return
      }
      """;

  private static void agree(String body) {
    Function kernel = Harness.parse(HEAD + body + TAIL);
    Harness.agree(Harness.Case.of(kernel, 1000, 8, Harness.zeros(4000)));
  }

  @Test
  void branchesHandOverValues() {
    agree(
        """
        %10:i32 = urem %2, %7
        %11:i1 = eq %10, %5
        %90:i32, %91:i32 = if %11 {
          %12:i32 = mul %2, %7
          yield %12, %2
        } else {
          %13:i1 = ult %10, %6
          %14:i32 = if %13 {
            yield %8
          } else {
            yield %10
          }
          yield %14, %6
        }
        """);
  }

  @Test
  void workItemsReturnEarly() {
    agree(
        """
        %10:i1 = ugt %2, %8
        if %10 {
          return
        } else {
          yield
        }
        %90:i32 = add %2, %6
        """);
  }

  @Test
  void loopParametersAreExchangedAllAtOnce() {
    agree(
        """
        %90:i32 = loop 0 (%20:i32, %21:i32, %22:i32) = (%5, %6, %5) {
          %23:i1 = slt %22, %7
          if %23 {
            yield
          } else {
            break 0 %20
          }
          %24:i32 = add %22, %6
          %25:i32 = add %20, %2
          continue 0 %21, %25, %24
        }
        """);
  }

  @Test
  void jumpsLeaveSeveralLoops() {
    agree(
        """
        %90:i32 = loop 0 (%20:i32, %21:i32) = (%5, %5) {
          %22:i1 = slt %20, %8
          if %22 {
            yield
          } else {
            break 0 %21
          }
          %23:i32 = add %20, %6
          loop 1 (%30:i32, %31:i32) = (%5, %21) {
            %32:i1 = slt %30, %7
            if %32 {
              yield
            } else {
              continue 0 %23, %31
            }
            %33:i32 = add %31, %2
            %34:i32 = and %33, %7
            %35:i32 = add %30, %6
            loop 2 (%40:i32) = (%34) {
              %41:i32 = const 3
              %42:i1 = eq %40, %41
              if %42 {
                %43:i32 = mul %33, %8
                %44:i32 = add %43, %20
                %45:i1 = ugt %20, %34
                if %45 {
                  break 0 %44
                } else {
                  continue 0 %23, %44
                }
                yield
              } else {
                yield
              }
              %46:i1 = eq %40, %5
              if %46 {
                continue 1 %35, %33
              } else {
                yield
              }
              %47:i32 = sub %40, %6
              continue 2 %47
            }
            continue 1 %35, %33
          }
          continue 0 %23, %21
        }
        """);
  }

  @Test
  void aLoopThatNeverContinuesIsABlock() {
    agree(
        """
        %90:i32 = loop 0 () = () {
          %20:i1 = slt %2, %8
          if %20 {
            break 0 %7
          } else {
            yield
          }
          %21:i32 = mul %2, %2
          break 0 %21
        }
        """);
  }
}
