import { createLineMap } from '../documents/lineMap.ts';
import type { Span } from '../documents/span.ts';
import { compileGlob } from '../rules/globs/compileGlob.ts';
import { readWholeYaml } from '../rules/forms/readWholeYaml.ts';
import type { YamlEntry, YamlValue } from '../rules/reading/yamlValue.ts';
import { nearestWord } from '../rules/vocabulary/nearestWord.ts';
import {
  policyRoles,
  type Policy,
  type PolicyRole,
  type PolicySpending,
  type RolePolicy,
  type RulePolicy,
} from './policy.ts';

/** Where a team says it, relative to the workspace folder. */
export const policyPath = '.codegen-lab/policy.yaml';

export interface PolicyProblem {
  readonly message: string;
  /** UTF-16 offsets in the text. */
  readonly span: Span;
}

const keys = [
  'commands',
  'write',
  'ask',
  'network',
  'tests',
  'unconfined',
  'unproven',
  'approve',
  'spend',
] as const;
const spendingKeys = ['usdPerRun', 'usdPerDay', 'tokensPerRun'] as const;

/** Reads a policy whole, or says what is wrong: half of one would allow what the other half forbids. Total. */
export function readPolicy(
  file: string,
  text: string,
): { readonly policy: Policy } | { readonly problems: readonly [PolicyProblem, ...PolicyProblem[]] } {
  const { value, faults } = readWholeYaml(text);
  const reader = new Reader(text);
  for (const { message, span } of faults) reader.problems.push({ message: `The YAML ${message}.`, span });
  const read = value === undefined ? { roles: {}, rules: [] } : reader.whole(value);
  const [first, ...others] = reader.problems;
  return first === undefined ? { policy: { file, ...read } } : { problems: [first, ...others] };
}

type Draft = { -readonly [Key in keyof RolePolicy]: RolePolicy[Key] };

class Reader {
  readonly problems: PolicyProblem[] = [];
  readonly #lineOf: (span: Span) => number;

  constructor(text: string) {
    const lines = createLineMap(text);
    this.#lineOf = ({ start }) => lines.positionAt(start).line + 1;
  }

  whole(value: YamlValue): Pick<Policy, 'roles' | 'rules'> {
    const roles: Partial<Record<PolicyRole, RolePolicy>> = {};
    const rules: RulePolicy[] = [];
    for (const { key, value: top } of this.#entries(value, ['roles', 'rules'])) {
      if (key === 'rules') rules.push(...this.#rules(top));
      else
        for (const entry of this.#entries(top, policyRoles)) {
          const role = policyRoles.find((each) => each === entry.key);
          if (role !== undefined) roles[role] = this.#role(entry.value);
        }
    }
    return { roles, rules };
  }

  #rules(value: YamlValue): readonly RulePolicy[] {
    if (value.kind === 'scalar' && value.value === null) return [];
    if (value.kind !== 'map') {
      this.#say('This must hold names of rules.', value.span);
      return [];
    }
    const seen = new Set<string>();
    return value.entries.map(({ key, keySpan, value: each }) => {
      if (seen.has(key)) this.#say(`\`${key}\` is here twice.`, keySpan);
      if (key.slice(0, -1).includes('*'))
        this.#say(`The name \`${key}\` may have a \`*\` at its end only.`, keySpan);
      seen.add(key);
      return { name: key, policy: this.#role(each) };
    });
  }

  #role(value: YamlValue): RolePolicy {
    const role: Draft = {};
    for (const { key, keySpan, value: each } of this.#entries(value, keys)) {
      const line = this.#lineOf(keySpan);
      switch (keys.find((known) => known === key)) {
        case 'commands':
          role.commands = { line, beginnings: this.#texts(each).map(({ text }) => text.split(/\s+/u)) };
          break;
        case 'write': {
          const texts = this.#texts(each);
          const globs = texts.flatMap((glob) => this.#glob(glob));
          role.write = { line, globs, texts: texts.map(({ text }) => text) };
          break;
        }
        case 'ask':
          role.ask = { line, models: this.#texts(each).map(({ text }) => text) };
          break;
        case 'network':
          role.network = { line, domains: this.#texts(each).map(({ text }) => text) };
          break;
        case 'tests':
        case 'unconfined':
        case 'unproven':
        case 'approve':
          Object.assign(role, { [key]: { line, allowed: this.#switch(each) } });
          break;
        case 'spend':
          role.spend = this.#spending(each);
          break;
        case undefined:
          break;
      }
    }
    return role;
  }

  #spending(value: YamlValue): PolicySpending {
    const amounts = this.#entries(value, spendingKeys).map(({ key, keySpan, value: each }) => {
      const most = each.kind === 'scalar' ? each.value : undefined;
      const isAmount = typeof most === 'number' && Number.isFinite(most) && most >= 0;
      if (!isAmount) this.#say('This must be a number, 0 or more.', each.span);
      return [key, { most: isAmount ? most : 0, line: this.#lineOf(keySpan) }] as const;
    });
    return Object.fromEntries(amounts);
  }

  #entries(value: YamlValue, known: readonly string[]): readonly YamlEntry[] {
    // A key with nothing below it says nothing.
    if (value.kind === 'scalar' && value.value === null) return [];
    if (value.kind !== 'map') {
      this.#say(`This must hold keys: ${known.join(', ')}.`, value.span);
      return [];
    }
    const seen = new Set<string>();
    for (const { key, keySpan } of value.entries) {
      const near = nearestWord(key, known);
      if (!known.includes(key))
        this.#say(
          `\`${key}\` is not known here.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
          keySpan,
        );
      else if (seen.has(key)) this.#say(`\`${key}\` is here twice.`, keySpan);
      seen.add(key);
    }
    return value.entries.filter(({ key }) => known.includes(key));
  }

  #texts(value: YamlValue): readonly { readonly text: string; readonly span: Span }[] {
    if (value.kind !== 'list') {
      this.#say('This must be a list; an empty one, `[]`, allows nothing.', value.span);
      return [];
    }
    return value.items.flatMap((item) => {
      if (item.kind === 'scalar' && item.text.trim() !== '')
        return [{ text: item.text.trim(), span: item.span }];
      this.#say('This must be a text.', item.span);
      return [];
    });
  }

  #glob({ text, span }: { readonly text: string; readonly span: Span }) {
    const read = compileGlob(text);
    if (read.kind === 'compiled' && !read.glob.negated) return [read.glob];
    const fault = read.kind === 'refused' ? read.fault : 'excludes; list what may be written';
    this.#say(`The glob \`${text}\` ${fault}.`, span);
    return [];
  }

  #switch(value: YamlValue): boolean {
    if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
    this.#say('This must be true or false.', value.span);
    return false;
  }

  #say(message: string, span: Span): void {
    this.problems.push({ message, span });
  }
}
