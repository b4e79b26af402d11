import type { ProposedFile, RunEvent } from '../../protocol/runEvents.ts';
import type { Digest } from '../ports/digest.ts';
import type { FileEvent } from '../triggers/fileEvent.ts';
import type { SelfWritten } from './runScope.ts';

interface KnownRun {
  readonly rule: string;
  readonly origin: FileEvent['origin'];
  readonly depth: number;
  /** The run whose landing this one began with. */
  readonly causedBy: string | undefined;
  /** Digests of what it changed. */
  diffs: readonly string[];
  /** Digests of what went wrong in it. */
  errors: readonly string[];
}

export type Landed =
  | { readonly kind: 'raised'; readonly events: readonly FileEvent[] }
  /** Nothing is raised; `message` is a sentence that names the rules. */
  | { readonly kind: 'loop'; readonly message: string };

const keptRuns = 500;

/** Which runs caused one another, so that rules that answer one another come to an end. */
export class CauseChains {
  readonly #digest: Digest;
  readonly #runs = new Map<string, KnownRun>();

  constructor(digest: Digest) {
    this.#digest = digest;
  }

  note(event: RunEvent): void {
    const known = this.#runs.get(event.run);
    const error = known && errorOf(event);
    if (known && error !== undefined) known.errors = [...known.errors, this.#digest(error)];
    if (event.type !== 'run.started') return;
    const { origin, depth, causedBy } = event.cause;
    this.#runs.set(event.run, { rule: event.rule, origin, depth, causedBy, diffs: [], errors: [] });
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > keptRuns && oldest !== undefined) this.#runs.delete(oldest);
  }

  /** What the landing of a run means to rules: each file was accepted, one run deeper than the run itself. */
  land(root: string, run: string, files: readonly ProposedFile[]): Landed {
    const known = this.#runs.get(run);
    if (!known) return { kind: 'raised', events: [] };
    const earlier = this.#chain(run);
    const rules = earlier.map(({ rule }) => rule);
    known.diffs = files.map(({ path, before, after }) =>
      this.#digest(JSON.stringify([path, before ?? null, after ?? null])),
    );
    const done = new Set(earlier.slice(0, -1).flatMap(({ diffs }) => diffs));
    if (known.diffs.some((diff) => done.has(diff))) {
      const message = `The rules ${rules.join(' → ')} made the same change twice, so nothing more fires on it. Let one of them leave the other's files alone.`;
      return { kind: 'loop', message };
    }
    const failing = sameErrorTwice(earlier);
    if (failing !== undefined) return failing;
    const { origin, depth } = known;
    const events = files.flatMap(({ path, before, after }): FileEvent[] => {
      if (after === undefined) return [];
      const base = { root, path, name: 'accepted', origin, depth: depth + 1, text: after } as const;
      return [{ ...base, ...(before === undefined ? {} : { before }), causedBy: { run, rules } }];
    });
    return { kind: 'raised', events };
  }

  /** What a command of a run changed in the user's tree, one run deeper than the run itself. */
  write(root: string, run: string, files: readonly SelfWritten[]): Landed {
    const known = this.#runs.get(run);
    if (!known) return { kind: 'raised', events: [] };
    const earlier = this.#chain(run);
    const rules = earlier.map(({ rule }) => rule);
    const diffs = files.map(({ path, change, text }) =>
      this.#digest(JSON.stringify([path, change, text ?? null])),
    );
    const done = new Set(earlier.flatMap((each) => each.diffs));
    known.diffs = [...known.diffs, ...diffs];
    if (diffs.some((diff) => done.has(diff)))
      return {
        kind: 'loop',
        message: `The rules ${rules.join(' → ')} wrote the same twice, so nothing more fires on it. Let one of them leave the other's files alone.`,
      };
    const failing = sameErrorTwice(earlier);
    if (failing !== undefined) return failing;
    const events = files.map(({ path, change, text }): FileEvent => {
      const base = { root, path, name: change, origin: 'self', depth: known.depth + 1 } as const;
      return { ...base, ...(text === undefined ? {} : { text }), causedBy: { run, rules } };
    });
    return { kind: 'raised', events };
  }

  /** The runs that led to this one, the first first, itself last. */
  #chain(run: string): readonly KnownRun[] {
    const chain: KnownRun[] = [];
    for (let at = this.#runs.get(run); at && !chain.includes(at); at = this.#runs.get(at.causedBy ?? ''))
      chain.unshift(at);
    return chain;
  }
}

/** What went wrong in a run, so that the same is known again; undefined: the event tells of nothing wrong. */
function errorOf(event: RunEvent): string | undefined {
  if (event.type === 'run.finished')
    return event.outcome === 'failed' ? JSON.stringify([event.code, event.message]) : undefined;
  if (event.type === 'action.finished')
    return event.result === 'failed' ? JSON.stringify([event.code, event.message]) : undefined;
  if (event.type !== 'test.finished' || event.phase !== 'inPlace') return undefined;
  const tests = event.outcome.kind === 'finished' ? event.outcome.tests : [];
  const red = tests.flatMap(({ id, failure }) => (failure ? [[id, failure.message]] : []));
  return red.length === 0 ? undefined : JSON.stringify(red);
}

/** Two runs of a chain that came to the same error come to it again. */
function sameErrorTwice(chain: readonly KnownRun[]): Landed | undefined {
  const seen = new Set<string>();
  for (const { errors } of chain) {
    if (errors.some((error) => seen.has(error))) {
      const rules = chain.map(({ rule }) => rule).join(' → ');
      return {
        kind: 'loop',
        message: `The rules ${rules} came to the same error twice, so nothing more fires on it. Mend the error, or let one of them leave the other's files alone.`,
      };
    }
    for (const error of errors) seen.add(error);
  }
  return undefined;
}
