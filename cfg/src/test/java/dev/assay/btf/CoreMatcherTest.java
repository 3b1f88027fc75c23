package dev.assay.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.btf.BtfType.Composite;
import dev.assay.object.TestObjects;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoreMatcherTest {
  private BtfTypes local;
  private BtfTypes target;

  @BeforeEach
  void readTypes() throws Exception {
    local = TestObjects.read("core.o").btf().orElseThrow();
    target = TestObjects.read("core_target.o").btf().orElseThrow();
  }

  private static int struct(BtfTypes types, String name) {
    return types.find(name, Composite.class).orElseThrow();
  }

  private CoreAnswer answer(String type, String access, CoreKind kind)
      throws MalformedBtfException {
    return new CoreResolver(local, Optional.of(target), ByteOrder.LITTLE_ENDIAN)
        .answer(new CoreRelocation(0, struct(local, type), access, kind));
  }

  @Test
  void essentialNamesEndBeforeTheLastFlavour() {
    assertEquals("task", CoreNames.essential("task___old"));
    assertEquals("a___b", CoreNames.essential("a___b___c"));
    assertEquals("task___", CoreNames.essential("task___"));
    assertEquals("___task", CoreNames.essential("___task"));
    assertEquals("a_b__c", CoreNames.essential("a_b__c"));
  }

  @Test
  void flavoursAreFoundByTheirEssentialName() {
    assertEquals(
        java.util.List.of(struct(local, "thing"), struct(local, "thing___other")),
        local.namedEssentially("thing").stream()
            .filter(id -> local.type(id) instanceof Composite)
            .toList());
  }

  @Test
  void aTypeMatchesIfTheTargetHasAllItsMembers() throws Exception {
    CoreComparison itself = new CoreComparison(local, local, new StepBudget());
    assertTrue(itself.typesMatch(struct(local, "thing"), struct(local, "thing")));
    CoreComparison other = new CoreComparison(local, target, new StepBudget());
    assertFalse(other.typesMatch(struct(local, "thing"), struct(target, "thing")));
    assertTrue(other.typesAreCompatible(struct(local, "thing"), struct(target, "thing")));
    assertFalse(other.typesAreCompatible(
        struct(local, "thing"), target.find("a_word", BtfType.Variable.class).orElseThrow()));
  }

  @Test
  void aDifferentTypeDoesNotMatch() throws Exception {
    assertEquals(0, ((CoreAnswer.Value) answer("thing", "0", CoreKind.TYPE_MATCHES)).value());
    assertEquals(1, ((CoreAnswer.Value) answer("thing", "0", CoreKind.TYPE_EXISTS)).value());
  }

  @Test
  void elementsBeyondTheTargetsArrayAreMissing() throws Exception {
    assertEquals(1, ((CoreAnswer.Value) answer("nested", "0:1:3", CoreKind.FIELD_EXISTS)).value());
    assertThrows(
        MalformedBtfException.class, () -> answer("nested", "0:1:4", CoreKind.FIELD_EXISTS));
  }

  @Test
  void accessStringsThatDoNotFitTheTypeAreRefused() {
    for (String access : java.util.List.of(
        "", "x", "0:99", "0:0:0", "-1", "0:", "0:".repeat(70) + "0", "99999999999")) {
      assertThrows(
          MalformedBtfException.class,
          () -> answer("thing", access, CoreKind.FIELD_BYTE_OFFSET),
          access);
    }
  }
}
