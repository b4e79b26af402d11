import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { applyEdits } from './applyEdits.ts';
import { locateBlock } from './locateBlock.ts';

const root = join(import.meta.dirname, '../../../..');

/** Real sources: our own and those of packages that are installed here. */
function readSources(): readonly string[] {
  const folders = [
    'server',
    'scripts',
    ...['picomatch', 'diff', 'yaml', 'mocha', 'ajv'].map((name) => `node_modules/${name}`),
  ];
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((path) => /\.(?:ts|js|mjs|cjs)$/.test(path) && !path.includes('generated'))
      .sort(),
  );
  const texts = paths.map((path) => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n'));
  return texts
    .filter((text) => text.length < 60_000 && text.split('\n').length > 30 && !text.includes('\r'))
    .slice(0, 400);
}

/** A model's view of a block, and what the file holds in its place. */
interface Disguise {
  readonly name: string;
  /** What the file really holds. */
  readonly file: (lines: readonly string[]) => readonly string[];
  /** How the model writes lines of the block. */
  readonly model: (lines: readonly string[]) => readonly string[];
  /** How a line that the model writes anew must come out in the file. */
  readonly landed?: (line: string) => string;
  readonly ending?: string;
  /** Whether the right place can be told at all. */
  readonly hasPlace: boolean;
}

const same = (lines: readonly string[]): readonly string[] => lines;
const blank = (line: string): boolean => line.trim() === '';
const tabbed = (line: string): string =>
  line.replace(/^ +/, (spaces) => '\t'.repeat(spaces.length / 2) + ' '.repeat(spaces.length % 2));

const disguises: readonly Disguise[] = [
  { name: 'exact', file: same, model: same, hasPlace: true },
  {
    name: 'trailing space',
    file: (lines) => lines.map((line, at) => (at % 2 === 0 ? `${line}  ` : line)),
    model: (lines) => lines.map((line) => line.trimEnd()),
    hasPlace: true,
  },
  {
    name: 'trailing space of the model',
    file: (lines) => lines.map((line) => line.trimEnd()),
    model: (lines) => lines.map((line) => `${line} `),
    landed: (line) => `${line} `,
    hasPlace: true,
  },
  { name: 'CRLF', file: same, model: same, ending: '\r\n', hasPlace: true },
  {
    name: 'shifted to the right',
    file: same,
    model: (lines) => lines.map((line) => (blank(line) ? line : `    ${line}`)),
    hasPlace: true,
  },
  {
    name: 'shifted to the left',
    file: (lines) => lines.map((line) => (blank(line) ? '' : `  ${line}`)),
    model: (lines) => lines.map((line) => (blank(line) ? '' : line)),
    landed: (line) => (blank(line) ? line : `  ${line}`),
    hasPlace: true,
  },
  {
    name: 'tabs',
    file: (lines) => lines.map((line) => tabbed(line)),
    model: same,
    landed: tabbed,
    hasPlace: true,
  },
  {
    name: 'blank lines dropped',
    file: same,
    model: (lines) => lines.filter((line) => !blank(line)),
    hasPlace: true,
  },
  {
    name: 'blank lines added',
    file: same,
    model: (lines) => lines.flatMap((line, at) => (at === 1 ? ['', line] : [line])),
    hasPlace: true,
  },
  {
    name: 'look-alikes',
    file: (lines) => lines.map((line) => line.replaceAll("'", '’')),
    model: (lines) => lines.map((line) => line.replaceAll('’', "'")),
    hasPlace: true,
  },
  {
    name: 'a decoy that shares first and last line',
    file: same,
    model: (lines) => lines.map((line, at) => (at > 0 && at < lines.length - 1 ? 'other();' : line)),
    hasPlace: false,
  },
];

interface Trial {
  readonly current: string;
  readonly expected: string;
  readonly search: string;
  readonly replace: string;
}

/** How often the block's words stand in the text, found by brute force. */
function countPlaces(text: string, search: string): number {
  const words = (lines: string): string[] =>
    lines
      .split('\n')
      .map((line) => line.trim().replaceAll('’', "'"))
      .filter((line) => line !== '');
  return `\n${words(text).join('\n')}\n`.split(`\n${words(search).join('\n')}\n`).length - 1;
}

const mark = 'edited_by_the_model(42);';

/** One line of the block is replaced; nothing else of the file may change. */
function makeTrial(
  source: string,
  disguise: Disguise,
  numbers: readonly [number, number, number],
): Trial | undefined {
  const all = source.split('\n');
  const height = 4 + (numbers[1] % 9);
  const start = numbers[0] % Math.max(1, all.length - height);
  const whole = disguise.file(all);
  const own = whole.slice(start, start + height);
  const seen = all.slice(start, start + height);
  if (blank(own[0] ?? '') || blank(own.at(-1) ?? '')) return undefined;
  const place = 2 + (numbers[2] % (height - 3));
  if (!disguise.hasPlace && blank(own[1] ?? '')) return undefined;
  if (blank(own[place] ?? '')) return undefined;

  const indent = /^\s*/.exec(seen[place] ?? '')?.[0] ?? '';
  const view = (lines: readonly string[]): string => `${disguise.model(lines).join('\n')}\n`;
  const landed = (disguise.landed ?? ((line: string): string => line))(indent + mark);
  const ending = disguise.ending ?? '\n';
  const file = (lines: readonly string[]): string =>
    [...whole.slice(0, start), ...lines, ...whole.slice(start + height)].join(ending);
  return {
    current: file(own),
    expected: file(own.with(place, landed)),
    search: view(seen),
    replace: view(seen.with(place, indent + mark)),
  };
}

function assertSame(actual: string, expected: string, trial: Trial): void {
  if (actual === expected) return;
  const at = [...actual].findIndex((character, index) => character !== expected[index]);
  const near = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 80), at + 80));
  assert.fail(`${near(actual)} instead of ${near(expected)} for ${JSON.stringify(trial.search)}`);
}

describe('locateBlock', () => {
  const sources = readSources();

  it('has real sources to work on', () => assert.ok(sources.length > 100));

  for (const disguise of disguises) {
    it(`applies blocks with ${disguise.name} byte for byte or refuses them, never elsewhere`, () => {
      let exact = 0;
      let tried = 0;
      const number = fc.nat(1_000_000);
      fc.assert(
        fc.property(fc.nat(sources.length - 1), fc.tuple(number, number, number), (which, numbers) => {
          const trial = makeTrial(sources[which] ?? '', disguise, numbers);
          if (trial === undefined) return;
          const outcome = applyEdits(trial.current, { kind: 'blocks', path: 'a', blocks: [trial] });
          const places = countPlaces(trial.current, trial.search);
          if (!disguise.hasPlace && places > 0) return;
          // The words stand elsewhere too: another place may be the one that is written so exactly.
          if (places > 1) return;
          if (outcome.kind === 'applied') {
            assertSame(outcome.text, disguise.hasPlace ? trial.expected : '', trial);
          }
          tried += 1;
          if (outcome.kind === 'applied') exact += 1;
        }),
        { numRuns: 300, seed: 7, endOnFailure: true },
      );
      assert.ok(tried > 100);
      if (disguise.hasPlace) assert.ok(exact / tried >= 0.95, `${exact} of ${tried}`);
    });
  }

  it('refuses a block that stands in the file twice, however it is disguised', () => {
    for (const disguise of disguises) {
      for (const [at, source] of sources.slice(0, 40).entries()) {
        const trial = makeTrial(source, disguise, [at * 31, at, at]);
        if (trial === undefined) continue;
        const twice = `${trial.current}${disguise.ending ?? '\n'}${trial.current}`;
        assert.notEqual(locateBlock(twice, trial.search).kind, 'found', disguise.name);
      }
    }
  });

  it('ends soon on a text of one word a thousand times over', () => {
    const text = '  x\n'.repeat(100_000);
    assert.notEqual(locateBlock(text, 'x\n'.repeat(500)).kind, 'found');
    assert.equal(locateBlock(text, `${'x\n'.repeat(500)}y\n`).kind, 'missing');
  });
});
