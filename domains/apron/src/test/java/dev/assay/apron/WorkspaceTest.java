package dev.assay.apron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.DomainUnavailableException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Who owns what, and when it is freed. */
@RequiresApron
class WorkspaceTest {
  private static Workspace open() {
    try {
      return Workspace.open(ApronLibrary.OCTAGON);
    } catch (DomainUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  private static <T> T elsewhere(Callable<T> call) throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      return other.submit(call).get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
  }

  /** When the collector finds them is its affair; that it is asked again and again makes it sure. */
  @Test
  void elementsThatNobodyHasAreFreedAtALaterCall() {
    try (Workspace space = open()) {
      for (int i = 0; i < 100; i++) {
        space.top(1);
      }
      assertEquals(100, space.living());
      Element kept = space.top(1);
      for (int i = 0; i < 1000 && space.living() > 50; i++) {
        System.gc();
        kept = kept.assign(0, LinearExpression.constant(i));
      }
      assertTrue(space.living() <= 50, () -> space.living() + " are not freed");
      assertTrue(!kept.isBottom());
    }
  }

  @Test
  void aClosedSpaceAndItsElementsAreRefused() {
    Workspace space = open();
    Element element = space.top(1);
    space.close();
    assertEquals(0, space.living());
    assertThrows(IllegalStateException.class, element::isTop);
    assertThrows(IllegalStateException.class, () -> space.top(1));
    space.close();
  }

  @Test
  void anotherThreadIsRefused() throws Exception {
    try (Workspace space = open()) {
      Element element = space.top(1);
      assertThrows(IllegalStateException.class, () -> elsewhere(element::isTop));
      assertThrows(
          IllegalStateException.class,
          () -> elsewhere(() -> {
            space.close();
            return true;
          }));
      assertTrue(element.isTop());
    }
  }

  @Test
  void elementsOfTwoSpacesDoNotMix() {
    try (Workspace one = open();
        Workspace other = open()) {
      Element element = one.top(1);
      assertThrows(IllegalArgumentException.class, () -> element.join(other.top(1)));
      assertThrows(IllegalArgumentException.class, () -> element.includes(other.top(1)));
    }
  }

  @Test
  void eachThreadHasItsOwnSpace() throws Exception {
    List<Callable<Boolean>> both = List.of(WorkspaceTest::busy, WorkspaceTest::busy);
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      for (var result : two.invokeAll(both)) {
        assertTrue(result.get());
      }
    }
  }

  private static boolean busy() {
    try (Workspace space = open()) {
      Element element = space.top(4);
      for (int i = 0; i < 2000; i++) {
        element = element.assign(i % 4, LinearExpression.of((i + 1) % 4).plus(i % 3 - 1));
      }
      return !element.isBottom();
    }
  }
}
