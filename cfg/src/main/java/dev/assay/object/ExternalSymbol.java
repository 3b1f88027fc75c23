package dev.assay.object;

/**
 * A symbol that the object uses and does not define.
 *
 * @param name for example {@code memset}, {@code bpf_iter_num_new} or a kernel variable
 * @param function whether it is called; else its address is loaded
 * @param weak whether the object also works where it is missing (its address is then 0)
 * @param btfType the id of its type in the object's BTF, or 0 if it has none
 */
public record ExternalSymbol(String name, boolean function, boolean weak, int btfType) {}
