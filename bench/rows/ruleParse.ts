import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import matter from 'gray-matter';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { RuleDocument } from '../../server/engine/rules/rule.ts';
import { parseRuleDocument } from '../../server/engine/rules/parseRuleDocument.ts';
import { listFiles } from '../../scripts/listFiles.ts';
import type { BenchContext, BenchResult, BenchRow } from '../benchRow.ts';
import { measurePairs, repeat } from '../measure/measurePairs.ts';
import { collectGarbage } from '../measure/collectGarbage.ts';
import { againstLimit, besidePeer, notMeasured, type ResultTexts } from '../measure/results.ts';
import { timeWork } from '../measure/timeWork.ts';

const name = 'rule-parse';
const corpus = 'test-fixtures/rules/corpus';
/** Milliseconds for a rule of 13.5 KB, as `keystroke/block` has them; longer ones may take longer. */
const blockLimitMs = 1.5;
const blockLength = 13_500;
const manyRules = 10_000;
const heldPerByte = 4;

/** Reading rule files that other people wrote, as they wrote them. */
export const ruleParse: BenchRow = {
  names: [name],
  async run(context) {
    const written = readCorpus(join(context.root, corpus));
    const files = context.rules === undefined ? written : readCorpus(context.rules);
    const plain = files.filter(({ text }) => !text.includes('<rule>'));
    const measure = createMeasure(plain, context);
    const what = `${plain.length} public rule files without blocks read, with positions and whether each rule is active`;
    return [
      countLost(written),
      await loadCold(plain, context),
      await measure(
        { name: `${name}/fences`, what, beside: 'looking for the fences alone' },
        { ours: parse, beside: (file) => splitByFences(file.text), goal: undefined },
      ),
      await measure(
        {
          name: `${name}/problems`,
          what: `${what}, and with all problems`,
          beside: 'the same without problems',
        },
        { ours: (file) => parse(file).problems, beside: parse, goal: undefined },
      ),
      await measure(
        { name: `${name}/gray-matter`, what, beside: 'gray-matter, which gives values and no positions' },
        { ours: parse, beside: (file) => readWithGrayMatter(file.text), goal: 1 },
      ),
      await measure(
        { name: `${name}/remark`, what, beside: 'gray-matter and remark-parse' },
        { ours: parse, beside: (file) => readWithRemark(file.text), goal: 1 / 400 },
      ),
      await besideContinue(plain, context),
      await largestBlocks(files, context),
      weighRules(plain, context),
    ];
  },
};

function parse({ path, text }: Pick<RuleFile, 'path' | 'text'>): RuleDocument {
  return parseRuleDocument(path, text);
}

interface RuleFile {
  /** Where such a file lies in a workspace. */
  readonly path: string;
  readonly absolute: string;
  readonly text: string;
  readonly key: string;
}

interface Comparison {
  readonly ours: (file: RuleFile) => unknown;
  readonly beside: (file: RuleFile) => unknown;
  readonly goal: number | undefined;
}

function readCorpus(folder: string): readonly RuleFile[] {
  return listFiles(folder, '.', '.mdc').map((key) => {
    const absolute = join(folder, key);
    return {
      key,
      absolute,
      path: `.cursor/rules/${key.slice(key.lastIndexOf('/') + 1)}`,
      text: readFileSync(absolute, 'utf8'),
    };
  });
}

/** As many files as a large company has, each of its own, from the disk. */
async function loadCold(files: readonly RuleFile[], { scratch, size }: BenchContext): Promise<BenchResult> {
  const folder = join(scratch, 'many-rules');
  mkdirSync(folder);
  const count = size === 'full' ? manyRules : files.length;
  const paths = Array.from({ length: count }, (_, index) => {
    const path = join(folder, `${index}.mdc`);
    writeFileSync(path, files[index % files.length]?.text ?? '');
    return path;
  });
  const read = (path: string): string => readFileSync(path, 'utf8');
  const pairs = await measurePairs({
    ours: timeWork(() => paths.map((path) => parse({ path, text: read(path) }))),
    beside: timeWork(() => paths.map((path) => splitByFences(read(path)))),
    rounds: size === 'full' ? 7 : 1,
  });
  const texts = {
    name: `${name}/cold`,
    what: `${count} rule files read from the disk, with positions and whether each rule is active`,
    beside: 'reading them and looking for the fences',
  };
  return besidePeer(texts, pairs, 1.5);
}

function createMeasure(files: readonly RuleFile[], { size }: BenchContext) {
  return async (texts: ResultTexts, { ours, beside, goal }: Comparison): Promise<BenchResult> => {
    const pairs = await measurePairs({
      ours: timeWork(() => files.map(ours)),
      beside: timeWork(() => files.map(beside)),
      rounds: size === 'full' ? 15 : 1,
    });
    return besidePeer(texts, pairs, goal);
  };
}

/** Files whose description or globs are not what a person reads there; gray-matter loses those that are no YAML. */
function countLost(files: readonly RuleFile[]): BenchResult {
  const [first] = files;
  if (!first) throw new Error('There are no rule files to read.');
  const root = first.absolute.slice(0, -first.key.length);
  const expected = JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')) as Record<
    string,
    ExpectedRule
  >;
  const lost = files.filter((file) => isLost(file, expected[file.key])).length;
  const lostByPeer = files.filter(({ text }) => readWithGrayMatter(text) === undefined).length;
  return {
    name: `${name}/lost`,
    what: `files of ${files.length} whose description or globs are lost`,
    beside: `all of them (gray-matter loses ${lostByPeer})`,
    ratio: lost / files.length,
    spread: null,
    goal: '<= 0',
    met: lost === 0,
  };
}

interface ExpectedRule {
  readonly description: string;
  readonly globs: readonly string[];
}

function isLost({ path, text }: RuleFile, expected: ExpectedRule | undefined): boolean {
  if (!expected) throw new Error(`It is not written down what ${path} means.`);
  const { file } = parseRuleDocument(path, text);
  const globs = file.globs.map(({ value }) => value);
  return file.description !== expected.description || globs.join('\n') !== expected.globs.join('\n');
}

function splitByFences(text: string): readonly [head: string, body: string] {
  if (!text.startsWith('---\n')) return ['', text];
  const end = text.indexOf('\n---', 4);
  return end < 0 ? ['', text] : [text.slice(4, end), text.slice(end + 4)];
}

/** Frontmatter in JavaScript would be run: that engine is taken away. Options switch the cache off. */
const matterOptions = {
  engines: { javascript: () => ({}), js: () => ({}), coffee: () => ({}), cson: () => ({}) },
};

function readWithGrayMatter(text: string): ReturnType<typeof matter> | undefined {
  try {
    return matter(text, matterOptions);
  } catch {
    // No YAML, as most public rule files: a bare `*` is an alias there.
    return undefined;
  }
}

const markdown = unified().use(remarkParse);

function readWithRemark(text: string): unknown {
  return markdown.parse(readWithGrayMatter(text)?.content ?? text);
}

/** Every keystroke in a rule file reads it anew, so also the longest one must be read at once. */
async function largestBlocks(files: readonly RuleFile[], { size }: BenchContext): Promise<BenchResult> {
  const withBlocks = files.filter(({ text }) => text.includes('<rule>'));
  const longest = withBlocks.toSorted((left, right) => right.text.length - left.text.length)[0];
  if (!longest) throw new Error('No rule file has a block.');
  const figures = await repeat(
    timeWork(() => parse(longest).problems),
    size === 'full' ? 15 : 1,
  );
  const what = `the longest public rule file with a block read, with all problems (${longest.text.length} characters)`;
  const limitMs = (blockLimitMs * longest.text.length) / blockLength;
  const beside = `${blockLimitMs} ms for each ${blockLength} characters`;
  return againstLimit({ name: `${name}/block`, what, beside }, figures, limitMs);
}

/** Each rule has a text of its own, as if it had been read from a file of its own. */
function weighRules(files: readonly RuleFile[], { size }: BenchContext): BenchResult {
  const copies = size === 'full' ? Math.ceil(manyRules / files.length) : 20;
  const bytes = files.map(({ text }) => Buffer.from(text));
  // What the reader itself keeps is none of the rules'.
  for (const file of files) parse(file);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const loaded = Array.from({ length: copies }, () =>
    files.map(({ path }, at) => parse({ path, text: bytes[at]?.toString('utf8') ?? '' })),
  ).flat();
  collectGarbage();
  const held = Math.max(1, process.memoryUsage().heapUsed - before);
  const onDisk = copies * bytes.reduce((sum, { length }) => sum + length, 0);
  const what = `memory of ${loaded.length} loaded rules, their texts included`;
  return againstLimit(
    { name: `${name}/memory`, what, beside: `${heldPerByte} times their bytes on disk` },
    [held / onDisk],
    heldPerByte,
  );
}

type MarkdownToRule = (text: string, id: Readonly<Record<string, string>>) => unknown;

/** Continue's reader is large and no part of the project: it is taken from the folder that --peers names. */
async function besideContinue(files: readonly RuleFile[], context: BenchContext): Promise<BenchResult> {
  const row = `${name}/continue`;
  const markdownToRule = await loadContinue(context.peers);
  if (!markdownToRule) return notMeasured(row, 'peer not here: --peers FOLDER with @continuedev/config-yaml');
  const measure = createMeasure(files, context);
  const what = `${files.length} public rule files without blocks parsed`;
  const read = (file: RuleFile) =>
    markdownToRule(file.text, { uriType: 'file', fileUri: pathToFileURL(file.absolute).href });
  return withQuietConsole(() =>
    measure(
      { name: row, what, beside: "Continue's markdownToRule" },
      { ours: parse, beside: read, goal: 1 / 20 },
    ),
  );
}

/** It prints a page about every file that is no YAML; the time for that is not what is asked here. */
async function withQuietConsole<Result>(work: () => Promise<Result>): Promise<Result> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await work();
  } finally {
    console.warn = warn;
  }
}

async function loadContinue(folder: string | undefined): Promise<MarkdownToRule | undefined> {
  if (folder === undefined) return undefined;
  try {
    const path = createRequire(join(folder, 'package.json')).resolve('@continuedev/config-yaml');
    const module = (await import(pathToFileURL(path).href)) as { readonly markdownToRule?: MarkdownToRule };
    return module.markdownToRule;
  } catch {
    // Not in that folder either.
    return undefined;
  }
}
