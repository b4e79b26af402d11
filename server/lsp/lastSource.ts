import type { Engine } from '../engine/engine.ts';
import type { Explanation } from '../engine/triggers/explain/explanation.ts';
import type { Folders } from './folders.ts';

/** The source file that the person looked at last: what rules would do with it is told over the rules. */
export class LastSource {
  /** undefined until the editor has told of one. */
  uri: string | undefined;
}

export interface SourceQuestionParts {
  readonly engine: Engine;
  readonly folders: Folders;
  readonly lastSource: LastSource;
}

export interface SourceAnswer {
  readonly uri: string;
  /** Relative to the folder. */
  readonly path: string;
  readonly byRule: ReadonlyMap<string, Explanation>;
}

/** Whether rules of a folder would fire if the last source were saved by hand; undefined: it lies elsewhere. */
export async function explainSave(
  { engine, folders, lastSource }: SourceQuestionParts,
  { root, ruleIds }: { readonly root: string; readonly ruleIds: readonly string[] },
  signal: AbortSignal,
): Promise<SourceAnswer | undefined> {
  const { uri } = lastSource;
  const placed = uri === undefined ? undefined : folders.place(uri);
  if (uri === undefined || placed?.root !== root || ruleIds.length === 0) return undefined;
  const event = { root, path: placed.path, name: 'save', origin: 'user', depth: 0 } as const;
  const explained = await engine.ruleQueries(root)?.explainEvent(event, signal, new Set(ruleIds));
  return (
    explained && {
      uri,
      path: placed.path,
      byRule: new Map(explained.map((each) => [each.rule.id, each.fires])),
    }
  );
}
