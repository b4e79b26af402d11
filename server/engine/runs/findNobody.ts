import { refused, type RunEnd, type RunScope } from './runScope.ts';

/**
 * Edits that land only after a person has said yes, where nobody can be asked: better said before a model is paid.
 * undefined: somebody can be asked, or need not be.
 */
export function findNobody(scope: RunScope): RunEnd | undefined {
  const { deps, approval } = scope;
  const needsAnswer = approval !== 'auto' && landsEdits(scope);
  return needsAnswer && !deps.interactive && deps.person === undefined ? nobodyAnswers(scope) : undefined;
}

/** Whether edits of the run may land at all: who is in no editor and named no way to land looks at the difference alone. */
export function landsEdits({ deps, settings }: RunScope): boolean {
  return deps.interactive || settings.approval !== 'preview';
}

export function nobodyAnswers({ approval, rule }: RunScope): RunEnd {
  return refused(
    'approval.nobody',
    `Edits of rule ${rule.name} land only after a person has said yes (\`approval: ${approval}\`), and nobody can be asked here. Run it in a terminal; or without --apply and --ask, which prints the difference for \`git apply\`.`,
  );
}
