package dev.assay.verifier.verdict;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is decided of one program of one object.
 *
 * @param object the object's path as the user gave it
 * @param section the section that holds the program; empty if the object could not be read at all
 * @param function the program's entry function; empty if the object could not be read at all
 * @param type the program type, as {@code xdp} or {@code cgroup_sock_addr/connect4}; empty if it could not be told
 * @param findings what was not proved, by slot; empty exactly if accepted
 * @param assumptions facts from outside that the proof rests on, a sentence each
 * @param policy {@code strict} or {@code privileged}
 * @param groups conformance groups that suffice for the program's instructions, by RFC 9669's names, sorted
 * @param deprecated what the program uses that nothing new should use, a sentence each
 * @param cpu the lowest {@code -mcpu} of LLVM that has all of the program's instructions, {@code v1} to {@code v4}; empty if
 *     the object could not be read at all
 * @param instructions how many instructions the program has, its callees included
 * @param worstCase an upper bound on the number of instructions that one run executes before it ends, or goes on in another program by a tail call;
 *     empty if none was proved
 * @param rung how finely states had to be kept apart (0: by kinds, 1: also by constants that are tested soon, 2: also by all that failed checks
 *     depend on), or were for the findings; empty if the program was not searched
 * @param refusals how many claims of the search the judge refused on the way, because they were no invariants: 0 unless the search has a mistake
 * @param milliseconds how long the verification took
 */
public record Verdict(
    String object,
    String section,
    String function,
    String type,
    Decision decision,
    List<Finding> findings,
    List<String> assumptions,
    String policy,
    Set<String> groups,
    List<String> deprecated,
    String cpu,
    int instructions,
    OptionalLong worstCase,
    OptionalInt rung,
    int refusals,
    double milliseconds) {
  public Verdict {
    findings = List.copyOf(findings);
    assumptions = List.copyOf(assumptions);
    deprecated = List.copyOf(deprecated);
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
  }
}
