/**
 * Applies blocks as models write them to real files of each language that is gated, lets them through the gates, and asks
 * another parser than the gate's (--cases N; --seed N; --sources FOLDER...; --oracles FOLDER; --only LANGUAGE; --show).
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSyntax } from '../../server/adapters/syntax/createSyntax.ts';
import { GrammarParser } from '../../server/adapters/syntax/grammarParser.ts';
import {
  createGatedCases,
  judgeGated,
  type GatedCase,
  type GatedOutcome,
} from '../../server/test/gatedCases.ts';
import { createSeededRandom } from '../../server/test/seededRandom.ts';
import type { GatedLanguage } from '../gatedCases/languages.ts';
import { readCorpus } from '../gatedCases/readCorpus.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    sources: { type: 'string', multiple: true, default: [] },
    oracles: { type: 'string' },
    only: { type: 'string' },
    show: { type: 'boolean', default: false },
  },
});

interface Proven {
  readonly case: GatedCase;
  readonly outcome: Extract<GatedOutcome, { readonly after: string }>;
}

interface Counts {
  readonly language: GatedLanguage;
  readonly files: number;
  readonly parses: number;
  readonly refused: number;
  /** Broken by what the gate itself asks. */
  readonly broken: number;
  /** Let through, and the oracle read the text before and does not read it after. */
  readonly brokenForOracle: number;
  /** Refused for its syntax, and the oracle reads it. */
  readonly wronglyRefused: number;
  /** The oracle did not read the text before either, so that it says nothing. */
  readonly unread: number;
  readonly hasOracle: boolean;
}

/** Texts that an oracle gets at once. */
const batch = 200;
const root = join(import.meta.dirname, '..', '..');
const machine = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14']
  .map((version) => `/usr/lib/python${version}`)
  .concat('/usr/local/go/src', '/usr/share/go/src');
const own = ['server', 'scripts', 'extension', 'test-fixtures', '.vscode', 'node_modules'].map((name) =>
  join(root, name),
);
const folders = [...own, ...machine, ...values.sources.map((folder) => resolve(folder))];
const corpus = [...readCorpus(folders.filter((folder) => existsSync(folder)))].filter(
  ([{ name }, texts]) => texts.length > 0 && (values.only === undefined || values.only === name),
);
const share = Math.ceil(Number(values.cases) / corpus.length);
const grammars = new GrammarParser();
const syntax = createSyntax({ grammars });
const all: Counts[] = [];
for (const [language, texts] of corpus) {
  const counts = await count(language, texts, await prove(language, texts));
  all.push(counts);
  printRow(counts);
}
await grammars.dispose();

const sum = (key: 'parses' | 'refused' | 'broken' | 'brokenForOracle' | 'wronglyRefused'): number =>
  all.reduce((total, counts) => total + counts[key], 0);
console.log(
  `\n${sum('parses') + sum('refused') + sum('broken')} edits of files that parsed before: ${sum('parses')} parse, ${sum('refused')} were refused, ${sum('broken')} broke their file; ` +
    `of those let through another parser refuses ${sum('brokenForOracle')}, of those refused it reads ${sum('wronglyRefused')}`,
);
if (sum('broken') + sum('brokenForOracle') > 0) process.exitCode = 1;

/** Draws until so many edits were placed in files that parsed before, or nothing comes of it. */
async function prove(language: GatedLanguage, texts: readonly string[]): Promise<readonly Proven[]> {
  const next = createGatedCases(language.path, texts, createSeededRandom(Number(values.seed)));
  const proven: Proven[] = [];
  for (let drawn = 0; proven.length < share && drawn < share * 8; drawn += 1) {
    const each = next();
    const outcome = await judgeGated(each, syntax);
    if ('after' in outcome) proven.push({ case: each, outcome });
  }
  return proven;
}

async function count(
  language: GatedLanguage,
  texts: readonly string[],
  proven: readonly Proven[],
): Promise<Counts> {
  const of = (kind: GatedOutcome['kind']): number =>
    proven.filter(({ outcome }) => outcome.kind === kind).length;
  let [brokenForOracle, wronglyRefused, unread, hasOracle] = [0, 0, 0, true];
  for (let from = 0; from < proven.length && hasOracle; from += batch) {
    const part = proven.slice(from, from + batch);
    const both = part.flatMap(({ case: { located }, outcome }) => [located.current, outcome.after]);
    const parsed = await language.oracle.parse(both, values.oracles);
    hasOracle = parsed !== undefined;
    for (const [at, each] of part.entries()) {
      const [before, after] = [parsed?.[at * 2] ?? false, parsed?.[at * 2 + 1] ?? false];
      const isRefusedSyntax = each.outcome.kind === 'refused' && each.outcome.gate === 'syntax';
      if (!before) unread += 1;
      else if (each.outcome.kind === 'parses' && !after) {
        brokenForOracle += 1;
        show('let through', language, each);
      } else if (isRefusedSyntax && after) {
        wronglyRefused += 1;
        show('refused', language, each);
      }
    }
  }
  return {
    language,
    files: texts.length,
    parses: of('parses'),
    refused: of('refused'),
    broken: of('broken'),
    ...{ brokenForOracle, wronglyRefused, unread, hasOracle },
  };
}

function show(what: string, language: GatedLanguage, { case: { located } }: Proven): void {
  if (!values.show) return;
  console.log(
    `--- ${what}, ${language.name}, ${located.kind}:\n${located.block.search}=======\n${located.block.replace}`,
  );
}

function printRow(counts: Counts): void {
  const { language, files, parses, refused, broken, brokenForOracle, wronglyRefused, unread, hasOracle } =
    counts;
  const said = hasOracle
    ? `${language.oracle.label}: refuses ${brokenForOracle} of those let through, reads ${wronglyRefused} of those refused, ${unread} not judged`
    : `${language.oracle.label}: not at hand`;
  console.log(
    `${language.name.padEnd(11)} ${files} files: ${parses} parse, ${refused} refused, ${broken} broken. ${said}`,
  );
}
