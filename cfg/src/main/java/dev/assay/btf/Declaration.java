package dev.assay.btf;

import dev.assay.btf.BtfType.Array;
import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.DeclarationTag;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Floating;
import dev.assay.btf.BtfType.Forward;
import dev.assay.btf.BtfType.Function;
import dev.assay.btf.BtfType.Int;
import dev.assay.btf.BtfType.Pointer;
import dev.assay.btf.BtfType.Prototype;
import dev.assay.btf.BtfType.Qualified;
import dev.assay.btf.BtfType.Section;
import dev.assay.btf.BtfType.TypeTag;
import dev.assay.btf.BtfType.Typedef;
import dev.assay.btf.BtfType.Variable;
import java.util.Locale;

/** Types as C declares them, for messages. */
final class Declaration {
  private Declaration() {}

  /** The declaration of a variable of a type, without the variable's name. */
  static String of(BtfTypes types, int id) {
    String qualifiers = "";
    String after = "";
    int at = id;
    for (int step = 0; step < BtfTypes.DEPTH; step++) {
      switch (types.type(at)) {
        case Pointer pointer -> {
          String space = !qualifiers.isEmpty() && after.startsWith("*") ? " " : "";
          after = "*" + qualifiers.strip() + space + after;
          qualifiers = "";
          at = pointer.target();
        }
        case Qualified qualified -> {
          qualifiers = qualified.qualifier().name().toLowerCase(Locale.ROOT) + " " + qualifiers;
          at = qualified.target();
        }
        case Array array -> {
          after = after + "[" + Integer.toUnsignedString(array.length()) + "]";
          at = array.element();
        }
        case TypeTag tag -> at = tag.target();
        case Variable variable -> at = variable.type();
        case DeclarationTag tag -> at = tag.target();
        case Composite struct -> {
          return declaration(
              qualifiers + (struct.union() ? "union " : "struct ") + named(struct), after);
        }
        case Forward forward -> {
          return declaration(
              qualifiers + (forward.union() ? "union " : "struct ") + named(forward), after);
        }
        case Enumeration enumeration -> {
          return declaration(qualifiers + "enum " + named(enumeration), after);
        }
        case Function function -> {
          return declaration("function " + function.name(), after);
        }
        case Prototype _ -> {
          return declaration("function", after);
        }
        case Section section -> {
          return declaration("section " + section.name(), after);
        }
        case Int _, Floating _, Typedef _, BtfType.Void _ -> {
          return declaration(qualifiers + types.name(at), after);
        }
      }
    }
    return declaration("?", after);
  }

  private static String declaration(String base, String after) {
    return after.startsWith("*") ? base + " " + after : base + after;
  }

  private static String named(BtfType type) {
    return type.name().isEmpty() ? "(anonymous)" : type.name();
  }
}
