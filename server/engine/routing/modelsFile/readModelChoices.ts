import type { Span } from '../../documents/span.ts';
import type { YamlEntry, YamlValue } from '../../rules/reading/yamlValue.ts';
import { nearestWord } from '../../rules/vocabulary/nearestWord.ts';
import {
  noChoices,
  parseCandidate,
  strategies,
  type BudgetLimits,
  type CallParameters,
  type Candidate,
  type ModelChoices,
  type RateLimits,
  type RoleChoice,
} from '../modelChoices.ts';
import {
  callClasses,
  resolveRole,
  roleRows,
  type CallClass,
  type Role,
} from '../../rules/vocabulary/modelRoles.ts';
import type { MapShape, NumberShape, RecordShape, Shape } from '../../rules/forms/shape.ts';
import { modelsShape } from './shape.ts';

export interface ModelsProblem {
  /** Stable, such as `models.unknown-key`. */
  readonly code: ModelsProblemCode;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly span: Span;
  /** Keys from the top to where it stands. */
  readonly path: readonly string[];
}

export type ModelsProblemCode =
  | 'models.bad-yaml'
  | 'models.unknown-key'
  | 'models.repeated-key'
  | 'models.wrong-type'
  | 'models.unknown-value'
  | 'models.no-model'
  | 'models.not-set-up'
  | 'models.no-effect';

/** A model that a role names, and where. */
export interface NamedCandidate extends Candidate {
  readonly role: Role;
  readonly span: Span;
}

export interface ChoicesReading {
  /** Whatever could be understood. */
  readonly choices: ModelChoices;
  readonly problems: readonly ModelsProblem[];
  readonly named: readonly NamedCandidate[];
  /** Where numbers stand, by their path joined with dots. */
  readonly spans: ReadonlyMap<string, Span>;
}

/** Reads who answers for which role, parameters and limits. Total: what is wrong is left out and told. */
export function readModelChoices(value: YamlValue | undefined): ChoicesReading {
  if (value === undefined) return { choices: noChoices, problems: [], named: [], spans: new Map() };
  const reader = new Reader();
  const top = reader.map(value, modelsShape, []);
  return {
    choices: {
      roles: reader.roles(top.get('roles')),
      calls: reader.calls(top.get('calls')),
      limits: {
        ...reader.limits(top.get('limits')),
      },
    },
    problems: reader.problems,
    named: reader.named,
    spans: reader.spans,
  };
}

interface Placed {
  readonly value: YamlValue;
  readonly keySpan: Span;
  readonly path: readonly string[];
}

type Entries = ReadonlyMap<string, Placed>;

const recordOf = (...path: readonly string[]): RecordShape => {
  const shape = shapeAt(path);
  if (shape?.kind !== 'record') throw new TypeError(`${path.join('.')} is no record of the models file.`);
  return shape;
};

function shapeAt(path: readonly string[]): Shape | undefined {
  let shape: Shape | undefined = modelsShape;
  for (const key of path) shape = shape?.kind === 'map' ? shape.keys[key] : undefined;
  return shape;
}

class Reader {
  readonly problems: ModelsProblem[] = [];
  readonly named: NamedCandidate[] = [];
  readonly spans = new Map<string, Span>();

  /** The entries of a map that its shape knows. */
  map(value: YamlValue, shape: MapShape, path: readonly string[]): Entries {
    const entries = new Map<string, Placed>();
    for (const entry of this.#entries(value, path)) {
      if (Object.hasOwn(shape.keys, entry.key)) this.#keep(entries, entry.key, entry, path);
      else this.#unknownKey(entry, Object.keys(shape.keys), path);
    }
    return entries;
  }

  roles(placed: Placed | undefined): ReadonlyMap<Role, RoleChoice> {
    const roles = new Map<Role, RoleChoice>();
    const names = roleRows.map(({ role }) => role);
    for (const [role, each] of this.#record(placed, resolveRole, names)) {
      const entries = this.map(each.value, recordOf('roles').of, each.path);
      const strategy = this.#word(entries.get('strategy'), strategies);
      roles.set(role, {
        use: this.#candidates(role, entries.get('use')),
        ...(strategy === undefined ? {} : { strategy }),
        ...this.#parameters(entries),
      });
    }
    return roles;
  }

  calls(placed: Placed | undefined): ReadonlyMap<CallClass, CallParameters> {
    const calls = new Map<CallClass, CallParameters>();
    const resolve = (name: string): CallClass | undefined => callClasses.find((known) => known === name);
    for (const [name, each] of this.#record(placed, resolve, callClasses))
      calls.set(name, this.#parameters(this.map(each.value, recordOf('calls').of, each.path)));
    return calls;
  }

  limits(placed: Placed | undefined): ModelChoices['limits'] {
    const shape = shapeAt(['limits']);
    if (placed === undefined || shape?.kind !== 'map') return noChoices.limits;
    const entries = this.map(placed.value, shape, placed.path);
    const budgets: BudgetLimits = {
      usd: this.#amounts(entries.get('usd')),
      tokens: this.#amounts(entries.get('tokens')),
      seconds: this.#amounts(entries.get('seconds')),
    };
    const providers = new Map<string, RateLimits>();
    const resolve = (name: string): string | undefined =>
      /^[a-z][a-z0-9_-]*$/.test(name) ? name : undefined;
    for (const [id, each] of this.#record(entries.get('providers'), resolve, []))
      providers.set(id, this.#rates(this.map(each.value, recordOf('limits', 'providers').of, each.path)));
    return { budgets, providers, ...this.#rates(entries) };
  }

  #amounts(placed: Placed | undefined): BudgetLimits['usd'] {
    const shape = placed && shapeAt(placed.path);
    if (placed === undefined || shape?.kind !== 'map') return {};
    const entries = this.map(placed.value, shape, placed.path);
    return this.#numbers(entries, shape, { call: 'call', run: 'run', day: 'day', workspace: 'workspace' });
  }

  #rates(entries: Entries): RateLimits {
    const shape = recordOf('limits', 'providers').of;
    return this.#numbers(entries, shape, {
      concurrency: 'concurrency',
      requestsPerMinute: 'requests_per_minute',
      tokensPerMinute: 'tokens_per_minute',
    });
  }

  #parameters(entries: Entries): CallParameters {
    const names = { temperature: 'temperature', maxTokens: 'max_tokens', timeout: 'timeout' };
    return this.#numbers(entries, recordOf('calls').of, names);
  }

  #numbers<Name extends string>(
    entries: Entries,
    { keys }: MapShape,
    names: Readonly<Record<Name, string>>,
  ): Partial<Record<Name, number>> {
    const numbers: Partial<Record<Name, number>> = {};
    for (const name in names) {
      const key = names[name];
      const shape = keys[key];
      const number = shape?.kind === 'number' ? this.#number(entries.get(key), shape) : undefined;
      if (number !== undefined) numbers[name] = number;
    }
    return numbers;
  }

  #number(placed: Placed | undefined, shape: NumberShape): number | undefined {
    if (placed === undefined) return undefined;
    const { value, path } = placed;
    const { min, max = Number.MAX_SAFE_INTEGER, whole } = shape;
    if (value.kind === 'scalar' && typeof value.value === 'number') {
      const number = value.value;
      if (number >= min && number <= max && (!whole || Number.isInteger(number))) {
        this.spans.set(path.join('.'), value.span);
        return number;
      }
    }
    const range = shape.max === undefined ? `of at least ${min}` : `from ${min} to ${shape.max}`;
    this.#wrong(placed, `\`${path.at(-1) ?? ''}\` must be a ${whole ? 'whole ' : ''}number ${range}.`);
    return undefined;
  }

  #word<Word extends string>(placed: Placed | undefined, words: readonly Word[]): Word | undefined {
    if (placed === undefined) return undefined;
    const text = textOf(placed.value);
    if (text === undefined) {
      this.#wrong(placed, `\`${placed.path.at(-1) ?? ''}\` must be one of ${words.join(', ')}.`);
      return undefined;
    }
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const message = `\`${text}\` is not known here; it can be ${words.join(', ')}.${didYouMean(text, words)}`;
    this.#tell({ code: 'models.unknown-value', message, span: placed.value.span, path: placed.path });
    return undefined;
  }

  #candidates(role: Role, placed: Placed | undefined): readonly Candidate[] {
    if (placed === undefined) return [];
    const { value, path } = placed;
    const items = value.kind === 'list' ? value.items : [value];
    const candidates: Candidate[] = [];
    for (const item of items) {
      const text = textOf(item);
      const candidate = text === undefined ? undefined : parseCandidate(text);
      if (candidate) {
        candidates.push(candidate);
        this.named.push({ ...candidate, role, span: item.span });
      } else if (text === undefined) {
        this.#wrong(
          { ...placed, value: item },
          '`use` must be a list of models such as `anthropic/claude-sonnet-5-5`.',
        );
      } else {
        const message = `\`${text}\` names no model. Write \`provider/model\`, such as \`ollama/qwen2.5-coder:14b\`.`;
        this.#tell({ code: 'models.no-model', message, span: item.span, path });
      }
    }
    return candidates;
  }

  /** The entries of a record under the names that they resolve to; the first of several spellings counts. */
  #record<Name extends string>(
    placed: Placed | undefined,
    resolve: (name: string) => Name | undefined,
    known: readonly string[],
  ): ReadonlyMap<Name, Placed> {
    const entries = new Map<Name, Placed>();
    if (placed === undefined) return entries;
    for (const entry of this.#entries(placed.value, placed.path)) {
      const name = resolve(entry.key);
      if (name === undefined) this.#unknownKey(entry, known, placed.path);
      else this.#keep(entries, name, entry, placed.path);
    }
    return entries;
  }

  #keep<Name extends string>(
    entries: Map<Name, Placed>,
    name: Name,
    entry: YamlEntry,
    path: readonly string[],
  ): void {
    const placed = { value: entry.value, keySpan: entry.keySpan, path: [...path, name] };
    if (!entries.has(name)) {
      entries.set(name, placed);
      return;
    }
    const message = `\`${entry.key}\` stands here twice under one meaning; the first counts. Remove one of them.`;
    this.#tell({ code: 'models.repeated-key', message, span: entry.keySpan, path: placed.path });
  }

  #entries(value: YamlValue, path: readonly string[]): readonly YamlEntry[] {
    if (value.kind === 'map') return value.entries;
    // A key whose value is not written yet.
    if (value.kind === 'scalar' && value.value === null) return [];
    const what = path.length === 0 ? 'This file' : `\`${path.at(-1) ?? ''}\``;
    const message = `${what} must hold keys, each with its value below it or in braces.`;
    this.#tell({ code: 'models.wrong-type', message, span: value.span, path });
    return [];
  }

  #unknownKey({ key, keySpan }: YamlEntry, known: readonly string[], path: readonly string[]): void {
    const list = known.length === 0 ? '' : ` Known are ${known.join(', ')}.`;
    const message = `\`${key}\` is no key that stands here.${didYouMean(key, known)}${list}`;
    this.#tell({ code: 'models.unknown-key', message, span: keySpan, path: [...path, key] });
  }

  #wrong({ value, keySpan, path }: Placed, message: string): void {
    const span = value.span.end > value.span.start ? value.span : keySpan;
    this.#tell({ code: 'models.wrong-type', message, span, path });
  }

  #tell(problem: Omit<ModelsProblem, 'severity'>): void {
    this.problems.push({ ...problem, severity: 'error' });
  }
}

function textOf(value: YamlValue): string | undefined {
  return value.kind === 'scalar' && value.value !== null ? value.text : undefined;
}

function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
}
