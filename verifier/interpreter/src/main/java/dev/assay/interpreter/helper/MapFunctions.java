package dev.assay.interpreter.helper;

import static java.util.Map.entry;

import dev.assay.interpreter.map.BpfMap;
import dev.assay.interpreter.map.Errno;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import java.util.Map;
import java.util.Optional;

/** Elements of maps. */
final class MapFunctions {
  static final Map<String, HelperFunction> ALL = Map.ofEntries(
      entry("map_lookup_elem", MapFunctions::lookup),
      entry("map_lookup_percpu_elem", MapFunctions::lookupPerCpu),
      entry("map_update_elem", MapFunctions::update),
      entry("map_delete_elem", MapFunctions::delete),
      entry("map_push_elem", MapFunctions::push),
      entry("map_pop_elem", call -> next(call, true)),
      entry("map_peek_elem", call -> next(call, false)),
      entry("for_each_map_elem", MapFunctions::forEach));

  private MapFunctions() {}

  private static long lookup(Call call) {
    BpfMap map = call.map(1);
    byte[] key = call.key(2, map);
    Optional<BpfMap> inner = map.lookupMap(key);
    return inner.isPresent()
        ? inner.get().address()
        : base(map.lookup(key, call.environment().host().cpu()));
  }

  private static long lookupPerCpu(Call call) {
    BpfMap map = call.map(1);
    byte[] key = call.key(2, map);
    boolean exists = call.r3() >= 0 && call.r3() < call.environment().host().cpus();
    return exists ? base(map.lookup(key, (int) call.r3())) : 0;
  }

  private static long base(Optional<Region> value) {
    return value.map(Region::base).orElse(0L);
  }

  private static long update(Call call) {
    BpfMap map = call.map(1);
    return map.update(
        call.key(2, map),
        call.value(3, map),
        call.r4(),
        call.environment().host().cpu());
  }

  private static long delete(Call call) {
    BpfMap map = call.map(1);
    return map.delete(call.key(2, map));
  }

  private static long push(Call call) {
    BpfMap map = call.map(1);
    return map.push(call.value(2, map), call.r3());
  }

  private static long next(Call call, boolean remove) {
    BpfMap map = call.map(1);
    call.memory()
        .requireWritable(call.r2(), Integer.toUnsignedLong(map.definition().valueSize()));
    Optional<byte[]> value = map.next(remove);
    call.memory()
        .write(call.r2(), value.orElseGet(() -> new byte[map.definition().valueSize()]));
    return value.isPresent() ? 0 : Errno.ENOENT;
  }

  private static long forEach(Call call) {
    BpfMap map = call.map(1);
    if (call.r4() != 0) {
      return Errno.EINVAL;
    }
    long visited = 0;
    for (byte[] key : map.keys()) {
      // The callback may have removed the element.
      Optional<Region> value = map.lookup(key, call.environment().host().cpu());
      if (value.isPresent()) {
        visited++;
        Region keyRegion = call.memory()
            .allocate(Role.MAP_KEY, "key of map " + map.definition().name(), key, false);
        long verdict = call.control()
            .callBack(call.r2(), map.address(), keyRegion.base(), value.get().base(), call.r3());
        call.memory().release(keyRegion);
        if (verdict != 0) {
          break;
        }
      }
    }
    return visited;
  }
}
