import type { RuleCatalog } from '../../rules/ruleCatalog.ts';
import type { Rule, RuleDocument } from '../../rules/rule.ts';
import type { FiringContext } from '../decideFirings.ts';
import { createEventFile } from '../filters/eventFile.ts';
import { explainAbsence } from './explainAbsence.ts';
import { explainFiring } from './explainFiring.ts';
import { explainGuiding } from './explainGuiding.ts';
import type { ExplainedRule, Explanation } from './explanation.ts';

/** What one rule does for a file, and why. */
export interface RuleExplanation {
  /** With all that it inherits. */
  readonly rule: Rule;
  /** Whether its text goes into prompts about the file. */
  readonly guides: Explanation;
  /** Whether it fires on events of the file, or checks it. */
  readonly fires: Explanation;
}

export interface ExplainRequest {
  readonly catalog: RuleCatalog;
  /** Rules that guide or fire here, inactive ones included, by id. */
  readonly live: ReadonlySet<string>;
  readonly root: string;
  readonly path: string;
  /** Without it the file is read when a filter asks for its text. */
  readonly text?: string;
  readonly context: FiringContext;
  readonly signal: AbortSignal;
}

/** Explains every rule of the folder, drafts included, and the bundled ones that are live, in the order of the catalog. Rejects after an abort. */
export async function explainRulesFor(request: ExplainRequest): Promise<readonly RuleExplanation[]> {
  const { catalog, live, root, path, text, context, signal } = request;
  const event = { root, path, name: 'manual', origin: 'user', depth: 0 } as const;
  const file = createEventFile({
    ...context,
    event: text === undefined ? event : { ...event, text },
    signal,
  });
  const explanations: RuleExplanation[] = [];
  for (const explained of explainedRules(catalog, live)) {
    const { rule } = explained.effective;
    const absence = explainAbsence(explained, live.has(rule.id));
    const guides = absence ?? explainGuiding(explained, path);
    const fires = absence ?? (await explainFiring(explained, file, context.ignored));
    signal.throwIfAborted();
    explanations.push({ rule, guides, fires });
  }
  return explanations;
}

/** The rules of the folder in the order of the catalog, then the bundled ones that are live. */
export function explainedRules(catalog: RuleCatalog, live: ReadonlySet<string>): readonly ExplainedRule[] {
  const all = (documents: readonly RuleDocument[]): readonly ExplainedRule[] =>
    documents
      .flatMap(({ path }) => catalog.effectiveRules(path))
      .map((effective) => ({ catalog, effective }));
  const bundled = all(catalog.bundledDocuments()).filter(({ effective }) => live.has(effective.rule.id));
  return [...all(catalog.documents()), ...bundled];
}
