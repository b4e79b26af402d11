import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { collectFiles } from './collectFiles.ts';

/** `example.com/mod/calc.go:10.2,12.16 2 1`: from, to, statements, how often. */
const block = /^(.+):(\d+)\.\d+,(\d+)\.\d+ (\d+) (\d+)$/u;
/** A block is a part of one function. */
const maxLines = 100_000;

/**
 * Reads what `go test -coverprofile` writes. Go counts blocks of statements, not lines: each line of a block that has
 * statements counts, and where two blocks share a line it ran if one of them did. Files are named by import path: `module` is
 * what `go.mod` names, which stands for the package's folder. A last line without its end was cut and is left out.
 */
export function readGoProfile(text: string, paths: PathMap, module?: string): readonly FileCoverage[] {
  const files = collectFiles((reported) => paths(withoutModule(reported, module)));
  const [mode = '', ...lines] = text.split('\n').slice(0, -1);
  if (!/^mode: (?:set|count|atomic)\r?$/u.test(mode)) return [];
  for (const entry of lines) {
    const [, file, from = '', to = '', statements, count] = block.exec(entry.trimEnd()) ?? [];
    const [first, last] = [Number(from), Number(to)];
    const hits = file === undefined || statements === '0' ? undefined : files.of(file);
    if (!hits || last - first > maxLines) continue;
    for (let line = first; line <= last; line += 1) hits.addLine(line - 1, Number(count) > 0);
  }
  return files.all();
}

function withoutModule(reported: string, module: string | undefined): string {
  return module !== undefined && reported.startsWith(`${module}/`)
    ? reported.slice(module.length + 1)
    : reported;
}
