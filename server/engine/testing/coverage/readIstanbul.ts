import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { collectFiles } from './collectFiles.ts';
import { arrayOf, asObject, entriesOf, parseObject, type JsonObject } from './jsonShape.ts';
import type { LineHits } from './lineHits.ts';

/**
 * Reads Istanbul's `coverage-final.json`, as nyc, jest, c8 and vitest write it. As in its own reports, a line has the
 * statements that begin on it. A report that is not whole tells nothing.
 */
export function readIstanbul(text: string, paths: PathMap): readonly FileCoverage[] {
  const files = collectFiles(paths);
  for (const [name, value] of entriesOf(parseObject(text))) {
    const file = asObject(value);
    const path = typeof file?.['path'] === 'string' ? file['path'] : name;
    const hits = file === undefined ? undefined : files.of(path);
    if (!file || !hits) continue;
    readStatements(file, hits);
    readBranches(file, hits);
  }
  return files.all();
}

function readStatements(file: JsonObject, hits: LineHits): void {
  const counts = asObject(file['s']);
  for (const [id, place] of entriesOf(file['statementMap'])) {
    const line = lineOf(place);
    const count = counts?.[id];
    if (line !== undefined && typeof count === 'number') hits.addLine(line, count > 0);
  }
}

function readBranches(file: JsonObject, hits: LineHits): void {
  hits.tellsBranches();
  const places = asObject(file['branchMap']);
  for (const [id, counts] of entriesOf(file['b'])) {
    const place = asObject(places?.[id]);
    const line =
      lineOf(place?.['loc']) ?? oneBased(place?.['line']) ?? lineOf(arrayOf(place?.['locations'])[0]);
    if (line === undefined) continue;
    arrayOf(counts).forEach((count, at) => {
      if (typeof count === 'number') hits.addBranch(`${id},${at}`, { line, isTaken: count > 0 });
    });
  }
}

/** The zero-based line that a place begins on. */
function lineOf(place: unknown): number | undefined {
  return oneBased(asObject(asObject(place)?.['start'])?.['line']);
}

function oneBased(line: unknown): number | undefined {
  return typeof line === 'number' && line >= 1 ? line - 1 : undefined;
}
