package dev.assay.graph;

/**
 * A directed graph with a root. Vertices are 0 to {@code size() - 1}, the root is 0; edges are numbered by their source
 * first, so that arrays can be indexed by vertex and by edge. Parallel edges and self-loops are allowed. Immutable.
 */
public final class DirectedGraph {
  private final int[] firstOutgoing;
  private final int[] sources;
  private final int[] targets;
  private final int[] firstIncoming;
  private final int[] incoming;
  private final int[] predecessors;

  private DirectedGraph(int[] firstOutgoing, int[] sources, int[] targets) {
    this.firstOutgoing = firstOutgoing;
    this.sources = sources;
    this.targets = targets;
    int size = firstOutgoing.length - 1;
    firstIncoming = new int[size + 1];
    for (int target : targets) {
      firstIncoming[target + 1]++;
    }
    for (int vertex = 0; vertex < size; vertex++) {
      firstIncoming[vertex + 1] += firstIncoming[vertex];
    }
    int[] next = firstIncoming.clone();
    incoming = new int[targets.length];
    predecessors = new int[targets.length];
    for (int edge = 0; edge < targets.length; edge++) {
      int place = next[targets[edge]]++;
      incoming[place] = edge;
      predecessors[place] = sources[edge];
    }
  }

  /**
   * The graph with edges from {@code sources[i]} to {@code targets[i]}. Edges with the same source keep their order.
   *
   * @param size the number of vertices, at least 1
   * @throws IndexOutOfBoundsException if an edge's end is not a vertex
   */
  public static DirectedGraph of(int size, int[] sources, int[] targets) {
    int[] first = new int[size + 1];
    for (int source : sources) {
      first[source + 1]++;
    }
    for (int vertex = 0; vertex < size; vertex++) {
      first[vertex + 1] += first[vertex];
    }
    int[] next = first.clone();
    int[] sortedSources = new int[sources.length];
    int[] sortedTargets = new int[sources.length];
    for (int i = 0; i < sources.length; i++) {
      int edge = next[sources[i]]++;
      sortedSources[edge] = sources[i];
      sortedTargets[edge] = targets[i];
    }
    return new DirectedGraph(first, sortedSources, sortedTargets);
  }

  /** The number of vertices. */
  public int size() {
    return firstOutgoing.length - 1;
  }

  /** The number of edges; they are 0 to {@code edgeCount() - 1}. */
  public int edgeCount() {
    return targets.length;
  }

  /** The vertex that {@code edge} leaves. */
  public int source(int edge) {
    return sources[edge];
  }

  /** The vertex that {@code edge} enters. */
  public int target(int edge) {
    return targets[edge];
  }

  /**
   * The first edge that leaves {@code vertex}; the others follow, up to {@code firstOutgoing(vertex + 1)} exclusive.
   */
  public int firstOutgoing(int vertex) {
    return firstOutgoing[vertex];
  }

  /** The targets of the edges that leave {@code vertex}, in the order of the edges. */
  public IntSequence successors(int vertex) {
    return IntSequence.view(targets, firstOutgoing[vertex], firstOutgoing[vertex + 1]);
  }

  /** The sources of the edges that enter {@code vertex}, in the order of {@link #incoming}. */
  public IntSequence predecessors(int vertex) {
    return IntSequence.view(predecessors, firstIncoming[vertex], firstIncoming[vertex + 1]);
  }

  /** The edges that enter {@code vertex}, ascending. */
  public IntSequence incoming(int vertex) {
    return IntSequence.view(incoming, firstIncoming[vertex], firstIncoming[vertex + 1]);
  }
}
