package dev.assay.cli.start;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;

/**
 * Brings classes in the format of Java 5 into that of Java 8, with the stack maps that it demands: the JVM's cache of loaded classes takes no older ones, and
 * checks them anew at each start, which is a third of what the parser of the command line costs then. Code and behaviour stay the same.
 */
final class FormatRenewal {
  /** The first format with stack maps is that of Java 6. */
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private FormatRenewal() {}

  static boolean isOld(ClassModel model) {
    return model.majorVersion() < FIRST_WITH_STACK_MAPS;
  }

  /** The bytes of the same class in the newer format. */
  static byte[] renewed(ClassFile format, ClassModel old) {
    return format.transformClass(
        old,
        ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))
            .andThen(ClassTransform.transformingMethodBodies(
                (builder, element) -> builder.with(element))));
  }
}
