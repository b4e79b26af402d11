import { mayBeProposed } from '../../generation/dependencies/manifests.ts';
import { resolveInside } from '../../safety/pathJail.ts';
import { findProtected } from '../../safety/protectedPaths.ts';
import { expandVariables } from '../../triggers/expandVariables.ts';
import { failed, type RunEnd, type RunScope } from '../runScope.ts';
import type { EditScope } from './editScope.ts';

/** The file that an action writes: the one that its `target` names, else the one that the rule fires on. */
export function chooseTarget({
  action,
  rule,
  file,
  variables,
}: Pick<EditScope, 'action' | 'rule' | 'file' | 'variables'>): string | RunEnd {
  const written = action.target === undefined ? file : expandVariables(action.target, variables);
  const jailed = resolveInside(written);
  if (jailed.kind === 'refused')
    return failed(
      'action.bad-target',
      `The target ${action.target ?? file} of rule ${rule.name} leads out of the workspace. Correct it.`,
    );
  return refuseProtected({ rule }, jailed.path) ?? jailed.path;
}

function refuseProtected({ rule }: Pick<RunScope, 'rule'>, path: string): RunEnd | undefined {
  const guarded = mayBeProposed(path) ? undefined : findProtected(path);
  return (
    guarded &&
    failed(
      'action.bad-target',
      `The target ${path} of rule ${rule.name} is protected (${guarded.pattern}): it ${guarded.why}. Name another file.`,
    )
  );
}
