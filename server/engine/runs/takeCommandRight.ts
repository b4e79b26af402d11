import type { CodeOrigin } from '../../protocol/audit.ts';
import type { RightDenied } from '../audit/rights.ts';
import { ruleActor } from './ruleActor.ts';
import type { RunScope } from './runScope.ts';

export interface AskedCommand {
  readonly argv: readonly [string, ...string[]];
  /** As people read it. */
  readonly display: string;
  readonly code: CodeOrigin;
  readonly sandbox: boolean;
}

/** The right of a rule to run a command, by the approval that lets it act. undefined: it may. */
export async function takeCommandRight(
  scope: RunScope,
  { argv, display, code, sandbox }: AskedCommand,
): Promise<RightDenied | undefined> {
  const { deps, root, recorder } = scope;
  return deps.rights.take(root, {
    run: recorder.run,
    who: ruleActor(scope),
    right: { kind: 'command', argv: deps.digest(JSON.stringify(argv)), display, code, sandbox },
    by: { kind: 'approval' },
    argv,
  });
}
