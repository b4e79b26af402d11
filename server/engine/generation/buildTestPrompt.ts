import { estimateTokens } from '../llm/estimateTokens.ts';
import { formOf, renderAnswerForm } from './answerForm.ts';
import { composeRules, renderRequested, renderRule, type RuleText } from './composeRules.ts';
import { fenceLanguage, fenceText, showName } from './fenceText.ts';
import type { BuiltPrompt, ContextFile, PromptPart, TestPromptInput } from './promptInput.ts';
import { renderChange } from './renderChange.ts';
import { renderTestTask } from './renderTestTask.ts';
import { testInstructions } from './testInstructions.ts';

/**
 * The prompt of the action `generate_tests`. The same input gives the same bytes anywhere. Over the limit leave, in
 * this order: context files, the list of Agent Requested rules, Auto Attached and named rules by lowest priority. The
 * firing rule, Always rules, the source and the test file never leave; then the prompt does not fit.
 */
export function buildTestPrompt(input: TestPromptInput): BuiltPrompt {
  const sections = composeSections(input);
  const leftOut: Section[] = [];
  let kept = sections;
  for (const section of leavingOrder(sections)) {
    if (tokensOf(kept) <= input.maxInputTokens) break;
    leftOut.push(section);
    kept = withoutSections(input, leftOut);
  }
  const estimatedTokens = tokensOf(kept);
  const parts = kept.map(({ kind, name, text }): PromptPart => ({ kind, name, chars: text.length }));
  return {
    system: testInstructions,
    messages: [{ role: 'user', text: renderSections(kept) }],
    parts: [{ kind: 'instructions', name: 'generate_tests', chars: testInstructions.length }, ...parts],
    leftOut: leftOut.map((section) => section.name),
    estimatedTokens,
    fits: estimatedTokens <= input.maxInputTokens,
  };
}

/** What two rules have in common stands with the first that is left, so the rules are composed anew. */
function withoutSections(input: TestPromptInput, leftOut: readonly Section[]): readonly Section[] {
  const guides = leftOut.filter(({ kind }) => kind === 'attached' || kind === 'named');
  const sections = composeSections(input, new Set(guides.map(({ name }) => name)));
  return sections.filter((section) => !leftOut.some((gone) => isSame(gone, section)));
}

function isSame(left: Section, right: Section): boolean {
  return left.kind === right.kind && left.name === right.name;
}

interface Section {
  readonly kind: PromptPart['kind'];
  readonly name: string;
  readonly heading: string;
  readonly text: string;
  /** When it leaves; lower numbers first. undefined: never. */
  readonly leaves?: readonly [stage: number, ...order: readonly number[]];
}

/** `without`: ids of rules that are left out. */
function composeSections(input: TestPromptInput, without?: ReadonlySet<string>): readonly Section[] {
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
    ...composeFiles(input),
    {
      kind: 'task',
      name: 'task',
      heading: 'Task',
      text: `${renderTestTask(input)}\n\n${renderAnswerForm(formOf(input.target.text), input.target.path)}`,
    },
  ];
}

/** The lowest priority leaves first; among equals the one that stands last. */
function guideSection(guide: RuleText, index: number): Section {
  const heading = guide.kind === 'named' ? 'Rules that this work names' : 'Rules of the project';
  const section = { kind: guide.kind, name: guide.rule.id, heading, text: renderRule(guide) };
  return guide.kind === 'always' ? section : { ...section, leaves: [2, guide.rule.priority, -index] };
}

function renderFiring(text: string, { rule, message }: TestPromptInput): string {
  const whole = [text, message.trim()].filter(
    (part, index, all) => part !== '' && all.indexOf(part) === index,
  );
  return renderRule({ kind: 'rule', rule, text: whole.join('\n\n') });
}

function composeFiles({ source, committed, target, context }: TestPromptInput): readonly Section[] {
  const heading = 'Files';
  const isOther = ({ path }: ContextFile, index: number): boolean =>
    path !== source.path && path !== target.path && context.findIndex((file) => file.path === path) === index;
  const others = context.filter(isOther);
  const own: Section[] = [
    {
      kind: 'file',
      name: source.path,
      heading,
      text: renderFile(source.path, 'the code to test', source.text),
    },
  ];
  const change = committed === undefined ? undefined : renderChange(committed, source.text);
  if (change !== undefined) {
    const text = `## What changed last in ${showName(source.path)} (the code above has it)\n\n${fenceText(change, 'diff')}`;
    own.push({ kind: 'change', name: source.path, heading, text, leaves: [0, 1] });
  }
  if (target.text !== undefined && target.path !== source.path) {
    own.push({
      kind: 'file',
      name: target.path,
      heading,
      text: renderFile(target.path, 'the test file as it is now', target.text),
    });
  }
  return [
    ...own,
    ...others.map((file, index): Section => ({
      kind: 'file',
      name: file.path,
      heading,
      text: renderContext(file),
      leaves: [0, -index],
    })),
  ];
}

const roles = {
  example: 'a test of this project; follow its style',
  manifest: 'excerpt',
  context: 'for reference',
} as const;
const maxExampleLines = 150;

function renderContext({ path, text, role }: ContextFile): string {
  const lines = text.split('\n');
  if (role !== 'example' || lines.length <= maxExampleLines) return renderFile(path, roles[role], text);
  return renderFile(
    path,
    `${roles.example}; its first ${maxExampleLines} lines`,
    lines.slice(0, maxExampleLines).join('\n'),
  );
}

function renderFile(path: string, role: string, text: string): string {
  return `## ${showName(path)} (${role})\n\n${fenceText(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), fenceLanguage(path))}`;
}

function leavingOrder(sections: readonly Section[]): readonly Section[] {
  return sections
    .filter(({ leaves }) => leaves !== undefined)
    .sort((a, b) => compareLists(a.leaves ?? [], b.leaves ?? []));
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== (b[index] ?? 0));
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function tokensOf(sections: readonly Section[]): number {
  return estimateTokens(testInstructions) + estimateTokens(renderSections(sections));
}

function renderSections(sections: readonly Section[]): string {
  let heading = '';
  const blocks: string[] = [];
  for (const section of sections) {
    if (section.heading !== heading) blocks.push(`# ${section.heading}`);
    heading = section.heading;
    blocks.push(section.text);
  }
  return `${blocks.join('\n\n')}\n`;
}
