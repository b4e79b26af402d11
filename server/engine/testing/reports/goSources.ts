/** What `go.mod` of the package names; undefined: it is not among the sources. */
export function goModule(
  sources: ReadonlyMap<string, string> | undefined,
  base: string | undefined,
): string | undefined {
  const path = base === undefined || base === '' ? 'go.mod' : `${base}/go.mod`;
  return /^module[ \t]+"?([^\s"]+)/mu.exec(sources?.get(path) ?? '')?.[1];
}

/** Zero-based lines by the names of functions that `go test` runs; methods, as suites have them, with a dot before. */
export function goDeclarations(text: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const [, receiver, name = ''] =
      /^func (\([^)]*\) )?((?:Test|Fuzz|Example|Benchmark)\w*)\(/u.exec(line) ?? [];
    if (name !== '') lines.set(receiver === undefined ? name : `.${name}`, index);
  }
  return lines;
}
