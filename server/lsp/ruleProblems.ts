import type { Engine } from '../engine/engine.ts';
import { ruleFindings } from '../engine/rules/ruleFindings.ts';
import type { Finding } from '../protocol/text.ts';
import type { DiagnosticsPublisher } from './diagnostics.ts';

export interface RuleProblemsParts {
  readonly engine: Engine;
  readonly diagnostics: DiagnosticsPublisher;
}

/** Shows the problems of rule files as they are typed: of these, or of all of a folder. What is shown already is not sent again. */
export function showRuleProblems(
  { engine, diagnostics }: RuleProblemsParts,
  root: string,
  paths?: Iterable<string>,
): void {
  const catalog = engine.ruleCatalog(root, 'typed');
  if (catalog === undefined) return;
  const findingsOf = (path: string): readonly Finding[] => {
    const document = catalog.document(path);
    const textOf = (other: string): string | undefined => catalog.document(other)?.text;
    return document === undefined ? [] : ruleFindings(document, catalog.problems(path), textOf);
  };
  if (paths === undefined)
    diagnostics.setFolder(
      'rules',
      root,
      catalog.documents().flatMap(({ path }) => findingsOf(path)),
    );
  else for (const path of paths) diagnostics.setFile('rules', root, path, findingsOf(path));
}
