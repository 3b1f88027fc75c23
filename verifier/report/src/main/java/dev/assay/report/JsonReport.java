package dev.assay.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.assay.object.SourceLine;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Verdicts as one JSON document:
 *
 * <pre>{@code
 * {"assay": version,
 *  "programs": [{"object", "section", "function", "type", "verdict", "findings": [...], "assumptions", "policy",
 *                "groups", "deprecated", "cpu", "instructions", "worstCase", "rung", "refusals", "milliseconds"}],
 *  "summary": {"programs", "accepted", "rejected", "undecided", "error", "refusals", "milliseconds"}}
 * }</pre>
 *
 * What is not known is {@code null}: section and function of an object that could not be read, an unproved worst case, the rung of what was not searched,
 * slot and instruction of a finding that is about the whole program, what is required where nothing would help, the source of a finding where the object has no line
 * information.
 */
public final class JsonReport implements Report {
  private static final double MICROSECONDS_PER_MILLISECOND = 1000.0;

  private final JsonGenerator json;
  private Summary summary = Summary.NONE;

  /** Starts the document on {@code out}, which is flushed at the end and left open. */
  public JsonReport(Writer out, String version) {
    try {
      json = new JsonFactory().createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(layout());
      json.writeStartObject();
      json.writeStringField("assay", version);
      json.writeArrayFieldStart("programs");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void add(Verdict verdict) {
    summary = summary.plus(verdict);
    try {
      json.writeStartObject();
      json.writeStringField("object", verdict.object());
      writeKnown("section", verdict.section());
      writeKnown("function", verdict.function());
      writeKnown("type", verdict.type());
      json.writeStringField("verdict", name(verdict.decision()));
      json.writeArrayFieldStart("findings");
      for (Finding finding : verdict.findings()) {
        write(finding);
      }
      json.writeEndArray();
      writeStrings("assumptions", verdict.assumptions());
      writeKnown("policy", verdict.policy());
      writeStrings("groups", verdict.groups());
      writeStrings("deprecated", verdict.deprecated());
      writeKnown("cpu", verdict.cpu());
      json.writeNumberField("instructions", verdict.instructions());
      write("worstCase", verdict.worstCase());
      write("rung", verdict.rung());
      json.writeNumberField("refusals", verdict.refusals());
      writeMilliseconds(verdict.milliseconds());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void flush() {
    try {
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void finish() {
    try {
      json.writeEndArray();
      json.writeObjectFieldStart("summary");
      json.writeNumberField("programs", summary.programs());
      for (Decision decision : Decision.values()) {
        json.writeNumberField(name(decision), summary.count(decision));
      }
      json.writeNumberField("refusals", summary.refusals());
      writeMilliseconds(summary.milliseconds());
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A field a line. */
  private static DefaultPrettyPrinter layout() {
    Separators separators = Separators.createDefaultInstance()
        .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
        .withArrayEmptySeparator("");
    DefaultPrettyPrinter layout = new DefaultPrettyPrinter(separators);
    layout.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    layout.indentArraysWith(DefaultPrettyPrinter.NopIndenter.instance);
    return layout;
  }

  private void write(Finding finding) throws IOException {
    json.writeStartObject();
    if (finding.slot() == Finding.NO_SLOT) {
      json.writeNullField("slot");
    } else {
      json.writeNumberField("slot", finding.slot());
    }
    write("source", finding.source());
    json.writeStringField("check", finding.check());
    json.writeStringField("message", finding.message());
    writeKnown("instruction", finding.instruction());
    writeStrings("known", finding.known());
    writeKnown("required", finding.required());
    json.writeEndObject();
  }

  private void write(String field, Optional<SourceLine> source) throws IOException {
    if (source.isEmpty()) {
      json.writeNullField(field);
      return;
    }
    json.writeObjectFieldStart(field);
    json.writeStringField("file", source.get().file());
    json.writeNumberField("line", source.get().line());
    json.writeStringField("text", source.get().text());
    json.writeEndObject();
  }

  private void write(String field, OptionalLong number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(field, number.getAsLong());
    } else {
      json.writeNullField(field);
    }
  }

  private void write(String field, OptionalInt number) throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(field, number.getAsInt());
    } else {
      json.writeNullField(field);
    }
  }

  private void writeKnown(String field, String text) throws IOException {
    if (text.isEmpty()) {
      json.writeNullField(field);
    } else {
      json.writeStringField(field, text);
    }
  }

  private void writeStrings(String field, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void writeMilliseconds(double milliseconds) throws IOException {
    json.writeNumberField(
        "milliseconds",
        Math.round(milliseconds * MICROSECONDS_PER_MILLISECOND) / MICROSECONDS_PER_MILLISECOND);
  }

  private static String name(Decision decision) {
    return decision.name().toLowerCase(Locale.ROOT);
  }
}
