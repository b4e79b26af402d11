import type { FileCoverage, TestLines } from '../../../protocol/tests.ts';
import { linePrints } from '../coverage/coverageSnapshot.ts';
import { asObject, arrayOf, entriesOf, numbersOf, parseObject } from '../coverage/jsonShape.ts';
import { textPrint } from '../textPrint.ts';
import { touchedLines, type MeasuredLines } from './touchedLines.ts';

/** Which test ran which lines, as it was measured, with what tells whether that still holds. */
export interface KeptTestLines {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Prints of the texts of all files that were measured or held tests then, by path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, KeptFile>;
}

interface KeptFile extends MeasuredLines {
  /** Ids of tests with the zero-based lines that they ran. */
  readonly tests: ReadonlyMap<string, readonly number[]>;
}

/** Larger than this is not kept. */
const maxChars = 8_000_000;

/** `texts`: of what was measured and of all test files, as they were then. undefined: it is too much to be kept. */
export function renderTestLines(
  measured: {
    readonly coverage: readonly FileCoverage[];
    readonly perTest: readonly TestLines[];
    readonly at: number;
  },
  texts: ReadonlyMap<string, string>,
): string | undefined {
  const { coverage, perTest, at } = measured;
  const ids = [...new Set(perTest.map(({ test }) => test))];
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const byPath = new Map<string, (readonly [number: number, lines: readonly number[]])[]>();
  for (const { test, path, lines } of perTest) {
    const known = byPath.get(path) ?? [];
    byPath.set(path, known);
    known.push([numbers.get(test) ?? 0, lines]);
  }
  const files = coverage.flatMap(({ path, covered, missed }) => {
    const text = texts.get(path);
    return text === undefined
      ? []
      : [[path, { prints: linePrints(text), covered, missed, by: byPath.get(path) ?? [] }] as const];
  });
  const prints = [...texts].map(([path, text]) => [path, textPrint(text)] as const);
  const kept = JSON.stringify({
    at,
    ids,
    texts: Object.fromEntries(prints),
    files: Object.fromEntries(files),
  });
  return kept.length > maxChars ? undefined : kept;
}

/** undefined: nothing was kept, or it is damaged. */
export function parseTestLines(text: string): KeptTestLines | undefined {
  const kept = parseObject(text);
  if (kept === undefined || typeof kept['at'] !== 'number') return undefined;
  const ids = arrayOf(kept['ids']).filter((id) => typeof id === 'string');
  const texts = new Map(
    entriesOf(kept['texts']).flatMap(([path, print]) =>
      typeof print === 'string' ? [[path, print] as const] : [],
    ),
  );
  const files = new Map<string, KeptFile>();
  for (const [path, value] of entriesOf(kept['files'])) {
    const file = asObject(value);
    const tests = new Map<string, readonly number[]>();
    for (const pair of arrayOf(file?.['by'])) {
      const [number, lines] = arrayOf(pair);
      const id = typeof number === 'number' ? ids[number] : undefined;
      if (id !== undefined) tests.set(id, numbersOf(lines));
    }
    files.set(path, {
      prints: arrayOf(file?.['prints']).filter((print) => typeof print === 'string'),
      covered: numbersOf(file?.['covered']),
      missed: numbersOf(file?.['missed']),
      tests,
    });
  }
  return { at: kept['at'], texts, files };
}

/** The tests that ran what was changed in a file since; undefined: its lines do not tell, as where code runs while it is loaded. */
export function testsOfChange(
  kept: KeptTestLines,
  path: string,
  text: string,
): readonly TestLines[] | undefined {
  const file = kept.files.get(path);
  if (file === undefined || file.tests.size === 0) return undefined;
  const ofTests = new Set([...file.tests.values()].flat());
  const touched = touchedLines(file, text, (line) => ofTests.has(line));
  if (touched === undefined) return undefined;
  return [...file.tests].flatMap(([test, lines]) => {
    const ran = lines.filter((line) => touched.has(line));
    return ran.length === 0 ? [] : [{ test, path, lines: ran }];
  });
}
