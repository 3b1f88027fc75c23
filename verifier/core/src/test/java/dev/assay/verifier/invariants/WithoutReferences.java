package dev.assay.verifier.invariants;

import dev.assay.platform.FunctionContract;
import dev.assay.platform.Layout;
import dev.assay.platform.Limits;
import dev.assay.platform.MapType;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import dev.assay.platform.SocketClass;
import dev.assay.platform.TargetFacts;
import java.util.List;
import java.util.Optional;

/** Another host, but whatever its functions give need not be given back, and none is for some programs only: so PREVAIL describes Linux. */
record WithoutReferences(Platform host) implements Platform {
  private static FunctionContract plain(FunctionContract contract) {
    return contract.lending().forAll();
  }

  private static Optional<FunctionContract> plain(Optional<FunctionContract> contract) {
    return contract.map(WithoutReferences::plain);
  }

  @Override
  public Optional<FunctionContract> helper(int id, ProgramKind kind) {
    return plain(host.helper(id, kind));
  }

  @Override
  public Optional<FunctionContract> helper(int id, ProgramKind kind, MapType map) {
    return plain(host.helper(id, kind, map));
  }

  @Override
  public Optional<FunctionContract> helper(int id) {
    return plain(host.helper(id));
  }

  @Override
  public Optional<FunctionContract> helper(String name) {
    return plain(host.helper(name));
  }

  @Override
  public Optional<FunctionContract> kernelFunction(String name) {
    return plain(host.kernelFunction(name));
  }

  @Override
  public Optional<FunctionContract> libraryFunction(String name) {
    return plain(host.libraryFunction(name));
  }

  @Override
  public List<FunctionContract> helpers() {
    return host.helpers().stream().map(WithoutReferences::plain).toList();
  }

  @Override
  public String name() {
    return host.name();
  }

  @Override
  public TargetFacts targetFacts() {
    return host.targetFacts();
  }

  @Override
  public Limits limits() {
    return host.limits();
  }

  @Override
  public List<ProgramKind> programKinds() {
    return host.programKinds();
  }

  @Override
  public Optional<ProgramKind> programKindOfSection(String section) {
    return host.programKindOfSection(section);
  }

  @Override
  public Optional<String> attachTarget(String section) {
    return host.attachTarget(section);
  }

  @Override
  public Optional<ProgramKind> programKind(String kind) {
    return host.programKind(kind);
  }

  @Override
  public List<MapType> mapTypes() {
    return host.mapTypes();
  }

  @Override
  public Optional<MapType> mapType(int number) {
    return host.mapType(number);
  }

  @Override
  public Optional<MapType> mapType(String type) {
    return host.mapType(type);
  }

  @Override
  public Layout socketLayout(SocketClass socket) {
    return host.socketLayout(socket);
  }

  @Override
  public Layout flowKeysLayout() {
    return host.flowKeysLayout();
  }
}
