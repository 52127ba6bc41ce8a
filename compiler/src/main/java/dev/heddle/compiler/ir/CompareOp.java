package dev.heddle.compiler.ir;

/** Comparisons: two operands of one type, a BOOL result. With a NaN only {@code FNE} is true. */
public enum CompareOp {
  EQ("eq", Domain.INTEGER_OR_BOOL),
  NE("ne", Domain.INTEGER_OR_BOOL),
  SLT("slt", Domain.INTEGER),
  SLE("sle", Domain.INTEGER),
  SGT("sgt", Domain.INTEGER),
  SGE("sge", Domain.INTEGER),
  ULT("ult", Domain.INTEGER),
  ULE("ule", Domain.INTEGER),
  UGT("ugt", Domain.INTEGER),
  UGE("uge", Domain.INTEGER),
  FEQ("feq", Domain.FLOAT),
  FNE("fne", Domain.FLOAT),
  FLT("flt", Domain.FLOAT),
  FLE("fle", Domain.FLOAT),
  FGT("fgt", Domain.FLOAT),
  FGE("fge", Domain.FLOAT);

  private final String text;
  private final Domain domain;

  CompareOp(String text, Domain domain) {
    this.text = text;
    this.domain = domain;
  }

  public String text() {
    return text;
  }

  public Domain domain() {
    return domain;
  }
}
