package dev.assay.apron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.DomainUnavailableException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The operations of Apron, over each of its libraries: that each is called as it wants to be. */
@RequiresApron
class ElementTest {
  private static final String BOXES = "BOX.*";

  private interface Body {
    void run(Workspace space);
  }

  private static void with(ApronLibrary library, Body body) {
    try (Workspace space = Workspace.open(library)) {
      body.run(space);
    } catch (DomainUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  private static Bounds from(long least, long greatest) {
    return new Bounds(OptionalLong.of(least), OptionalLong.of(greatest));
  }

  /** 1 ≤ x0 ≤ 5, 2 ≤ x1 ≤ 9. */
  private static Element ranges(Workspace space) {
    return space
        .top(2)
        .meet(List.of(
            LinearExpression.of(0).plus(-1).isNotNegative(),
            LinearExpression.constant(5).plus(-1, 0).isNotNegative(),
            LinearExpression.of(1).plus(-2).isNotNegative(),
            LinearExpression.constant(9).plus(-1, 1).isNotNegative()));
  }

  @ParameterizedTest
  @EnumSource
  void constraintsBoundWhatTheyMention(ApronLibrary library) {
    with(library, space -> {
      Element ranges = ranges(space);
      assertEquals(2, ranges.dimensions());
      assertEquals(from(1, 5), ranges.bounds(LinearExpression.of(0)));
      assertEquals(List.of(from(1, 5), from(2, 9)), ranges.box());
      assertEquals(from(-8, 3), ranges.bounds(LinearExpression.of(0).plus(-1, 1)));
      assertEquals(
          from(103, 114),
          ranges.bounds(LinearExpression.constant(100).plus(1, 0).plus(1, 1)));
      assertEquals(
          new Bounds(OptionalLong.empty(), OptionalLong.empty()),
          space.top(1).bounds(LinearExpression.of(0)));
    });
  }

  @ParameterizedTest
  @EnumSource
  void topAndBottomAreTheEndsOfTheOrder(ApronLibrary library) {
    with(library, space -> {
      Element some = ranges(space);
      assertTrue(space.top(2).isTop() && space.top(2).includes(some) && !some.isTop());
      assertTrue(space.bottom(2).isBottom() && some.includes(space.bottom(2)) && !some.isBottom());
      assertFalse(some.includes(space.top(2)));
      assertTrue(
          some.meet(List.of(LinearExpression.of(0).plus(-6).isNotNegative())).isBottom());
      assertTrue(space.bottom(2).box().getFirst().isImpossible());
    });
  }

  @ParameterizedTest
  @EnumSource
  void joinAndMeetAreLeastAndGreatest(ApronLibrary library) {
    with(library, space -> {
      Element one = ranges(space).meet(List.of(LinearExpression.of(0).plus(-1).isZero()));
      Element four = ranges(space).meet(List.of(LinearExpression.of(0).plus(-4).isZero()));
      assertEquals(from(1, 4), one.join(four).bounds(LinearExpression.of(0)));
      assertTrue(one.meet(four).isBottom());
      assertTrue(one.join(four).includes(one) && !one.includes(one.join(four)));
    });
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = BOXES)
  void relationsFollowFromEachOther(ApronLibrary library) {
    with(library, space -> {
      Element related =
          ranges(space).meet(List.of(LinearExpression.of(1).plus(-1, 0).plus(-3).isZero()));
      assertEquals(from(4, 8), related.bounds(LinearExpression.of(1)));
      assertTrue(related.satisfies(LinearExpression.constant(8).plus(-1, 1).isNotNegative()));
      assertFalse(related.satisfies(LinearExpression.constant(7).plus(-1, 1).isNotNegative()));
      // The sum is what zones do not have.
      Element summed = space
          .top(2)
          .meet(List.of(LinearExpression.constant(10).plus(-1, 0).plus(-1, 1).isNotNegative()));
      assertEquals(
          OptionalLong.of(10), summed.bounds(LinearExpression.of(0).plus(1, 1)).greatest());
    });
  }

  @ParameterizedTest
  @EnumSource(names = "POLYHEDRA")
  void polyhedraRelateMoreThanTwo(ApronLibrary library) {
    with(library, space -> {
      Element sum = space
          .top(3)
          .meet(List.of(
              LinearExpression.of(0).plus(1, 1).plus(-1, 2).isZero(),
              LinearExpression.constant(7).plus(-2, 0).isNotNegative()));
      assertEquals(
          OptionalLong.of(3),
          sum.bounds(LinearExpression.of(2).plus(-1, 1)).greatest(),
          "the greatest integer up to 7/2");
    });
  }

  @ParameterizedTest
  @EnumSource
  void assignmentsGoForwardAndSubstitutionsBack(ApronLibrary library) {
    with(library, space -> {
      Element next = ranges(space).assign(0, LinearExpression.of(0).plus(10));
      assertEquals(from(11, 15), next.bounds(LinearExpression.of(0)));
      Element before = next.substitute(0, LinearExpression.of(0).plus(10));
      assertEquals(from(1, 5), before.bounds(LinearExpression.of(0)));
      Element copied = ranges(space).assign(0, LinearExpression.of(1));
      assertEquals(from(2, 9), copied.bounds(LinearExpression.of(0)));
    });
  }

  @ParameterizedTest
  @EnumSource
  void dimensionsComeGoAndMove(ApronLibrary library) {
    with(library, space -> {
      Element three = ranges(space).add(1);
      assertEquals(3, three.dimensions());
      assertTrue(three.isUnconstrained(2) && !three.isUnconstrained(1));
      Element moved = three.permute(2, 0, 1);
      assertEquals(from(1, 5), moved.bounds(LinearExpression.of(2)));
      assertEquals(from(2, 9), moved.bounds(LinearExpression.of(0)));
      assertTrue(moved.isUnconstrained(1));
      assertEquals(List.of(from(2, 9), from(1, 5)), moved.remove(1).box());
      assertTrue(ranges(space).forget(0).isUnconstrained(0));
      Element expanded = ranges(space).expand(0, 2);
      assertEquals(4, expanded.dimensions());
      assertEquals(List.of(from(1, 5), from(2, 9), from(1, 5), from(1, 5)), expanded.box());
    });
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_NONE, names = BOXES)
  void copiesOfADimensionHaveNothingInCommon(ApronLibrary library) {
    with(library, space -> {
      Element copies = ranges(space)
          .meet(List.of(LinearExpression.of(1).plus(-1, 0).plus(-3).isZero()))
          .expand(1, 1);
      assertEquals(from(3, 3), copies.bounds(LinearExpression.of(1).plus(-1, 0)));
      assertEquals(from(3, 3), copies.bounds(LinearExpression.of(2).plus(-1, 0)));
    });
  }

  @ParameterizedTest
  @EnumSource
  void wideningGivesUpWhatMovesOrStopsAtAThreshold(ApronLibrary library) {
    with(library, space -> {
      Element old = ranges(space);
      Element next = old.join(old.assign(0, LinearExpression.of(0).plus(1)));
      Element widened = old.widen(next);
      assertEquals(
          new Bounds(OptionalLong.of(1), OptionalLong.empty()),
          widened.bounds(LinearExpression.of(0)));
      assertEquals(from(2, 9), widened.bounds(LinearExpression.of(1)));
      LinearConstraint atMost100 = LinearExpression.constant(100).plus(-1, 0).isNotNegative();
      assertEquals(
          from(1, 100), old.widen(next, List.of(atMost100)).bounds(LinearExpression.of(0)));
    });
  }

  @ParameterizedTest
  @EnumSource
  void narrowingComesBackBetweenTheTwo(ApronLibrary library) {
    with(library, space -> {
      Element wide = ranges(space).forget(0);
      Element narrowed = wide.narrow(ranges(space));
      assertEquals(from(1, 5), narrowed.bounds(LinearExpression.of(0)));
      assertTrue(wide.includes(narrowed) && narrowed.includes(ranges(space)));
    });
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"BOX_DOUBLE", "OCTAGON_DOUBLE"})
  void wholeWordsAreExact(ApronLibrary library) {
    with(library, space -> {
      Element word = space
          .top(1)
          .meet(List.of(
              LinearExpression.of(0).plus(Long.MAX_VALUE).isNotNegative(),
              LinearExpression.constant(Long.MAX_VALUE - 1).plus(-1, 0).isNotNegative()));
      assertEquals(from(-Long.MAX_VALUE, Long.MAX_VALUE - 1), word.bounds(LinearExpression.of(0)));
      assertEquals(
          OptionalLong.empty(),
          word.bounds(LinearExpression.constant(2).plus(1, 0)).greatest(),
          "no word holds it");
    });
  }

  @ParameterizedTest
  @EnumSource(names = {"BOX_DOUBLE", "OCTAGON_DOUBLE"})
  void floatingPointIsRoundedOutwardsAndJavaIsNot(ApronLibrary library) {
    with(library, space -> {
      Element odd = space
          .top(1)
          .meet(List.of(
              LinearExpression.constant((1L << 60) + 1).plus(-1, 0).isNotNegative(),
              LinearExpression.of(0).plus((1L << 60) + 1).isNotNegative()));
      Bounds bounds = odd.bounds(LinearExpression.of(0));
      assertTrue(bounds.greatest().getAsLong() > 1L << 60, bounds::toString);
      assertTrue(bounds.least().getAsLong() < -(1L << 60), bounds::toString);
      double one = Double.parseDouble("1");
      assertEquals(1.0, one + Double.parseDouble("0x1p-60"));
    });
  }

  @ParameterizedTest
  @EnumSource
  void anElementSaysItsConstraints(ApronLibrary library) {
    with(library, space -> {
      Element element =
          space.top(2).meet(List.of(LinearExpression.of(1).plus(-7).isZero()));
      assertTrue(element.toString().contains("x1"), element::toString);
      assertTrue(element.toString().contains("7"), element::toString);
      assertEquals("{}", space.top(2).toString());
    });
  }

  @ParameterizedTest
  @EnumSource
  void whatApronRefusesNamesTheCall(ApronLibrary library) {
    with(library, space -> {
      Element element = ranges(space);
      ApronException removed = assertThrows(ApronException.class, () -> element.remove(7));
      assertTrue(
          removed.getMessage().startsWith("ap_abstract0_remove_dimensions: invalid argument"),
          removed.getMessage());
      ApronException joined = assertThrows(ApronException.class, () -> element.join(space.top(3)));
      assertTrue(
          joined.getMessage().startsWith("ap_abstract0_join: invalid argument"),
          joined.getMessage());
      assertEquals(from(1, 5), element.bounds(LinearExpression.of(0)), "and all goes on");
    });
  }
}
