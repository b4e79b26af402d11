import type { AuditActor } from '../../protocol/audit.ts';
import type { RunScope } from './runScope.ts';

/** A rule as one who asks for rights. */
export function ruleActor({ rule, ruleHash }: Pick<RunScope, 'rule' | 'ruleHash'>): AuditActor {
  return { kind: 'rule', id: rule.id, name: rule.name, hash: ruleHash };
}

/** Without a rule it is a person who asks. */
export function actorOf({ rule, ruleHash }: Partial<Pick<RunScope, 'rule' | 'ruleHash'>>): AuditActor {
  return rule === undefined ? { kind: 'person' } : ruleActor({ rule, ruleHash: ruleHash ?? '' });
}
