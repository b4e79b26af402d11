import type { CompiledGlob } from '../rules/globs/compileGlob.ts';

/** Whose rights a policy speaks of; a local file cannot tell people apart. */
export const policyRoles = ['rules', 'models', 'people'] as const;

/**
 * `rules`: what a rule does by itself. `models`: what runs of what a model wrote, before a person has accepted it. `people`: what
 * a person does by hand, in an editor or on a command line.
 */
export type PolicyRole = (typeof policyRoles)[number];

/** What is missing is not restricted by this file. `line`: from 1. */
export interface RolePolicy {
  /** Beginnings of commands, word by word. */
  readonly commands?: { readonly beginnings: readonly (readonly string[])[]; readonly line: number };
  /** `texts`: the globs as they are written. */
  readonly write?: {
    readonly globs: readonly CompiledGlob[];
    readonly texts: readonly string[];
    readonly line: number;
  };
  /** As `provider/model`; a `*` at the end stands for the rest. */
  readonly ask?: { readonly models: readonly string[]; readonly line: number };
  /** Domains that the sandbox may let a command reach, each as the setting writes it. */
  readonly network?: { readonly domains: readonly string[]; readonly line: number };
  readonly tests?: PolicySwitch;
  readonly unconfined?: PolicySwitch;
  readonly unproven?: PolicySwitch;
  readonly approve?: PolicySwitch;
  readonly spend?: PolicySpending;
}

/** The units of `codegenLab.limits`, each with the line that says it. */
export interface PolicySpending {
  /** In US dollars. */
  readonly usdPerRun?: PolicyAmount;
  /** In US dollars; of a day (UTC), over all folders and windows of the user. */
  readonly usdPerDay?: PolicyAmount;
  readonly tokensPerRun?: PolicyAmount;
}

export interface PolicyAmount {
  readonly most: number;
  readonly line: number;
}

export interface PolicySwitch {
  readonly allowed: boolean;
  readonly line: number;
}

export interface Policy {
  /** For people. */
  readonly file: string;
  readonly roles: Readonly<Partial<Record<PolicyRole, RolePolicy>>>;
  /** Of single rules, and of what models wrote for them, beside what their role says. */
  readonly rules: readonly RulePolicy[];
}

export interface RulePolicy {
  /** A rule's name; a `*` at the end stands for the rest. */
  readonly name: string;
  readonly policy: RolePolicy;
}

/** What of a policy is against a right. */
export interface Broken {
  /** From 1. */
  readonly line: number;
  /** Goes on after "does not let rules". */
  readonly what: string;
}
