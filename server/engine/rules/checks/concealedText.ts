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
  return Array.from(text.slice(start).matchAll(/<!--((?:(?!-->)[\s\S]){0,5000})-->/g)).flatMap((match) => {
    const [whole, inner = ''] = match;
    const at = start + match.index;
    if (!isProse(inner) || isFenced(at)) return [];
    const message =
      'A preview does not show this comment, and a model reads it: write it as text, or remove it.';
    return [problem(message, at, at + whole.length)];
  });
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
  return Array.from(text.slice(start).matchAll(/\s{100,}(?=\S)/g)).flatMap((match) => {
    const [gap] = match;
    const breaks = gap.match(/\r\n|\n|\r/g)?.length ?? 0;
    const spaces = /[ \t]*$/.exec(gap.slice(-maxColumns))?.[0].length ?? 0;
    if (breaks < farLines && spaces < maxColumns) return [];
    const at = start + match.index + gap.length;
    const end = at + text.slice(at).search(/[\n\r]|$/);
    const message =
      'This text stands so far off that nobody sees it, and a model reads it: bring it near, or remove it.';
    return [problem(message, at, end)];
  });
}

const farLines = 100;
const maxColumns = 500;

function problem(message: string, start: number, end: number): RuleProblem {
  return { code: 'rule.concealed-text', severity: 'warning', message, span: { start, end } };
}
