import type { Span } from '../documents/span.ts';
import { hiddenCharacters } from './checks/hiddenCharacters.ts';
import { buildBlockRule, buildFileRule, type BuiltRule, type Header } from './reading/buildRule.ts';
import { createDocument } from './reading/createDocument.ts';
import { createDraft, type Draft } from './reading/draft.ts';
import { findRuleBlocks, type RuleBlock } from './reading/findRuleBlocks.ts';
import { blockReaders, frontmatterReaders } from './reading/keyReaders.ts';
import { readKeys, type KeyTable } from './reading/readKeys.ts';
import { createReading, report, type Reading } from './reading/reading.ts';
import { splitFrontmatter, type FileParts } from './reading/splitFrontmatter.ts';
import type { RuleDocument, RuleProblem } from './rule.ts';
import { readRulePath } from './rulePaths.ts';

export const maxRuleFileLength = 1_048_576;
const maxPartLength = 65_536;
const maxBlocks = 500;

const frontmatterTable: KeyTable = {
  what: 'a rule',
  readers: frontmatterReaders,
  known: new Set(Object.keys(frontmatterReaders)),
  onStrayLine: 'If the rule’s text begins here, close the frontmatter above with `---`.',
  lenient: false,
};
const blockTable: KeyTable = {
  what: 'a `<rule>` block',
  readers: blockReaders,
  known: new Set(Object.keys(blockReaders)),
  onStrayLine: 'Text that belongs to no key goes below `</rule>`.',
  lenient: true,
};

/**
 * Reads a rule file. Total: every text gives a document, and what could not be understood is in its problems and
 * makes the rule that it concerns inactive. `path` is relative to the workspace folder, or `builtin:NAME`.
 */
export function parseRuleDocument(path: string, text: string): RuleDocument {
  if (text.length > maxRuleFileLength) return tooLarge(path, text);
  const reading = createReading(text);
  const { isLegacy } = readRulePath(path);
  const parts: FileParts = isLegacy ? { kind: 'none', body: wholeText(text) } : splitFrontmatter(text);
  const hidden = hiddenCharacters(text);
  const header = readHeader(reading, { path, parts, isLegacy });
  const file = buildFileRule({ reading, header, path, documentProblems: hidden });
  const blocks = isLegacy ? [] : readBlocks({ reading, header, path, documentProblems: hidden });
  return createDocument({ path, text, file, blocks, problems: [...hidden, ...reading.problems] });
}

function wholeText(text: string): Span {
  return { start: text.charCodeAt(0) === 0xfeff ? 1 : 0, end: text.length };
}

/** A document for a file that could not be read at all; `problem` says why. */
export function createUnreadDocument(
  path: string,
  problem: { readonly code: string; readonly message: string },
  text = '',
): RuleDocument {
  const nothing = { start: 0, end: 0 };
  const fault: RuleProblem = { ...problem, severity: 'error', span: nothing };
  const header: Header = { draft: createDraft(), span: nothing, body: nothing, isLegacy: false };
  const file = buildFileRule({ reading: createReading(''), header, path, documentProblems: [fault] });
  return { path, text, file: file.rule, blocks: [], problems: [fault] };
}

function tooLarge(path: string, text: string): RuleDocument {
  const message = `A rule file has at most ${maxRuleFileLength} characters; this one has ${text.length} and was not read.`;
  return createUnreadDocument(path, { code: 'rule.too-large', message }, text);
}

interface HeaderSource {
  readonly path: string;
  readonly parts: FileParts;
  readonly isLegacy: boolean;
}

function readHeader(reading: Reading, { parts, isLegacy }: HeaderSource): Header {
  const nothing = { start: parts.body.start, end: parts.body.start };
  if (isLegacy) {
    const draft = createDraft();
    draft.alwaysApply = true;
    return { draft, span: nothing, body: parts.body, isLegacy };
  }
  switch (parts.kind) {
    case 'none':
      return { draft: createDraft(), span: nothing, body: parts.body, isLegacy };
    case 'foreign': {
      const message = 'Frontmatter in another language is not read and never run: begin it with `---` alone.';
      report(reading, { code: 'rule.foreign-frontmatter', severity: 'error', message, span: parts.fence });
      return { draft: failed(createDraft()), span: parts.fence, body: parts.body, isLegacy };
    }
    case 'unclosed': {
      const message = 'This frontmatter is not closed: write `---` on a line of its own below its last key.';
      report(reading, { code: 'rule.unclosed-frontmatter', severity: 'error', message, span: parts.fence });
      const draft = failed(readRegion(reading, parts.inner, frontmatterTable));
      return { draft, span: { start: parts.fence.start, end: parts.inner.end }, body: parts.body, isLegacy };
    }
    case 'frontmatter': {
      if (parts.late) reportLate(reading, parts.whole);
      reportSecond(reading, parts.body);
      return {
        draft: readRegion(reading, parts.inner, frontmatterTable),
        span: parts.whole,
        body: parts.body,
        isLegacy,
      };
    }
  }
}

function failed(draft: Draft): Draft {
  draft.failed.add('*');
  return draft;
}

function readRegion(reading: Reading, region: Span, table: KeyTable): Draft {
  if (region.end - region.start <= maxPartLength) return readKeys(reading, region, table);
  const message = `Frontmatter or a block has at most ${maxPartLength} characters; this one was not read.`;
  report(reading, { code: 'rule.too-large', severity: 'error', message, span: region });
  return failed(createDraft());
}

function reportLate(reading: Reading, whole: Span): void {
  const span = { start: whole.start, end: whole.start + 3 };
  const message = 'Frontmatter begins in the first line; other tools will not find it below blank lines.';
  report(reading, { code: 'rule.late-frontmatter', severity: 'warning', message, span });
}

/** Whether the first line with something in it can open frontmatter. */
function startsWithFence(text: string, { start, end }: Span): boolean {
  let at = start;
  while (at < end && text.charCodeAt(at) <= 32) at += 1;
  return text.startsWith('---', at);
}

/** Some editors put an empty frontmatter above the one that was there. */
function reportSecond(reading: Reading, body: Span): void {
  if (!startsWithFence(reading.text, body)) return;
  const second = splitFrontmatter(reading.text.slice(body.start, body.start + maxPartLength));
  if (second.kind !== 'frontmatter') return;
  const span = { start: body.start + second.whole.start, end: body.start + second.whole.end };
  const message =
    'A second frontmatter is a part of the text: only the first one counts. Merge them into one.';
  report(reading, { code: 'rule.second-frontmatter', severity: 'warning', message, span });
}

interface BlocksSource {
  readonly reading: Reading;
  readonly header: Header;
  readonly path: string;
  readonly documentProblems: readonly RuleProblem[];
}

function readBlocks(source: BlocksSource): readonly BuiltRule[] {
  const { text } = source.reading;
  const found = findRuleBlocks(text, source.header.body).slice(0, maxBlocks + 1);
  return found.map((block, index) => {
    const reading = createReading(text);
    const draft =
      index < maxBlocks ? readRegion(reading, block.inner, blockTable) : refuse(reading, block.tag);
    if (!block.closed) reportUnclosed(reading, block, draft);
    return buildBlockRule({ ...source, reading, draft, span: block.whole, number: index + 1 });
  });
}

/**
 * A block whose end is certain counts as if it were closed. Its filters have to be written, with another key behind them:
 * one that is half written would fire more widely than its author means it to.
 */
function reportUnclosed(reading: Reading, { tag, endsSurely }: RuleBlock, { written }: Draft): void {
  const hasFilters = written.has('filters') && [...written.keys()].at(-1) !== 'filters';
  const [severity, consequence] =
    endsSurely && hasFilters
      ? (['warning', 'It was read up to its last line'] as const)
      : (['error', 'Where it ends is not certain, so it does nothing'] as const);
  const message = `This block is not closed. ${consequence}: write \`</rule>\` on a line of its own below it.`;
  report(reading, { code: 'rule.unclosed-block', severity, message, span: tag });
}

function refuse(reading: Reading, tag: Span): Draft {
  const message = `A file has at most ${maxBlocks} blocks: this one and those below it were not read. Divide the file.`;
  report(reading, { code: 'rule.too-large', severity: 'error', message, span: tag });
  return failed(createDraft());
}
