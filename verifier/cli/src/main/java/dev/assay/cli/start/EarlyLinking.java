package dev.assay.cli.start;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.runtime.ObjectMethods;
import java.lang.runtime.SwitchBootstraps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Replaces the calls that {@code javac} leaves to be linked when they run first by calls of methods with the same effect: switches over the classes of values, and {@code equals} and
 * {@code hashCode} of records. Linking one takes the JVM the better part of a millisecond, which its cache of loaded classes does not save, and a proof passes a hundred of them.
 * What a {@code switch} or a record means is said by {@link SwitchBootstraps#typeSwitch} and {@link ObjectMethods}; switches that also tell constants apart, or only null from the rest, are left alone.
 */
final class EarlyLinking {
  private static final ClassDesc SWITCHES = descriptor(SwitchBootstraps.class);
  private static final ClassDesc RECORDS = descriptor(ObjectMethods.class);
  private static final ClassDesc OBJECTS = descriptor(Objects.class);

  private final ClassModel model;
  private final ClassDesc self;
  private final Map<List<?>, String> names = new HashMap<>();
  private final List<Consumer<ClassBuilder>> methods = new ArrayList<>();

  private EarlyLinking(ClassModel model) {
    this.model = model;
    self = model.thisClass().asSymbol();
  }

  /** Whether the class has such calls. */
  static boolean isPossible(ClassModel model) {
    return model.findAttribute(Attributes.bootstrapMethods()).stream()
        .flatMap(attribute -> attribute.bootstrapMethods().stream())
        .map(entry -> entry.bootstrapMethod().reference().owner().asSymbol())
        .anyMatch(owner -> owner.equals(SWITCHES) || owner.equals(RECORDS));
  }

  /** The bytes of the same class, linked early. */
  static byte[] linked(ClassFile format, ClassModel model) {
    EarlyLinking linking = new EarlyLinking(model);
    return format.transformClass(model, linking.transform());
  }

  private ClassTransform transform() {
    return ClassTransform.transformingMethodBodies(this::link)
        .andThen(ClassTransform.endHandler(
            builder -> methods.forEach(method -> method.accept(builder))));
  }

  private void link(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction call) {
      Optional<Consumer<CodeBuilder>> body = body(call);
      if (body.isPresent()) {
        builder.invokestatic(self, method(call, body.get()), call.typeSymbol(), isInterface());
        return;
      }
    }
    builder.with(element);
  }

  /** What a call does, if it is one of those that are replaced. */
  private Optional<Consumer<CodeBuilder>> body(InvokeDynamicInstruction call) {
    ClassDesc linker = call.bootstrapMethod().owner();
    List<ConstantDesc> arguments = call.bootstrapArgs();
    String name = call.name().stringValue();
    if (linker.equals(SWITCHES)
        && name.equals("typeSwitch")
        && !arguments.isEmpty()
        && arguments.stream().allMatch(EarlyLinking::isClass)) {
      List<ClassDesc> labels = arguments.stream().map(ClassDesc.class::cast).toList();
      return Optional.of(code -> typeSwitch(code, labels));
    }
    if (linker.equals(RECORDS) && name.equals("equals")) {
      return Optional.of(code -> equals(code, components(arguments)));
    }
    if (linker.equals(RECORDS) && name.equals("hashCode")) {
      return Optional.of(code -> hashCode(code, components(arguments)));
    }
    return Optional.empty();
  }

  /** The name of a new method of the class that does what a call does; one for all that do the same. */
  private String method(InvokeDynamicInstruction call, Consumer<CodeBuilder> body) {
    List<?> key = List.of(call.name().stringValue(), call.typeSymbol(), call.bootstrapArgs());
    return names.computeIfAbsent(key, absent -> {
      String added = "linked$" + names.size();
      methods.add(to -> to.withMethodBody(
          added,
          call.typeSymbol(),
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
          body));
      return added;
    });
  }

  private boolean isInterface() {
    return model.flags().has(AccessFlag.INTERFACE);
  }

  private static boolean isClass(ConstantDesc label) {
    return label instanceof ClassDesc type && !type.isPrimitive();
  }

  private static ClassDesc descriptor(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  /** The getters of a record's components: they stand behind the record and the names of the components. */
  private static List<DirectMethodHandleDesc> components(List<ConstantDesc> arguments) {
    return arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
  }

  /** {@code (value, from)}: -1 for null, or the index of the first class from there on that the value is of, or how many there are. */
  private static void typeSwitch(CodeBuilder code, List<ClassDesc> labels) {
    List<Label> tests = labels.stream().map(label -> code.newLabel()).toList();
    Label some = code.newLabel();
    Label none = code.newLabel();
    code.aload(0).ifnonnull(some).iconst_m1().ireturn();
    List<SwitchCase> cases = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      cases.add(SwitchCase.of(i, tests.get(i)));
    }
    code.labelBinding(some).iload(1).tableswitch(none, cases);
    for (int i = 0; i < tests.size(); i++) {
      Label next = i + 1 < tests.size() ? tests.get(i + 1) : none;
      code.labelBinding(tests.get(i))
          .aload(0)
          .instanceOf(labels.get(i))
          .ifeq(next)
          .loadConstant(i)
          .ireturn();
    }
    code.labelBinding(none).loadConstant(labels.size()).ireturn();
  }

  /** {@code (record, value)}: whether the value is of the same class, with equal components. */
  private void equals(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    Label other = code.newLabel();
    Label differs = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn();
    code.labelBinding(other).aload(1).instanceOf(self).ifeq(differs);
    code.aload(1).checkcast(self).astore(2);
    for (DirectMethodHandleDesc component : components) {
      code.aload(0);
      ClassDesc type = read(code, component);
      code.aload(2);
      read(code, component);
      switch (TypeKind.from(type)) {
        case INT, BOOLEAN, BYTE, CHAR, SHORT -> code.if_icmpne(differs);
        case LONG -> code.lcmp().ifne(differs);
        case FLOAT, DOUBLE ->
          code.invokestatic(box(type), "compare", MethodTypeDesc.of(CD_int, type, type))
              .ifne(differs);
        case REFERENCE ->
          code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
              .ifeq(differs);
        case VOID -> throw new IllegalArgumentException("a component without a type");
      }
    }
    code.iconst_1().ireturn();
    code.labelBinding(differs).iconst_0().ireturn();
  }

  /** {@code (record)}: 31 times the hash code of the components before, plus that of the component. */
  private void hashCode(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    code.iconst_0();
    for (DirectMethodHandleDesc component : components) {
      code.loadConstant(31).imul();
      code.aload(0);
      ClassDesc type = read(code, component);
      if (type.isPrimitive()) {
        code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private ClassDesc read(CodeBuilder code, DirectMethodHandleDesc component) {
    ClassDesc type = component.invocationType().returnType();
    code.getfield(self, component.methodName(), type);
    return type;
  }

  private static ClassDesc box(ClassDesc primitive) {
    return switch (TypeKind.from(primitive)) {
      case BOOLEAN -> ConstantDescs.CD_Boolean;
      case BYTE -> ConstantDescs.CD_Byte;
      case CHAR -> ConstantDescs.CD_Character;
      case SHORT -> ConstantDescs.CD_Short;
      case INT -> ConstantDescs.CD_Integer;
      case LONG -> ConstantDescs.CD_Long;
      case FLOAT -> ConstantDescs.CD_Float;
      case DOUBLE -> ConstantDescs.CD_Double;
      case REFERENCE, VOID -> throw new IllegalArgumentException(primitive.displayName());
    };
  }
}
