import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar and gives classes from before Java 7 the form of Java 8: stack maps, without which
 * the JVM verifies them anew at each start and keeps them out of its archives.
 *
 * <p>Arguments: the jar, the copy.
 */
public final class ClassUpgrade {
  private static final int JAVA_7 = 51;
  private static final int JAVA_8 = 52;

  private ClassUpgrade() {}

  public static void main(String[] args) throws IOException {
    try (ZipFile jar = new ZipFile(args[0]);
        ZipOutputStream copy = new ZipOutputStream(Files.newOutputStream(Path.of(args[1])))) {
      ClassFile context =
          ClassFile.of(
              ClassHierarchyResolverOption.of(hierarchy(jar)),
              StackMapsOption.GENERATE_STACK_MAPS,
              ConstantPoolSharingOption.NEW_POOL);
      for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        byte[] content = jar.getInputStream(entry).readAllBytes();
        copy.putNextEntry(new ZipEntry(entry.getName()));
        copy.write(entry.getName().endsWith(".class") ? upgrade(context, content) : content);
        copy.closeEntry();
      }
    }
  }

  private static byte[] upgrade(ClassFile context, byte[] content) {
    ClassModel model = context.parse(content);
    return model.majorVersion() < JAVA_7
        ? context.transformClass(model, ClassUpgrade::upgrade)
        : content;
  }

  private static void upgrade(ClassBuilder target, ClassElement element) {
    switch (element) {
      case ClassFileVersion old -> target.withVersion(JAVA_8, 0);
      // element by element, since code that is copied whole gets no stack maps
      case MethodModel method when method.code().isPresent() ->
          target.transformMethod(
              method, MethodTransform.transformingCode((code, one) -> code.with(one)));
      default -> target.with(element);
    }
  }

  private static ClassHierarchyResolver hierarchy(ZipFile jar) {
    return ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String name = type.descriptorString();
              ZipEntry entry = jar.getEntry(name.substring(1, name.length() - 1) + ".class");
              return entry == null ? null : open(jar, entry);
            })
        .orElse(ClassHierarchyResolver.defaultResolver());
  }

  private static InputStream open(ZipFile jar, ZipEntry entry) {
    try {
      return jar.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
