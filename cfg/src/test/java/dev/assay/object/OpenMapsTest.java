package dev.assay.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.assay.isa.Assembler;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenMapsTest {
  private static final List<MapDefinition> MAPS =
      List.of(MapDefinition.of("first", 1, 4, 8, 1), MapDefinition.of("second", 2, 4, 8, 1));

  private static BpfObject object(String assembly) {
    return BpfObject.of(BpfProgram.of("xdp", "main", Assembler.assemble(assembly)), MAPS);
  }

  @Test
  void aDescriptorBecomesTheIndexOfItsMap() throws Exception {
    BpfObject object = object("""
        r1 = map_by_fd(7) ll
        r2 = map_val(map_by_fd(7)) + 4 ll
        r3 = map_by_fd(8) ll
        exit
        """);
    BpfObject opened = new OpenMaps(Map.of(7, "second")).in(object);
    assertEquals(Assembler.assemble("""
        r1 = map_by_idx(1) ll
        r2 = map_val(map_by_idx(1)) + 4 ll
        r3 = map_by_fd(8) ll
        exit
        """), opened.programs().getFirst().code());
  }

  @Test
  void aMapThatIsNotThereIsAnError() {
    MalformedObjectException error = assertThrows(
        MalformedObjectException.class, () -> new OpenMaps(Map.of(7, "third")).in(object("exit")));
    assertEquals("has no map \"third\", which file descriptor 7 is said to be", error.getMessage());
  }
}
