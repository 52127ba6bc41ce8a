/**
 * What generated vector code calls: one static method per operation, on whole vectors. {@code
 * Privileges} copies these classes into the package of the Vector API and has every method inlined
 * by force, so that a call costs nothing and the shapes of vectors are known exactly. They
 * therefore use the JDK and each other alone, no lambdas, no nested classes, and no two methods of
 * a class have the same name.
 */
@org.jspecify.annotations.NullMarked
package dev.heddle.backend.cpu.vector.ops;
