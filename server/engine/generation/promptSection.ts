import { fenceLanguage, fenceText, showName } from './fenceText.ts';
import type { ContextFile, PromptPart } from './promptInput.ts';
import { renderChange } from './renderChange.ts';

/** A part of a prompt, which stays or leaves as a whole. */
export interface PromptSection {
  readonly kind: PromptPart['kind'];
  readonly name: string;
  readonly heading: string;
  readonly text: string;
  /** When it leaves; lower numbers first. undefined: never. */
  readonly leaves?: readonly [stage: number, ...order: readonly number[]];
}

const heading = 'Files';

/** A file as data; it never leaves. `role` says what it is there for. */
export function fileSection(path: string, role: string, text: string): PromptSection {
  return { kind: 'file', name: path, heading, text: renderFile(path, role, text) };
}

/** What changed in a file since it was committed last; none where that does not help. */
export function changeSection(
  path: string,
  committed: string | undefined,
  text: string,
): readonly PromptSection[] {
  const change = committed === undefined ? undefined : renderChange(committed, text);
  if (change === undefined) return [];
  const shown = `## What changed last in ${showName(path)} (the code above has it)\n\n${fenceText(change, 'diff')}`;
  return [{ kind: 'change', name: path, heading, text: shown, leaves: [0, 1] }];
}

/** Further files, each once; the last one is the first to leave. `shown`: paths that stand in the prompt already. */
export function contextSections(
  context: readonly ContextFile[],
  shown: readonly string[],
): readonly PromptSection[] {
  const others = context.filter(
    ({ path }, index) => !shown.includes(path) && context.findIndex((file) => file.path === path) === index,
  );
  return others.map((file, index) => ({
    kind: 'file',
    name: file.path,
    heading,
    text: renderContext(file),
    leaves: [0, -index],
  }));
}

const roles: Readonly<Record<ContextFile['role'], string>> = {
  example: 'a test of this project; follow its style',
  manifest: 'excerpt',
  context: 'for reference',
  test: 'tests that concern the work; leave them as they are',
};
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
