import type { Engine } from '../engine/engine.ts';
import { editFrontmatter } from '../engine/rules/editing/editFrontmatter.ts';
import type { TextChange } from '../protocol/requests.ts';
import { linesOf } from './authoring/openRule.ts';
import type { PlacedFile } from './folders.ts';

export interface RuleSwitch {
  readonly engine: Engine;
  readonly placed: PlacedFile | undefined;
  readonly enabled: boolean;
}

/** The edit of a rule file that switches its rules on or off, for the text as it is typed. On is what a file without the key says. */
export function switchRule({
  engine,
  placed,
  enabled,
}: RuleSwitch): { readonly edits: readonly TextChange[] } | { readonly refused: string } {
  const document = placed && engine.ruleCatalog(placed.root, 'typed')?.document(placed.path);
  if (document === undefined) return { refused: 'This file is no rule of an open folder.' };
  const change = enabled
    ? ({ kind: 'remove', key: 'enabled' } as const)
    : ({ kind: 'set', key: 'enabled', value: false } as const);
  const outcome = editFrontmatter(document.text, change);
  if (outcome.kind === 'refused') return { refused: outcome.reason };
  const lines = linesOf(document);
  return {
    edits: outcome.edits.map(({ span, newText }) => ({ range: lines.toRange(span), newText })),
  };
}
