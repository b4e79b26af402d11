import type { AskingScope } from '../routeOf.ts';
import { failed, type RunEnd } from '../runScope.ts';

/** No edit is written through a link; better said before a model is paid. undefined: none of the files is reached by one. */
export async function findTargetLink(
  { deps, root, signal }: AskingScope,
  targets: readonly string[],
): Promise<RunEnd | undefined> {
  for (const target of targets) {
    const link = await deps.files.linkTo(root, target, signal);
    if (link !== undefined)
      return failed(
        'action.bad-target',
        `The answer would be written to ${target}, but ${link} is a link, and no edit is written through a link. Give the rule another target.`,
      );
  }
  return undefined;
}
