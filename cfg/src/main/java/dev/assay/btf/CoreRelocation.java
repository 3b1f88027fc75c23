package dev.assay.btf;

/**
 * One CO-RE relocation: a question about a type, whose answer for the target goes into an
 * instruction.
 *
 * @param offset of the instruction, bytes from the start of its section
 * @param type the id of the type in the object's BTF that the question starts from
 * @param access the way from there: indices separated by colons, the first an array index, the
 *     others members or array elements; for enumerations the index of the enumerator
 * @param kind what is asked
 */
public record CoreRelocation(int offset, int type, String access, CoreKind kind) {}
