package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

/** What needs states to be kept apart by more than kinds. */
class RungTest {

  @Test
  void theResultOfACheckMayBeTestedAfterAMerge() {
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        r5 = 0
        if r4 <= r3 goto merge
        r5 = -22
        merge:
        if r5 != 0 goto out
        r0 = *(u8 *)(r2 + 13)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void theOppositeResultProvesNothing() {
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        r5 = 0
        if r4 <= r3 goto merge
        r5 = -22
        merge:
        if r5 == 0 goto out
        r0 = *(u8 *)(r2 + 13)         ; ! packet-bounds
        out:
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aFlagOnTheStackIsKeptApartToo() {
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 14
        *(u64 *)(r10 - 8) = 1
        if r4 > r3 goto merge
        *(u64 *)(r10 - 8) = 0
        merge:
        r5 = *(u64 *)(r10 - 8)
        if r5 != 0 goto out
        r0 = *(u8 *)(r2 + 13)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aPointerMayGoWithACode() {
    verify("""
        r6 = 0
        r7 = 0
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = r2
        r4 += 1
        if r4 > r3 goto merge
        r6 = r2
        r7 = 1
        merge:
        if r7 == 0 goto out
        r0 = *(u8 *)(r6 + 0)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void distancesFromThePacketsEndOutliveAMerge() {
    // Each path checks another length, and leaves its end in r2.
    verify("""
        r2 = *(u32 *)(r1 + 0)
        r3 = *(u32 *)(r1 + 4)
        r4 = *(u32 *)(r1 + 12)
        if r4 == 0 goto long
        r2 += 10
        if r2 > r3 goto out
        goto merge
        long:
        r2 += 20
        if r2 > r3 goto out
        merge:
        r0 = *(u8 *)(r2 - 10)
        out:
        r0 = 0
        exit
        """).isAccepted();
  }
}
