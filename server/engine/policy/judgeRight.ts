import type { AskedRight } from '../audit/rights.ts';
import { matchGlob, splitPath } from '../rules/globs/compileGlob.ts';
import type { Broken, Policy, PolicyRole, PolicySwitch, RolePolicy } from './policy.ts';
import { findSpending } from './findSpending.ts';

/** Why a policy does not give a right, with the line that says so; undefined: nothing in it is against it. */
export function judgeRight(
  { file, roles, rules }: Policy,
  asked: AskedRight,
  usdToday: number | undefined,
): string | undefined {
  const role = roleOf(asked);
  const own = rules.filter(({ name }) => isMeant(name, asked)).map(({ policy }) => policy);
  for (const [index, policy] of [roles[role] ?? {}, ...own].entries()) {
    const broken = findBroken(policy, asked, usdToday);
    if (broken === undefined) continue;
    const whom = index === 0 ? role : `rule ${ruleOf(asked) ?? ''}`;
    return `The policy ${file}:${broken.line} does not let ${whom} ${broken.what}.`;
  }
  return undefined;
}

function roleOf({ who, right }: AskedRight): PolicyRole {
  if (who.kind === 'model' || ('code' in right && right.code === 'model')) return 'models';
  return who.kind === 'person' ? 'people' : 'rules';
}

/** By its name; undefined: no rule asks. */
function ruleOf({ who }: AskedRight): string | undefined {
  if (who.kind === 'rule') return who.name;
  return who.kind === 'model' ? who.rule : undefined;
}

function isMeant(name: string, asked: AskedRight): boolean {
  const rule = ruleOf(asked);
  if (rule === undefined) return false;
  return name.endsWith('*') ? rule.startsWith(name.slice(0, -1)) : rule === name;
}

function findBroken(
  policy: RolePolicy,
  { right, argv = [], runSpent }: AskedRight,
  usdToday: number | undefined,
): Broken | undefined {
  switch (right.kind) {
    case 'command':
      return findCommand(policy, argv, right.display);
    case 'tests':
      return findSwitch(policy.tests, 'run tests');
    case 'model':
      return (
        findModel(policy, `${right.provider}/${right.model}`) ??
        findSpending(policy.spend, { isPriced: right.usd !== 'unknown', run: runSpent, usdToday })
      );
    case 'land':
    case 'write':
      return findPath(policy, right.paths);
    case 'unproven':
      return findSwitch(policy.unproven, 'land what is not proven') ?? findPath(policy, right.paths);
    case 'unconfined':
      return findSwitch(policy.unconfined, 'run anything without a sandbox');
    case 'network':
      return findDomain(policy, right.domain);
    case 'approve':
      return findSwitch(policy.approve, 'approve rules');
    case 'act':
    case 'revoke':
    case 'trust':
    case 'policy':
    case 'forget':
      return undefined;
  }
}

function findCommand({ commands }: RolePolicy, argv: readonly string[], display: string): Broken | undefined {
  const isAllowed =
    commands?.beginnings.some((words) => words.every((word, at) => argv[at] === word)) ?? true;
  return commands === undefined || isAllowed
    ? undefined
    : { line: commands.line, what: `run \`${display}\`` };
}

function findModel({ ask }: RolePolicy, model: string): Broken | undefined {
  const isAllowed = ask?.models.some((each) =>
    each.endsWith('*') ? model.startsWith(each.slice(0, -1)) : model === each,
  );
  return ask === undefined || isAllowed === true ? undefined : { line: ask.line, what: `ask ${model}` };
}

function findPath({ write }: RolePolicy, paths: readonly string[]): Broken | undefined {
  if (write === undefined) return undefined;
  const path = paths.find((each) => !write.globs.some((glob) => matchGlob(glob, splitPath(each))));
  return path === undefined ? undefined : { line: write.line, what: `write ${path}` };
}

function findDomain({ network }: RolePolicy, domain: string): Broken | undefined {
  const isAllowed = network?.domains.includes(domain) ?? true;
  return network === undefined || isAllowed
    ? undefined
    : { line: network.line, what: `reach ${domain} from the sandbox` };
}

function findSwitch(found: PolicySwitch | undefined, what: string): Broken | undefined {
  return found === undefined || found.allowed ? undefined : { line: found.line, what };
}
