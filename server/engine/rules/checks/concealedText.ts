import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { fencedCode } from '../reading/fencedCode.ts';
import type { RuleProblem } from '../rule.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.concealed-text`: text that a model reads, and a person who looks at the file or its preview does not notice. */
export const concealedText: RuleCheck = ({ text, rule }) => {
  if (rule.form !== 'file') return [];
  const start = text.length - rule.body.length;
  return [...findComments(text, start), ...findFarText(text, start)].slice(0, maxReports);
};

const maxReports = 10;

/** Prose in an HTML comment, which no preview shows. */
function findComments(text: string, start: number): readonly RuleProblem[] {
  if (text.indexOf('<!--', start) < 0) return [];
  const isFenced = fencedCode(text, start);
  const problems: RuleProblem[] = [];
  for (let at = text.indexOf('<!--', start); at >= 0 && problems.length < maxReports;) {
    const close = text.indexOf('-->', at + 4);
    if (close < 0) break;
    const end = close + 3;
    const isProseHere = isProse(text.slice(at + 4, Math.min(close, at + 500))) && !isFenced(at);
    const message =
      'A preview does not show this comment, and a model reads it: write it as text, or remove it.';
    if (isProseHere) problems.push(problem(message, at, end));
    at = text.indexOf('<!--', end);
  }
  return problems;
}

/** Marks of tools, such as `prettier-ignore` and ours, are no prose. */
function isProse(comment: string): boolean {
  const words = comment.trim().split(/\s+/);
  return (
    words.length >= 4 &&
    !/^(?:codegen-lab|prettier|markdownlint|eslint|cspell|vale|toc\b)/i.test(words[0] ?? '')
  );
}

/** Text behind so much white space that nobody scrolls there. */
function findFarText(text: string, start: number): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  // A gap that is long enough holds one of these offsets, whatever stands around it.
  for (let at = start + farLines - 1; at < text.length; at += farLines) {
    if (!isSpace(text, at)) continue;
    const gap = findGap(text, start, at);
    at = gap.end;
    if (gap.end < text.length && isWide(text.slice(gap.start, gap.end)))
      problems.push(farProblem(text, gap.end));
  }
  return problems;
}

function findGap(text: string, limit: number, at: number): Span {
  let start = at;
  let end = at;
  while (start > limit && isSpace(text, start - 1)) start -= 1;
  while (end < text.length && isSpace(text, end)) end += 1;
  return { start, end };
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || (code >= 9 && code <= 13);
}

function isWide(gap: string): boolean {
  const breaks = gap.match(/\r\n|\n|\r/g)?.length ?? 0;
  const lastBreak = Math.max(gap.lastIndexOf('\n'), gap.lastIndexOf('\r'));
  return breaks >= farLines || gap.length - lastBreak > maxColumns;
}

function farProblem(text: string, start: number): RuleProblem {
  const message =
    'This text stands so far off that nobody sees it, and a model reads it: bring it near, or remove it.';
  return problem(message, start, readLine(text, start).end);
}

const farLines = 100;
const maxColumns = 500;

function problem(message: string, start: number, end: number): RuleProblem {
  return { code: 'rule.concealed-text', severity: 'warning', message, span: { start, end } };
}
