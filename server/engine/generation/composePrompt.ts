import { estimateTokens } from '../llm/estimateTokens.ts';
import { composeRules, renderRequested, renderRule, type RuleText } from './composeRules.ts';
import type { BuiltPrompt, PromptPart, PromptRules } from './promptInput.ts';
import type { PromptSection } from './promptSection.ts';

/** What a prompt is put together from, whatever is asked for. */
export interface PromptPieces extends PromptRules {
  /** What holds for every answer to this kind of question, and the name of the kind. */
  readonly instructions: { readonly name: string; readonly text: string };
  /** The action's message with its variables replaced. */
  readonly message: string;
  /** What the work is about. */
  readonly material: readonly PromptSection[];
  /** What is to be done, and how the answer must look. */
  readonly task: string;
  /** The most tokens that the prompt may have. */
  readonly maxInputTokens: number;
}

/**
 * The same input gives the same bytes anywhere. Over the limit leave, in this order: material that may, the list of Agent
 * Requested rules, Auto Attached and named rules by lowest priority. The firing rule, Always rules and the rest of the
 * material never leave; then the prompt does not fit.
 */
export function composePrompt(input: PromptPieces): BuiltPrompt {
  const { instructions } = input;
  const sections = composeSections(input);
  const leftOut: PromptSection[] = [];
  let kept = sections;
  for (const section of leavingOrder(sections)) {
    if (tokensOf(instructions.text, kept) <= input.maxInputTokens) break;
    leftOut.push(section);
    kept = withoutSections(input, leftOut);
  }
  const estimatedTokens = tokensOf(instructions.text, kept);
  const parts = kept.map(({ kind, name, text }): PromptPart => ({ kind, name, chars: text.length }));
  return {
    system: instructions.text,
    messages: [{ role: 'user', text: renderSections(kept) }],
    parts: [{ kind: 'instructions', name: instructions.name, chars: instructions.text.length }, ...parts],
    leftOut: leftOut.map((section) => section.name),
    estimatedTokens,
    fits: estimatedTokens <= input.maxInputTokens,
  };
}

/** What two rules have in common stands with the first that is left, so the rules are composed anew. */
function withoutSections(input: PromptPieces, leftOut: readonly PromptSection[]): readonly PromptSection[] {
  const guides = leftOut.filter(({ kind }) => kind === 'attached' || kind === 'named');
  const sections = composeSections(input, new Set(guides.map(({ name }) => name)));
  return sections.filter((section) => !leftOut.some((gone) => isSame(gone, section)));
}

function isSame(left: PromptSection, right: PromptSection): boolean {
  return left.kind === right.kind && left.name === right.name;
}

/** `without`: ids of rules that are left out. */
function composeSections(input: PromptPieces, without?: ReadonlySet<string>): readonly PromptSection[] {
  const { guides, firing, requested } = composeRules(input, without);
  const shown = guides.map((guide, index) => guideSection(guide, index));
  const list = {
    kind: 'requested',
    name: 'Agent Requested rules',
    heading: 'Further rules',
    leaves: [1, 0],
  } as const;
  return [
    ...shown.filter(({ kind }) => kind !== 'named'),
    {
      kind: 'rule',
      name: input.rule.id,
      heading: 'The rule that asks for this work',
      text: renderFiring(firing.text, input),
    },
    ...(requested.length === 0 ? [] : [{ ...list, text: renderRequested(requested) }]),
    ...shown.filter(({ kind }) => kind === 'named'),
    ...input.material,
    { kind: 'task', name: 'task', heading: 'Task', text: input.task },
  ];
}

/** The lowest priority leaves first; among equals the one that stands last. */
function guideSection(guide: RuleText, index: number): PromptSection {
  const heading = guide.kind === 'named' ? 'Rules that this work names' : 'Rules of the project';
  const section = { kind: guide.kind, name: guide.rule.id, heading, text: renderRule(guide) };
  return guide.kind === 'always' ? section : { ...section, leaves: [2, guide.rule.priority, -index] };
}

function renderFiring(text: string, { rule, message }: PromptPieces): string {
  const whole = [text, message.trim()].filter(
    (part, index, all) => part !== '' && all.indexOf(part) === index,
  );
  return renderRule({ kind: 'rule', rule, text: whole.join('\n\n') });
}

function leavingOrder(sections: readonly PromptSection[]): readonly PromptSection[] {
  return sections
    .filter(({ leaves }) => leaves !== undefined)
    .sort((a, b) => compareLists(a.leaves ?? [], b.leaves ?? []));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== (b[index] ?? 0));
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function tokensOf(system: string, sections: readonly PromptSection[]): number {
  return estimateTokens(system) + estimateTokens(renderSections(sections));
}

function renderSections(sections: readonly PromptSection[]): string {
  let heading = '';
  const blocks: string[] = [];
  for (const section of sections) {
    if (section.heading !== heading) blocks.push(`# ${section.heading}`);
    heading = section.heading;
    blocks.push(section.text);
  }
  return `${blocks.join('\n\n')}\n`;
}
