package dev.assay.cli;

import java.io.PrintWriter;

/** Where a command writes: results to {@code out}, messages to {@code err}. */
record Streams(PrintWriter out, PrintWriter err, Terminal terminal) {}
