import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FileCoverage } from '../../../protocol/tests.ts';
import { recordedPaths, recordedReport } from '../../../test/recordedReports.ts';
import type { PathMap } from '../runners/runner.ts';
import { mergeCoverage } from './mergeCoverage.ts';
import { readCobertura } from './readCobertura.ts';
import { readCoverageContexts } from './readCoverageContexts.ts';
import { readCoverageReport } from './readCoverageReport.ts';
import { readCoveragePy } from './readCoveragePy.ts';
import { readGoProfile } from './readGoProfile.ts';
import { readIstanbul } from './readIstanbul.ts';
import { readLcov } from './readLcov.ts';

type Reader = (text: string, paths: PathMap) => readonly FileCoverage[];

const readGo: Reader = (text, paths) => readGoProfile(text, paths, 'example.com/marks');

/** What the tool itself said of the same run: lines covered, lines, branches covered, branches, by file. */
type Totals = Readonly<Record<string, readonly [number, number, number?, number?]>>;

const python: Totals = { 'src/__init__.py': [0, 0, 0, 0], 'src/grade.py': [10, 13, 6, 8] };
const script: Totals = { 'grade.js': [7, 9, 8, 11] };

const recordings: readonly (readonly [path: string, read: Reader, totals: Totals])[] = [
  ['coverage.py/7.17.3/coverage.lcov', readLcov, { ...python, 'src/__init__.py': [0, 0] }],
  ['coverage.py/7.17.3/contexts.json', readCoveragePy, python],
  ['coverage.py/7.17.3/cobertura.xml', readCobertura, { ...python, 'src/__init__.py': [0, 0] }],
  ['nyc/18.0.0/lcov.info', readLcov, script],
  ['nyc/18.0.0/coverage-final.json', readIstanbul, script],
  // Istanbul leaves the branch of a default value, on the line of the function, out of the lines of this format.
  ['nyc/18.0.0/cobertura-coverage.xml', readCobertura, { 'grade.js': [7, 9, 7, 10] }],
  ['jest/30.5.2/lcov.info', readLcov, summaryOf('jest/30.5.2')],
  ['jest/30.5.2/coverage-final.json', readIstanbul, summaryOf('jest/30.5.2')],
  ['vitest/5.1.1/lcov.info', readLcov, summaryOf('vitest/5.1.1')],
  ['vitest/5.1.1/coverage-final.json', readIstanbul, summaryOf('vitest/5.1.1')],
  ['vitest/5.1.1/cobertura-coverage.xml', readCobertura, { 'grade.mjs': [6, 8, 7, 10] }],
  // By hand from the profile: Go counts statements, and the lines are those of its blocks.
  ['go/1.26.8/cover.out', readGo, { 'grade.go': [6, 13], 'inner/half.go': [3, 5] }],
];

function summaryOf(folder: string): Totals {
  const summary: unknown = JSON.parse(recordedReport(`coverage/${folder}/coverage-summary.json`));
  assert.ok(typeof summary === 'object' && summary !== null);
  const [name = '', totals] = Object.entries(summary)[1] ?? [];
  const file = JSON.stringify(totals);
  const count = (kind: string): readonly [number, number] => {
    const [, total, covered] = new RegExp(`"${kind}":\\{"total":(\\d+),"covered":(\\d+)`).exec(file) ?? [];
    return [Number(covered), Number(total)];
  };
  return { [recordedPaths(name) ?? '']: [...count('lines'), ...count('branches')] };
}

describe('Coverage reports of real tools', () => {
  for (const [path, read, totals] of recordings) {
    const text = recordedReport(`coverage/${path}`);

    it(`${path} comes to what the tool itself says`, () => {
      const files = read(text, recordedPaths).map(({ path: file, coveredLines, lines, branches }) => [
        file,
        [coveredLines, lines, ...(branches === undefined ? [] : [branches.covered, branches.total])],
      ]);
      assert.deepEqual(Object.fromEntries(files), totals);
    });

    it(`${path} is told by its content`, () =>
      assert.deepEqual(
        readCoverageReport(text, recordedPaths, 'example.com/marks'),
        read(text, recordedPaths),
      ));

    it(`${path} is read without a fault however it is cut`, () => {
      for (let end = 0; end <= text.length; end += 1)
        checkConsistent(read(text.slice(0, end), recordedPaths));
    });

    it(`${path} is read without a fault when it is damaged`, () => {
      const damage = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 20 }));
      fc.assert(
        fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
          let damaged = text;
          for (const [at, length, instead] of damages)
            damaged = damaged.slice(0, at) + instead + damaged.slice(at + length);
          checkConsistent(read(damaged, recordedPaths));
        }),
      );
    });
  }

  it('name the lines of Python alike in all formats', () => {
    const [lcov, json, xml] = [
      readLcov(recordedReport('coverage/coverage.py/7.17.3/coverage.lcov'), recordedPaths),
      readCoveragePy(recordedReport('coverage/coverage.py/7.17.3/contexts.json'), recordedPaths),
      readCobertura(recordedReport('coverage/coverage.py/7.17.3/cobertura.xml'), recordedPaths),
    ].map((files) => files.find(({ path }) => path === 'src/grade.py'));
    assert.deepEqual(lcov, {
      ...{ path: 'src/grade.py', lines: 13, coveredLines: 10 },
      covered: [0, 2, 3, 4, 5, 6, 7, 8, 9, 12],
      missed: [13, 14, 15],
      branches: { covered: 6, total: 8, missed: [13] },
    });
    assert.deepEqual(json, lcov);
    assert.deepEqual(xml, lcov);
  });

  it('name the lines of JavaScript alike in all formats', () => {
    const lcov = readLcov(recordedReport('coverage/nyc/18.0.0/lcov.info'), recordedPaths);
    assert.deepEqual(
      readIstanbul(recordedReport('coverage/nyc/18.0.0/coverage-final.json'), recordedPaths),
      lcov,
    );
    assert.deepEqual(lcov[0]?.branches?.missed, [6, 8, 9]);
    const xml = readCobertura(recordedReport('coverage/nyc/18.0.0/cobertura-coverage.xml'), recordedPaths);
    assert.deepEqual([xml[0]?.covered, xml[0]?.missed], [lcov[0]?.covered, lcov[0]?.missed]);
  });

  it('leave out what a project excludes, though it ran', () => {
    const lines = { executed_lines: [1, 2, 9], missing_lines: [3], excluded_lines: [9, 10] };
    const [file] = readCoveragePy(JSON.stringify({ files: { 'a.py': lines } }), (path) => path);
    assert.deepEqual([file?.covered, file?.missed], [[0, 1], [2]]);
  });

  it('name the lines of blocks that Go did not run', () => {
    const [grade] = readGo(recordedReport('coverage/go/1.26.8/cover.out'), recordedPaths);
    assert.deepEqual(grade?.missed, [8, 9, 13, 14, 15, 16, 17]);
  });

  it('tell which test ran which lines', () => {
    const text = recordedReport('coverage/coverage.py/7.17.3/contexts.json');
    const byTest = readCoverageContexts(text, (path) => (path.startsWith('/') ? undefined : path));
    assert.deepEqual(
      byTest.toSorted((a, b) => a.lines.length - b.lines.length),
      [
        { test: 'tests/test_grade.py::test_marks[95-A]', path: 'src/grade.py', lines: [2, 3, 4] },
        { test: 'tests/test_grade.py::test_marks[75-B]', path: 'src/grade.py', lines: [2, 3, 5, 6] },
        {
          test: 'tests/test_grade.py::TestLow::test_low',
          path: 'src/grade.py',
          lines: [2, 3, 5, 7, 8, 9],
        },
      ],
    );
  });
});

describe('Coverage reports of any content', () => {
  const readers: readonly (readonly [string, Reader])[] = [
    ['lcov', readLcov],
    ['coverage.py', readCoveragePy],
    ['Istanbul', readIstanbul],
    ['Cobertura', readCobertura],
    ['Go', readGo],
    ['contexts', (text, paths) => (readCoverageContexts(text, paths), [])],
  ];
  const odd = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ files: { a: value }, a: value, meta: value })),
    fc.jsonValue().map((value) => {
      const file = { s: { 0: value }, b: { 0: value }, statementMap: { 0: value }, branchMap: value };
      return JSON.stringify({ 'a.js': file });
    }),
    fc
      .array(
        fc.constantFrom(
          '<coverage>',
          '<class filename="a">',
          '<line number="1" hits="2"/>',
          '</class>',
          '</coverage>',
        ),
      )
      .map((parts) => parts.join('')),
  );
  for (const [name, read] of readers)
    it(`never make ${name} fail`, () =>
      fc.assert(fc.property(odd, (text) => checkConsistent(read(text, recordedPaths)))));

  it('bring no entities of their own', () => {
    const bomb = '<!DOCTYPE coverage [<!ENTITY a "aaaa">]><coverage><class filename="&a;"/></coverage>';
    assert.deepEqual(readCobertura(bomb, recordedPaths), []);
  });

  it('may nest as deep as they like', () => {
    const deep = `<coverage>${'<p>'.repeat(200_000)}${'</p>'.repeat(200_000)}</coverage>`;
    checkConsistent(readCobertura(deep, recordedPaths));
  });
});

/** Hits as they are written into every format and read again. */
const hits = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(3)), {
    selector: ([line]) => line,
    minLength: 1,
  })
  .map((lines) => lines.toSorted(([a], [b]) => a - b));

type Hits = readonly (readonly [line: number, count: number])[];

const writers: readonly (readonly [string, Reader, (lines: Hits) => string])[] = [
  [
    'lcov',
    readLcov,
    (lines) => `SF:a.x\n${lines.map((pair) => `DA:${pair.join(',')}\n`).join('')}end_of_record\n`,
  ],
  [
    'coverage.py',
    readCoveragePy,
    (lines) => {
      const of = (ran: boolean): readonly number[] =>
        lines.flatMap(([line, count]) => (count > 0 === ran ? [line] : []));
      return JSON.stringify({ files: { 'a.x': { executed_lines: of(true), missing_lines: of(false) } } });
    },
  ],
  [
    'Istanbul',
    readIstanbul,
    (lines) => {
      const statementMap = Object.fromEntries(
        lines.map(([line], at) => [at, { start: { line, column: 0 } }]),
      );
      const s = Object.fromEntries(lines.map(([, count], at) => [at, count]));
      return JSON.stringify({ 'a.x': { path: 'a.x', statementMap, s } });
    },
  ],
  [
    'Cobertura',
    readCobertura,
    (lines) =>
      `<coverage><class filename="a.x"><lines>${lines.map(([line, count]) => `<line number="${line}" hits="${count}"/>`).join('')}</lines></class></coverage>`,
  ],
  [
    'Go',
    readGo,
    (lines) =>
      `mode: count\n${lines.map(([line, count]) => `a.x:${line}.1,${line}.9 1 ${count}\n`).join('')}`,
  ],
];

describe('Hits of lines', () => {
  for (const [name, read, write] of writers)
    it(`come back from ${name} as they were written`, () =>
      fc.assert(
        fc.property(hits, (lines) => {
          const [file] = read(write(lines), recordedPaths);
          assert.deepEqual(
            [file?.covered, file?.missed],
            [true, false].map((ran) =>
              lines.flatMap(([line, count]) => (count > 0 === ran ? [line - 1] : [])),
            ),
          );
        }),
      ));

  it('of several reports are those of any', () =>
    fc.assert(
      fc.property(fc.array(hits, { maxLength: 4 }), (reports) => {
        const read = reports.map((lines) => readLcov((writers[0]?.[2] ?? String)(lines), recordedPaths));
        const merged = mergeCoverage(read);
        checkConsistent(merged);
        const ran = new Set(reports.flat().flatMap(([line, count]) => (count > 0 ? [line - 1] : [])));
        const known = new Set(reports.flat().map(([line]) => line - 1));
        assert.deepEqual(new Set(merged.flatMap(({ covered }) => covered)), ran);
        assert.equal(merged[0]?.lines ?? 0, known.size);
        assert.deepEqual(mergeCoverage([merged, merged]), merged);
      }),
    ));
});

function checkConsistent(files: readonly FileCoverage[]): void {
  assert.equal(new Set(files.map(({ path }) => path)).size, files.length);
  for (const { lines, coveredLines, covered, missed, branches } of files) {
    assert.equal(coveredLines, covered.length);
    assert.equal(lines, covered.length + missed.length);
    assert.equal(new Set([...covered, ...missed]).size, lines);
    for (const list of [covered, missed, branches?.missed ?? []])
      assert.ok(list.every((line, at) => Number.isInteger(line) && line >= 0 && line > (list[at - 1] ?? -1)));
    if (branches) assert.ok(branches.missed.length <= branches.total - branches.covered);
  }
}
