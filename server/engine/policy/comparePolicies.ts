import { policyRoles, type Policy, type RolePolicy } from './policy.ts';
import { readPolicy } from './readPolicy.ts';

/** How a policy is another than it was: each key that changed, with whether it takes more or less away now. */
export interface PolicyChange {
  readonly change: 'added' | 'changed' | 'removed' | 'broken';
  readonly changes: readonly string[];
}

/** `before` and `now` are texts; undefined: there was or is none. A text that cannot be understood gives nothing at all. */
export function comparePolicies(
  file: string,
  before: string | undefined,
  now: string | undefined,
): PolicyChange | undefined {
  if (before === now) return undefined;
  const [old, next] = [read(file, before), read(file, now)];
  if (next === undefined) return { change: 'broken', changes: [] };
  const change = before === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
  if (old === undefined) return { change, changes: now === undefined ? [] : ['it can be understood again'] };
  const [were, are] = [rowsOf(old), rowsOf(next)];
  const names = [...new Set([...were.keys(), ...are.keys()])];
  return {
    change,
    changes: names.flatMap((name) => {
      const how = compare(were.get(name), are.get(name));
      return how === undefined ? [] : [`${name} ${how}`];
    }),
  };
}

/** What is not there takes nothing away. */
function read(file: string, text: string | undefined): Policy | undefined {
  if (text === undefined) return { file, roles: {}, rules: [] };
  const reading = readPolicy(file, text);
  return 'policy' in reading ? reading.policy : undefined;
}

type Value = readonly string[] | boolean | number;

function rowsOf({ roles, rules }: Policy): ReadonlyMap<string, Value> {
  return new Map([
    ...policyRoles.flatMap((role) => valuesOf(`roles.${role}`, roles[role] ?? {})),
    ...rules.flatMap(({ name, policy }) => valuesOf(`rules.${name}`, policy)),
  ]);
}

function valuesOf(
  prefix: string,
  { commands, write, ask, network, spend = {}, ...switches }: RolePolicy,
): readonly (readonly [string, Value])[] {
  const found: readonly (readonly [string, Value | undefined])[] = [
    ['commands', commands?.beginnings.map((words) => words.join(' '))],
    ['write', write?.texts],
    ['ask', ask?.models],
    ['network', network?.domains],
    ...Object.entries(switches).map(([key, { allowed }]) => [key, allowed] as const),
    ...Object.entries(spend).map(([key, { most }]) => [`spend.${key}`, most] as const),
  ];
  return found.flatMap(([key, value]) => (value === undefined ? [] : [[`${prefix}.${key}`, value] as const]));
}

/** undefined: it is the same. */
function compare(before: Value | undefined, now: Value | undefined): string | undefined {
  if (JSON.stringify(before) === JSON.stringify(now)) return undefined;
  const [less, more] = [isWithin(now, before), isWithin(before, now)];
  if (less && more) return undefined;
  if (less) return 'stricter';
  return more ? 'looser' : 'other';
}

/** Whether all that `one` allows is allowed by `other` too; what is not said allows everything. */
function isWithin(one: Value | undefined, other: Value | undefined): boolean {
  if (other === undefined || other === true) return true;
  if (one === undefined) return false;
  if (typeof one === 'number' && typeof other === 'number') return one <= other;
  if (typeof one === 'object' && typeof other === 'object') return one.every((each) => other.includes(each));
  return one === other || one === false;
}
