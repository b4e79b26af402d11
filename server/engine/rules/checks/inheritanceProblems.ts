import type { RuleProblem } from '../rule.ts';
import type { FolderCheck, FolderView } from './folderCheck.ts';
import { nearReference } from './nearReference.ts';

/** What is wrong with the parents and includes of a file, as resolving them found it; with the name that was meant. */
export const inheritanceProblems: FolderCheck = (view) =>
  [view.document.file, ...view.document.blocks]
    .flatMap(({ id }) => view.catalog.effective(id)?.problems ?? [])
    .map((problem) => (missingCodes.has(problem.code) ? withGuess(problem, view) : problem));

const missingCodes: ReadonlySet<string> = new Set(['rule.missing-parent', 'rule.missing-include']);

function withGuess(problem: RuleProblem, { document, catalog, paths, references }: FolderView): RuleProblem {
  // A heading that its file does not have is no path.
  if (references.some(({ reference }) => reference.headingSpan?.start === problem.span.start)) return problem;
  const written = document.text.slice(problem.span.start, problem.span.end);
  const near = nearReference(written, { catalog, paths, from: document.path });
  if (near === undefined) return problem;
  return {
    ...problem,
    message: `${problem.message} Did you mean \`${near}\`?`,
    data: { ...problem.data, near },
  };
}
