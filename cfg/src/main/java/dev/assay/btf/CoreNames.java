package dev.assay.btf;

/**
 * Names of types under CO-RE: {@code task_struct___old} is the flavour {@code old} of {@code
 * task_struct}.
 */
final class CoreNames {
  private CoreNames() {}

  /**
   * The name without its flavour: what comes before the last {@code ___}, if something does and
   * something follows.
   */
  static String essential(String name) {
    for (int at = name.length() - 5; at >= 0; at--) {
      if (name.startsWith("___", at + 1) && name.charAt(at) != '_' && name.charAt(at + 4) != '_') {
        return name.substring(0, at + 1);
      }
    }
    return name;
  }
}
