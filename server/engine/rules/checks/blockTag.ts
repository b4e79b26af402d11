import { readLine } from '../../documents/readLine.ts';
import type { Span } from '../../documents/span.ts';
import { findExamples, findRuleBlocks } from '../reading/findRuleBlocks.ts';
import { readTextLines } from '../references/findCode.ts';
import type { RuleProblem } from '../rule.ts';
import type { RuleCheck } from './ruleCheck.ts';

/** `rule.block-tag`: a tag that its author took for the beginning of a `<rule>` block, and that is text. */
export const blockTag: RuleCheck = ({ text, rule }) => {
  if (rule.form !== 'file' || !hasOddTag(rule.body)) return [];
  const body = { start: text.length - rule.body.length, end: text.length };
  const shown: Span[] = findRuleBlocks(text, body).map(({ whole }) => whole);
  for (const [start, end] of findExamples(text, body)) shown.push({ start, end });
  return readTextLines(text, body).flatMap(({ start, content }): readonly RuleProblem[] => {
    const tag = tagLine.exec(content)?.[1];
    if (tag === undefined || tag === '<rule>' || !startsBlock(text, start)) return [];
    if (shown.some((each) => each.start <= start && start < each.end)) return [];
    const at = start + content.indexOf('<');
    const message = `\`${tag}\` is text: a block begins with \`<rule>\` on a line of its own, in lower case and without anything else in it. What it is called stands below, as \`name: …\`.`;
    return [{ code: 'rule.block-tag', severity: 'hint', message, span: { start: at, end: at + tag.length } }];
  });
};

const anyTag = /<rule(?:\s[^>\n\r]*)?>/gi;

/** Before anything is looked at line by line: nearly all tags are those of blocks. */
function hasOddTag(body: string): boolean {
  for (const [tag] of body.matchAll(anyTag)) if (tag !== '<rule>') return true;
  return false;
}

const tagLine = /^\s*(<rule(?:\s[^>]*)?>)\s*$/i;
const blockKey = /^\s*(?:name|description|version|filters|actions|metadata)\s*:/;

/** Whether a key of a block stands in the next line with something in it: other tags are a way of writing text. */
function startsBlock(text: string, lineStart: number): boolean {
  for (let at = readLine(text, lineStart).next; at < text.length;) {
    const line = readLine(text, at);
    const content = text.slice(line.start, line.end);
    if (content.trim() !== '') return blockKey.test(content);
    at = line.next;
  }
  return false;
}
