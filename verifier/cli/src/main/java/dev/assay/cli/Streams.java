package dev.assay.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/** What a command reads, and where it writes: results to {@code out}, messages to {@code err}. */
record Streams(InputStream in, PrintWriter out, PrintWriter err, Terminal terminal) {}
