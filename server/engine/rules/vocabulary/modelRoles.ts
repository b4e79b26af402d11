/** Who does a part of the work. A rule names a role, or a model by itself. */
export type Role =
  | 'planner'
  | 'implementer'
  | 'tester'
  | 'fixer'
  | 'reviewer'
  | 'documenter'
  | 'summarizer'
  | 'web-tester';

/** What kind of answer is asked for; parameters can be set for each. */
export type CallClass = 'plan' | 'write' | 'review' | 'summarise';

interface RoleRow {
  readonly role: Role;
  readonly summary: string;
  readonly call: CallClass;
  /** Other spellings, as public rule sets have them. */
  readonly aliases: readonly string[];
}

export const roleRows: readonly RoleRow[] = [
  { role: 'planner', summary: 'plans a change', call: 'plan', aliases: ['planning', 'architect'] },
  {
    role: 'implementer',
    summary: 'writes code',
    call: 'write',
    aliases: ['codegen', 'code_generation', 'coder'],
  },
  { role: 'tester', summary: 'writes tests', call: 'write', aliases: ['testing', 'test_generation'] },
  {
    role: 'fixer',
    summary: 'mends failing tests and problems',
    call: 'write',
    aliases: ['debugging', 'debugger'],
  },
  {
    role: 'reviewer',
    summary: 'reviews, and judges answers',
    call: 'review',
    aliases: ['review', 'code_review'],
  },
  { role: 'documenter', summary: 'writes documentation', call: 'write', aliases: ['documentation', 'docs'] },
  {
    role: 'summarizer',
    summary: 'makes long texts short',
    call: 'summarise',
    aliases: ['summariser', 'summary'],
  },
  { role: 'web-tester', summary: 'tries web pages', call: 'plan', aliases: ['web_agent', 'web_tester'] },
];

export const callClasses: readonly CallClass[] = ['plan', 'write', 'review', 'summarise'];

/** The roles and all their other spellings. */
export const roleNames: readonly string[] = roleRows.flatMap(({ role, aliases }) => [role, ...aliases]);

const rolesByName: ReadonlyMap<string, Role> = new Map(
  roleRows.flatMap(({ role, aliases }) => [role, ...aliases].map((name) => [plainName(name), role] as const)),
);

/** The role of a name or of another spelling of it, whatever its case and its hyphens; undefined: none. */
export function resolveRole(name: string): Role | undefined {
  return rolesByName.get(plainName(name));
}

export function callClassOf(role: Role): CallClass {
  return roleRows.find((row) => row.role === role)?.call ?? 'write';
}

const rolesByAction: Readonly<Record<string, Role>> = {
  generate: 'implementer',
  generate_tests: 'tester',
  fix: 'fixer',
  refactor: 'implementer',
  document: 'documenter',
  review: 'reviewer',
  plan: 'planner',
  workflow: 'planner',
};

/** Who does the work of an action whose rule names nobody. */
export function roleOfAction(type: string): Role {
  return rolesByAction[type] ?? 'implementer';
}

function plainName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/[\s_]/g, '-');
}
