import type { Span } from '../../documents/span.ts';
import { findSuper, superWord } from '../inheritance/mergeBodies.ts';
import { parentsWord } from '../inheritance/mergeGlobs.ts';
import type { Rule, RuleProblem } from '../rule.ts';
import type { FolderCheck } from './folderCheck.ts';

/**
 * `rule.no-parent`: words and entries that stand for what parents say, in a rule that extends none. A rule that others
 * extend may be one of several parents, and then it has some.
 */
export const missingParents: FolderCheck = ({ document: { path, file, blocks }, catalog }) => {
  const ofBlocks = blocks.flatMap(({ filters, actions }) => removals([...filters, ...actions]));
  const removed = removals([...file.filters, ...file.actions]);
  if (file.extends.length > 0 || file.abstract) return problems(ofBlocks, ofBlock);
  const globs = file.globs.filter(({ value }) => value === parentsWord).map(({ span }) => span);
  const texts = superSpans(catalog.text(path) ?? '', file);
  if (globs.length + texts.length + removed.length === 0) return problems(ofBlocks, ofBlock);
  if (catalog.referrers(path).some(({ reference }) => reference.kind === 'parent'))
    return problems(ofBlocks, ofBlock);
  return [
    ...problems(
      globs,
      `\`${parentsWord}\` stands for the globs of parents, and this rule extends none: here it is the name of a file. Write \`extends\`, or take it out.`,
    ),
    ...problems(
      texts,
      `\`${superWord}\` stands for the text of parents, and this rule extends none: it stays in the text as it is written. Write \`extends\`, or take it out.`,
    ),
    ...problems(
      removed,
      'This takes an inherited entry away, and the rule extends no other: nothing is taken away. Write `extends`, or take it out.',
    ),
    ...problems(ofBlocks, ofBlock),
  ];
};

const ofBlock =
  'This takes an inherited entry away, and a `<rule>` block inherits none: nothing is taken away. Take it out.';

function problems(spans: readonly Span[], message: string): readonly RuleProblem[] {
  return spans.map((span) => ({ code: 'rule.no-parent', severity: 'hint', message, span }));
}

function removals(entries: readonly (Rule['filters'][number] | Rule['actions'][number])[]): readonly Span[] {
  return entries.filter(({ remove }) => remove).map(({ fields, span }) => fields.get('remove') ?? span);
}

function superSpans(text: string, { body }: Rule): readonly Span[] {
  const offset = text.length - body.length;
  return findSuper(body).map((at) => ({ start: offset + at, end: offset + at + superWord.length }));
}
