package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.frontend.opencl.CType.Struct.Declared;
import dev.heddle.compiler.frontend.opencl.DeclarationParser.Declarator;
import dev.heddle.compiler.frontend.opencl.DeclarationParser.Specifiers;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parses what a type begins with: words, qualifiers, structs, enums (C99 section 6.7.2). */
final class TypeParser {
  private static final Set<String> INTEGER_WORDS =
      Set.of("signed", "unsigned", "__signed__", "char", "short", "int", "long");
  private static final List<String> COMMON_TYPES =
      List.of(
          "void",
          "char",
          "uchar",
          "short",
          "ushort",
          "int",
          "uint",
          "long",
          "ulong",
          "float",
          "double",
          "bool",
          "size_t",
          "float2",
          "float4",
          "int2",
          "int4",
          "uint4",
          "unsigned");

  private final Tokens tokens;
  private final Scopes scopes;
  private final ExpressionParser expressions;
  private final DeclarationParser declarations;
  private final Diagnostics diagnostics;

  TypeParser(
      Tokens tokens,
      Scopes scopes,
      ExpressionParser expressions,
      DeclarationParser declarations,
      Diagnostics diagnostics) {
    this.tokens = tokens;
    this.scopes = scopes;
    this.expressions = expressions;
    this.declarations = declarations;
    this.diagnostics = diagnostics;
  }

  boolean startsType(Token token) {
    if (!token.isIdentifier()) {
      return false;
    }
    String word = token.text();
    Symbol symbol = scopes.find(word);
    if (symbol != null) {
      return symbol instanceof Symbol.TypeName;
    }
    return switch (word) {
      case "struct", "union", "enum", "typedef", "kernel", "__kernel", "__attribute__" -> true;
      default ->
          Keywords.isConst(word)
              || Keywords.isIgnored(word)
              || Keywords.space(word) != null
              || INTEGER_WORDS.contains(word)
              || Keywords.type(word) != null;
    };
  }

  /** What the words seen so far say. */
  private static final class Seen {
    @Nullable Qualified type;
    final List<String> words = new ArrayList<>();
    @Nullable AddressSpace space;
    boolean constant;
    boolean isTypedef;
    boolean kernel;

    boolean hasType() {
      return type != null || !words.isEmpty();
    }
  }

  /** specifiers = { qualifier | attribute | "typedef" | "kernel" | type word | struct | enum }. */
  Specifiers specifiers() {
    Seen seen = new Seen();
    Span span = tokens.span();
    Attributes attributes = new Attributes(tokens, expressions, diagnostics);
    boolean more = true;
    while (more) {
      more = attributes.parse() || specifier(seen);
    }
    Qualified type = resolve(seen, span);
    return new Specifiers(type, seen.isTypedef, seen.kernel, attributes.requiredLocalSize(), span);
  }

  private boolean specifier(Seen seen) {
    Token token = tokens.peek();
    if (!token.isIdentifier()) {
      return false;
    }
    String word = token.text();
    AddressSpace space = Keywords.space(word);
    if (space != null) {
      if (seen.space != null && seen.space != space) {
        diagnostics.error(token.span(), "a type has one address space, this is a second");
      }
      seen.space = space;
    } else if (Keywords.isConst(word)) {
      seen.constant = true;
    } else if (word.equals("typedef")) {
      seen.isTypedef = true;
    } else if (word.equals("kernel") || word.equals("__kernel")) {
      seen.kernel = true;
    } else if (!Keywords.isIgnored(word)) {
      return typeSpecifier(seen, token);
    }
    tokens.next();
    return true;
  }

  private boolean typeSpecifier(Seen seen, Token token) {
    String word = token.text();
    boolean shadowed = scopes.find(word) != null;
    if (!shadowed && INTEGER_WORDS.contains(word)) {
      seen.words.add(word);
      if (seen.words.size() > 5 || seen.type != null) {
        throw tokens.error(token.span(), "these words together name no type");
      }
      tokens.next();
      return true;
    }
    if (seen.hasType()) {
      return false;
    }
    switch (word) {
      case "struct", "union" -> seen.type = Qualified.of(struct(word.equals("union")));
      case "enum" -> seen.type = Qualified.of(enumeration());
      default -> {
        Qualified named = named(token);
        if (named == null) {
          return false;
        }
        seen.type = named;
        tokens.next();
      }
    }
    return true;
  }

  private @Nullable Qualified named(Token token) {
    Symbol symbol = scopes.find(token.text());
    if (symbol instanceof Symbol.TypeName name) {
      return name.type();
    }
    CType type = symbol == null ? Keywords.type(token.text()) : null;
    return type == null ? null : Qualified.of(type);
  }

  private Qualified resolve(Seen seen, Span span) {
    Qualified type = seen.type != null ? seen.type : Qualified.of(words(seen.words, span));
    if (!seen.hasType()) {
      type = Qualified.of(noType());
    }
    type = seen.constant ? type.asConstant() : type;
    return seen.space == null ? type : type.in(seen.space);
  }

  /** Reports a missing type; a misspelt one before a name is taken as some type. */
  private CType noType() {
    Token token = tokens.peek();
    boolean word = token.isIdentifier() && !Keywords.isKeyword(token.text());
    if (!word) {
      throw tokens.missing("a type");
    }
    Set<String> known = new TreeSet<>(COMMON_TYPES);
    for (String name : scopes.names()) {
      if (scopes.find(name) instanceof Symbol.TypeName) {
        known.add(name);
      }
    }
    String hint = Suggestions.didYouMean(token.text(), known);
    String message = "'" + token.text() + "' is not a type" + hint;
    if (!tokens.peek(1).isIdentifier() && !tokens.peek(1).is("*")) {
      throw tokens.error(token.span(), message);
    }
    diagnostics.error(token.span(), message);
    tokens.next();
    return CType.INVALID;
  }

  private CType words(List<String> words, Span span) {
    boolean unsigned = words.contains("unsigned");
    int longs = (int) words.stream().filter("long"::equals).count();
    ElementType element;
    if (words.contains("char")) {
      element = unsigned ? ElementType.UCHAR : ElementType.CHAR;
    } else if (words.contains("short")) {
      element = unsigned ? ElementType.USHORT : ElementType.SHORT;
    } else if (longs > 0) {
      element = unsigned ? ElementType.ULONG : ElementType.LONG;
    } else {
      element = unsigned ? ElementType.UINT : ElementType.INT;
    }
    boolean clash =
        words.contains("char") && (words.contains("short") || longs > 0)
            || words.contains("short") && longs > 0
            || unsigned && words.contains("signed");
    if (clash) {
      throw tokens.error(span, "these words together name no type: " + String.join(" ", words));
    }
    return CType.scalar(element);
  }

  /** struct = ( "struct" | "union" ) [ tag ] [ "{" { member } "}" ] attributes. */
  private CType struct(boolean union) {
    tokens.enter();
    Span span = tokens.next().span();
    Attributes attributes = new Attributes(tokens, expressions, diagnostics);
    attributes.parse();
    String tag = tokens.peek().isIdentifier() ? tokens.next().text() : "";
    if (tag.isEmpty() && !tokens.is("{")) {
      throw tokens.missing("the name or the members of the struct");
    }
    CType known =
        tag.isEmpty() ? null : tokens.is("{") ? scopes.findTagHere(tag) : scopes.findTag(tag);
    CType.Struct struct =
        known instanceof CType.Struct found && found.isUnion() == union
            ? found
            : new CType.Struct(tag.isEmpty() ? "(unnamed)" : tag, union, span);
    if (!tag.isEmpty() && known != struct) {
      scopes.declareTag(tag, struct);
    }
    if (tokens.accept("{")) {
      members(struct, attributes, span);
    }
    tokens.leave();
    return struct;
  }

  private void members(CType.Struct struct, Attributes attributes, Span span) {
    List<String> names = new ArrayList<>();
    List<Declared> members = new ArrayList<>();
    while (!tokens.is("}")) {
      Specifiers specifiers = declarations.specifiers();
      do {
        Declarator member = declarations.declarator(specifiers.type());
        checkMember(member, names);
        names.add(member.name());
        Attributes own = new Attributes(tokens, expressions, diagnostics);
        own.parse();
        members.add(new Declared(member.name(), member.type().type(), own.packed(), own.aligned()));
      } while (tokens.accept(","));
      tokens.semicolon("after the member");
    }
    tokens.next();
    attributes.parse();
    if (struct.isComplete()) {
      diagnostics.error(span, struct.text() + " is defined twice");
      return;
    }
    boolean packed = attributes.packed();
    struct.complete(
        members.stream()
            .map(m -> new Declared(m.name(), m.type(), packed || m.packed(), m.aligned()))
            .toList(),
        attributes.aligned());
  }

  private void checkMember(Declarator member, List<String> names) {
    boolean incomplete =
        member.type().type() instanceof CType.Void
            || member.type().type() instanceof CType.Opaque
            || member.type().type() instanceof CType.Struct inner && !inner.isComplete()
            || member.type().type() instanceof CType.Array array && array.length() < 0;
    if (tokens.is(":")) {
      throw tokens.error(tokens.span(), "bit-fields do not exist in OpenCL C");
    }
    if (incomplete || member.parameters() != null) {
      throw tokens.error(member.span(), "a member cannot have this type");
    }
    boolean unnamed = member.name().isEmpty();
    if (unnamed && !(member.type().type() instanceof CType.Struct)) {
      throw tokens.missing("the name of the member");
    }
    if (!unnamed && names.contains(member.name())) {
      diagnostics.error(member.span(), "there is already a member '" + member.name() + "'");
    }
  }

  /** enum = "enum" [ tag ] [ "{" name [ "=" constant ] { "," ... } [ "," ] "}" ]. */
  private CType enumeration() {
    tokens.next();
    String tag = tokens.peek().isIdentifier() ? tokens.next().text() : "";
    if (!tag.isEmpty()) {
      scopes.declareTag(tag, CType.INT);
    }
    if (!tokens.accept("{")) {
      return CType.INT;
    }
    int next = 0;
    while (!tokens.is("}")) {
      if (!tokens.peek().isIdentifier()) {
        throw tokens.missing("the name of a constant");
      }
      String name = tokens.next().text();
      if (tokens.accept("=")) {
        Long value = expressions.constant("the value of '" + name + "'");
        next = value == null ? next : value.intValue();
      }
      scopes.declare(name, new Symbol.Enumerator(next++));
      if (!tokens.accept(",")) {
        break;
      }
    }
    tokens.expect("}", "after the constants");
    return CType.INT;
  }
}
