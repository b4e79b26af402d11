import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver/node';
import { firingKeyAt } from '../../engine/authoring/firingKeyAt.ts';
import { code, plain } from '../../engine/authoring/hover/markdown.ts';
import { hoverRule } from '../../engine/authoring/hover/hoverRule.ts';
import { explainSave, type SourceQuestionParts } from '../lastSource.ts';
import type { OpenRule } from './openRule.ts';

/** Over what decides when a rule fires it is also said what that means for the file that was looked at last. */
export async function provideHover(
  rule: OpenRule,
  { position }: HoverParams,
  parts: SourceQuestionParts,
  signal: AbortSignal,
): Promise<Hover | null> {
  const offset = rule.lines.offsetAt(position);
  const hover = hoverRule(rule, offset);
  if (hover === undefined) return null;
  const about = await hoverSource(rule, offset, parts, signal);
  return {
    contents: { kind: MarkupKind.Markdown, value: [hover.markdown, ...about].join('\n\n') },
    range: rule.lines.toRange(hover.span),
  };
}

async function hoverSource(
  { root, document }: OpenRule,
  offset: number,
  parts: SourceQuestionParts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rule = firingKeyAt(document, offset);
  const answer = rule && (await explainSave(parts, { root, ruleIds: [rule.id] }, signal));
  const fires = rule && answer?.byRule.get(rule.id);
  if (answer === undefined || fires === undefined) return [];
  const what = { yes: 'It fires', no: 'It does not fire', onRequest: 'It asks first' }[fires.applies];
  const command = `command:codegenLab.explainRules?${encodeURIComponent(JSON.stringify([{ uri: answer.uri }]))}`;
  const change = fires.change === undefined ? '' : ` ${fires.change}`;
  return [
    '---',
    `${what} when ${code(answer.path)} is saved, because ${marked(fires.reason)}.${marked(change)} [All rules and moments](${command})`,
  ];
}

/** What stands in backticks is shown as code, all else as text. */
function marked(text: string): string {
  const parts = text.split(/`([^`]*)`/);
  return parts.map((part, index) => (index % 2 === 1 ? code(part) : plain(part))).join('');
}
