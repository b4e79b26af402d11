import type { AskedRight } from '../audit/rights.ts';
import { matchGlob, splitPath } from '../rules/globs/compileGlob.ts';
import type { Policy, PolicyRole, PolicySwitch, RolePolicy } from './policy.ts';

/** Why a policy does not give a right, with the line that says so; undefined: nothing in it is against it. */
export function judgeRight({ file, roles }: Policy, asked: AskedRight): string | undefined {
  const role = roleOf(asked);
  const broken = findBroken(roles[role] ?? {}, asked);
  return broken && `The policy ${file}:${broken.line} does not let ${role} ${broken.what}.`;
}

interface Broken {
  readonly line: number;
  /** Goes on after "does not let rules". */
  readonly what: string;
}

function roleOf({ who, right }: AskedRight): PolicyRole {
  if (who.kind === 'model' || ('code' in right && right.code === 'model')) return 'models';
  return who.kind === 'person' ? 'people' : 'rules';
}

function findBroken(policy: RolePolicy, { right, argv = [] }: AskedRight): Broken | undefined {
  switch (right.kind) {
    case 'command':
      return findCommand(policy, argv, right.display);
    case 'tests':
      return findSwitch(policy.tests, 'run tests');
    case 'model':
      return findModel(policy, `${right.provider}/${right.model}`);
    case 'land':
    case 'write':
      return findPath(policy, right.paths);
    case 'unproven':
      return findSwitch(policy.unproven, 'land what is not proven') ?? findPath(policy, right.paths);
    case 'unconfined':
      return findSwitch(policy.unconfined, 'run anything without a sandbox');
    case 'approve':
      return findSwitch(policy.approve, 'approve rules');
    case 'act':
    case 'revoke':
    case 'trust':
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

function findSwitch(found: PolicySwitch | undefined, what: string): Broken | undefined {
  return found === undefined || found.allowed ? undefined : { line: found.line, what };
}
