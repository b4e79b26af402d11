import type { AuditActor, AuditEntry, AuditRight } from '../../protocol/audit.ts';

/** Who asked, in words. `user`: name of the account. */
export function describeActor(who: AuditActor, user: string): string {
  switch (who.kind) {
    case 'person':
      return user;
    case 'rule':
      return `rule ${who.name}`;
    case 'model':
      return `a model, for rule ${who.rule}`;
    case 'program':
      return 'Codegen Lab';
  }
}

/** What was asked for, in words: `run …`. */
export function describeRight(right: AuditRight): string {
  switch (right.kind) {
    case 'act':
      return `act on ${right.file}: ${right.actions.join(', ')}`;
    case 'command':
      return `run \`${right.display}\` ${describePlace(right)}`;
    case 'tests':
      return `run ${right.runner} on ${listed(right.paths, 'all tests')} ${describePlace(right)}`;
    case 'model':
      return describeModel(right);
    case 'write':
      return `write ${listed(right.paths, 'nothing')} in the copy`;
    case 'land':
      return right.undoes === undefined
        ? `land ${listed(right.paths, 'nothing')}`
        : `undo run ${right.undoes}: ${listed(right.paths, 'nothing')}`;
    case 'unproven':
      return `take ${listed(right.paths, 'nothing')} unproven`;
    case 'unconfined':
      return `try ${listed(right.paths, 'nothing')} without a sandbox`;
    case 'network':
      return `reach ${right.domain} from the sandbox`;
    case 'approve':
      return `let rule ${right.rule} act`;
    case 'revoke':
      return right.rules === 'all' ? 'let no rule act' : `let ${right.rules.join(', ')} not act`;
    case 'trust':
      return 'trust the folder';
    case 'policy':
      return describePolicy(right);
    case 'forget':
      return `entries ${right.entries.join(' to ')} are gone, since the log is bounded`;
  }
}

/** What decided, in words. */
export function describeBasis({ by: { kind, detail } }: Pick<AuditEntry, 'by'>): string {
  return detail === undefined ? kind : `${kind} (${detail})`;
}

function describePolicy({ file, change, changes }: AuditRight & { kind: 'policy' }): string {
  const what = { added: 'is new', changed: 'changed', removed: 'is gone', broken: 'cannot be understood' }[
    change
  ];
  return `the policy ${file} ${what}${changes.length === 0 ? '' : `: ${changes.join(', ')}`}`;
}

function describeModel({ provider, model, role, host, usd, tokens }: AuditRight & { kind: 'model' }): string {
  const cost = usd === 'unknown' ? 'at an unknown price' : `for at most $${usd.toFixed(4)}`;
  return `ask ${provider}/${model}${host === '' ? '' : ` at ${host}`} as ${role}, at most ${tokens} tokens, ${cost}`;
}

function describePlace({ code, sandbox }: AuditRight & { kind: 'command' | 'tests' }): string {
  const whose = code === 'model' ? ' with what a model wrote' : '';
  return `${sandbox ? 'in the sandbox' : 'without a sandbox'}${whose}`;
}

function listed(paths: readonly string[], none: string): string {
  return paths.length === 0 ? none : paths.join(', ');
}
