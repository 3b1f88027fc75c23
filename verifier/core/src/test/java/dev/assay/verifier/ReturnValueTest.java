package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReturnValueTest {

  @ParameterizedTest
  @CsvSource({
    "cgroup_skb/ingress, 0, true",
    "cgroup_skb/ingress, 1, true",
    "cgroup_skb/ingress, 2, false",
    "cgroup_skb/ingress, -1, false",
    "cgroup_skb/egress, 3, true",
    "cgroup_skb/egress, 4, false",
    "cgroup_sock_addr/recvmsg4, 1, true",
    "cgroup_sock_addr/recvmsg4, 0, false",
    "tracing/fentry, 0, true",
    "tracing/fentry, 1, false",
    "xdp, 99, true",
  })
  void aConstantIsInTheRangeOfTheProgramType(String kind, int value, boolean legal) {
    verify("""
        r0 = %d
        exit                    ; %s
        """.formatted(value, legal ? "" : "! return-value")).as(kind).verdictMatchesMarks();
  }

  @Test
  void theHostLooksAtTheLowHalf() {
    verify("r0 = 0x100000001 ll\nexit\n").as("cgroup_skb/ingress").isAccepted();
    verify("r0 = 0x1ffffffff ll\nexit      ; ! return-value\n")
        .as("cgroup_skb/ingress")
        .isRejected();
  }

  @Test
  void everyPathReturnsSomethingLegal() {
    String program = """
        r0 = *(u32 *)(r1 + 0)
        if w0 %s 1 goto out
        r0 = 1
        out:
        exit                    ; %s
        """;
    verify(program.formatted("<=", "")).as("cgroup_skb/ingress").isAccepted();
    verify(program.formatted("s<=", "! return-value")).as("cgroup_skb/ingress").isRejected();
    verify(program.formatted("==", "")).as("cgroup_skb/ingress").isAccepted();
    verify(program.formatted("!=", "! return-value")).as("cgroup_skb/ingress").isRejected();
  }

  @Test
  void r0IsWrittenOnEveryPath() {
    verify("exit                    ; ! initialised\n").isRejected();
    verify("""
        r1 = *(u32 *)(r1 + 12)
        if r1 == 0 goto out
        r0 = 0
        out:
        exit                    ; ! initialised
        """).isRejected();
  }

  @Test
  void noPointerIsReturned() {
    verify("r0 = r1\nexit             ; ! pointer-leak\n").strict().isRejected();
    verify("r0 = r1\nexit             ; ! return-value\n")
        .as("cgroup_skb/ingress")
        .privileged()
        .isRejected();
    verify("r0 = r1\nexit\n").as("xdp").privileged().isAccepted();
  }

  @Test
  void aPointerThatMayBeNullIsNotReturned() {
    verify(LOOKUP + "exit             ; ! pointer-leak\n")
        .strict()
        .with(Maps.hash(8))
        .isRejected();
  }
}
