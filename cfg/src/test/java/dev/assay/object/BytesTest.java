package dev.assay.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void theyAreCopiedInAndOut() {
    byte[] array = {1, 2};
    Bytes bytes = Bytes.copyOf(array);
    array[0] = 9;
    bytes.toArray()[1] = 9;
    assertEquals(Bytes.copyOf(new byte[] {1, 2}), bytes);
    assertEquals(Bytes.copyOf(new byte[] {1, 2}).hashCode(), bytes.hashCode());
  }

  @Test
  void zerosAreBytesLikeOthers() {
    assertArrayEquals(new byte[3], Bytes.zeros(3).toArray());
    assertEquals(0, Bytes.zeros(3).at(2));
    assertEquals(Bytes.copyOf(new byte[3]), Bytes.zeros(3));
    assertEquals(Bytes.copyOf(new byte[3]).hashCode(), Bytes.zeros(3).hashCode());
    assertNotEquals(Bytes.zeros(2), Bytes.zeros(3));
    assertThrows(IndexOutOfBoundsException.class, () -> Bytes.zeros(3).at(3));
  }
}
