import { renderAnswerForm, showChunks, type AnswerForm } from './answerForm.ts';
import { composePrompt } from './composePrompt.ts';
import { editInstructions, type EditKind } from './editInstructions.ts';
import { showName } from './fenceText.ts';
import type { BuiltPrompt, ContextFile, PromptFile, PromptRules } from './promptInput.ts';
import { changeSection, contextSections, fileSection, type PromptSection } from './promptSection.ts';

export interface EditPromptInput extends PromptRules {
  readonly kind: EditKind;
  /** The action's message with its variables replaced. */
  readonly message: string;
  /** The file that the rule fires on; undefined: it is not there. */
  readonly source: PromptFile | undefined;
  /** The source as it was committed last; undefined if it never was. */
  readonly committed?: string;
  /** The files that may be written, at least one; `text` is undefined for one that is to be created. */
  readonly targets: readonly { readonly path: string; readonly text: string | undefined }[];
  /** The most useful first; the last one is the first to be left out. */
  readonly context: readonly ContextFile[];
  /** What failed, as data in fences; empty: nothing did. */
  readonly failures: readonly string[];
  readonly form: AnswerForm;
  /** The most tokens that the prompt may have. */
  readonly maxInputTokens: number;
}

/** The prompt of an action that edits. The files that may be written and what failed never leave it. */
export function buildEditPrompt(input: EditPromptInput): BuiltPrompt {
  const { kind, form, targets } = input;
  return composePrompt({
    ...input,
    instructions: { name: kind, text: editInstructions[kind] },
    material: [...composeFiles(input), ...composeFailures(input)],
    task: `${renderTask(input)}\n\n${renderAnswerForm(
      form,
      targets.map(({ path }) => path),
    )}`,
  });
}

function composeFiles({
  source,
  committed,
  targets,
  context,
  form,
}: EditPromptInput): readonly PromptSection[] {
  const paths = targets.map(({ path }) => path);
  const isTarget = source !== undefined && paths.includes(source.path);
  return [
    ...(source === undefined || isTarget
      ? []
      : [fileSection(source.path, 'the file that the work starts from', source.text)]),
    ...targets.flatMap(({ path, text }) => (text === undefined ? [] : [targetSection(path, text, form)])),
    ...(source === undefined ? [] : changeSection(source.path, committed, source.text)),
    ...contextSections(context, [...paths, ...(source === undefined ? [] : [source.path])]),
  ];
}

function targetSection(path: string, text: string, form: AnswerForm): PromptSection {
  const role = 'a file that you may change, as it is now';
  if (form !== 'chunks') return fileSection(path, role, text);
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  return fileSection(path, `${role}, in numbered chunks`, showChunks(plain));
}

function composeFailures({ failures }: EditPromptInput): readonly PromptSection[] {
  if (failures.length === 0) return [];
  const text = failures.join('\n\n');
  return [{ kind: 'failure', name: 'failures', heading: 'What failed', text }];
}

function renderTask({ kind, source, targets }: EditPromptInput): string {
  const names = targets.map(({ path }) => `\`${showName(path)}\``).join(', ');
  const from = source === undefined ? '' : `, starting from \`${showName(source.path)}\``;
  switch (kind) {
    case 'generate': {
      const isNew = targets.every(({ text }) => text === undefined);
      return `Do what the rule asks for${from}: write ${isNew ? 'the new file' : 'into the existing file'} ${names}.`;
    }
    case 'fix':
      return `Mend what failed. You may change ${names} and no other file.`;
    case 'refactor':
      return `Refactor ${names} as the rule asks for.`;
    case 'document':
      return `Document ${names} as the rule asks for.`;
  }
}
