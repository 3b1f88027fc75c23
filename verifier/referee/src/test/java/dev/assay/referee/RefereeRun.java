package dev.assay.referee;

public final class RefereeRun {
  public static void main(String[] a) throws Exception {
    long t = System.nanoTime();
    Tally tally = Campaign.run(
        Long.parseLong(a[0]), Long.parseLong(a[1]), 1, () -> true, new Campaign.Witness() {
          public void found(long seed, Violation v) {
            System.out.println(seed + "\n" + Exhibit.text(v));
          }

          public void reached(Tally t) {}
        });
    System.out.println(tally + " cpu " + ProcessHandle.current().info().totalCpuDuration());
  }
}
