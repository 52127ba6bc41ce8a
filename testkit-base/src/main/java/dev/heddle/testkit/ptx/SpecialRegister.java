package dev.heddle.testkit.ptx;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Special registers (ISA chapter 10): each is a .u32. */
enum SpecialRegister {
  TID_X("%tid.x"),
  TID_Y("%tid.y"),
  TID_Z("%tid.z"),
  NTID_X("%ntid.x"),
  NTID_Y("%ntid.y"),
  NTID_Z("%ntid.z"),
  CTAID_X("%ctaid.x"),
  CTAID_Y("%ctaid.y"),
  CTAID_Z("%ctaid.z"),
  NCTAID_X("%nctaid.x"),
  NCTAID_Y("%nctaid.y"),
  NCTAID_Z("%nctaid.z"),
  LANEID("%laneid"),
  DYNAMIC_SMEM_SIZE("%dynamic_smem_size");

  private static final Map<String, SpecialRegister> NAMED =
      Arrays.stream(values()).collect(Collectors.toMap(one -> one.text, one -> one));

  private final String text;

  SpecialRegister(String text) {
    this.text = text;
  }

  static Optional<SpecialRegister> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }
}
