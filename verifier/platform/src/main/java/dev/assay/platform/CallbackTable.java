package dev.assay.platform;

import java.util.HashMap;
import java.util.Map;

/** What the functions of a platform that call back promise to the subprogram that they call, by name. */
final class CallbackTable {
  private final Map<String, CallbackContract> contracts = new HashMap<>();

  CallbackTable(Table table) {
    for (Table.Row row : table.rows()) {
      contracts.put(
          row.text("name"),
          new CallbackContract(
              row.words("parameters").stream()
                  .map(word -> row.constant("parameters", word, CallbackContract.Parameter.class))
                  .toList(),
              row.constant("calls", row.text("calls"), CallbackContract.Calls.class),
              row.range("result", row.text("result"))));
    }
  }

  /** The contract that a word of another table names. */
  CallbackContract find(Table.Row row, String column, String name) {
    CallbackContract contract = contracts.get(name);
    if (contract == null) {
      throw row.error(column, "there is no callback " + name);
    }
    return contract;
  }
}
