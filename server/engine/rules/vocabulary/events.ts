import type { EventName } from '../rule.ts';

/** Every event, with the other names that public rules use for it. The canonical name comes first. */
const spellings: Readonly<Record<EventName, readonly string[]>> = {
  save: ['file_save', 'file_edit', 'file_update', 'file_modified', 'file_change', 'file_modification'],
  create: ['file_create'],
  delete: ['file_delete'],
  rename: ['file_rename'],
  open: ['file_open'],
  change: [],
  commit: ['pre_commit'],
  'test-fail': ['test_fail'],
  'test-pass': ['test_pass'],
  problems: [],
  'model-write': ['model_write', 'ai_code_generation'],
  accepted: [],
  manual: [],
};

export const eventNames: readonly EventName[] = Object.keys(spellings) as EventName[];

const eventBySpelling = new Map<string, EventName>(
  eventNames.flatMap((name) => spellingsOf(name).map((spelling) => [spelling, name] as const)),
);

export function resolveEvent(word: string): EventName | undefined {
  return eventBySpelling.get(word.toLowerCase());
}

function spellingsOf(name: EventName): readonly string[] {
  return [name, ...spellings[name]];
}

/** All words that name an event. */
export const eventWords: readonly string[] = [...eventBySpelling.keys()];

/** What an `event` filter's pattern names. */
export interface EventPattern {
  readonly events: readonly EventName[];
  /** Alternatives that are plain words and name no event. */
  readonly unknown: readonly string[];
}

/** Reads `file_create|file_edit`, `(save)`, `^save$`, or a pattern that whole event names match. */
export function parseEventPattern(pattern: string): EventPattern {
  const words = pattern
    .replace(/^\^?\(?(?:\?:)?/, '')
    .replace(/\)?\$?$/, '')
    .split('|')
    .map((word) => word.trim());
  if (words.every((word) => /^[\w-]+$/.test(word))) return resolveWords(words);
  const matcher = compileWhole(pattern);
  const matches = (name: EventName): boolean =>
    spellingsOf(name).some((each) => matcher?.test(each) === true);
  return { events: eventNames.filter(matches), unknown: [] };
}

function resolveWords(words: readonly string[]): EventPattern {
  const events = words.map(resolveEvent).filter((event) => event !== undefined);
  return { events: [...new Set(events)], unknown: words.filter((word) => resolveEvent(word) === undefined) };
}

/** Event names are short, so even the worst pattern ends at once unless it nests repetitions: those are not read. */
function compileWhole(pattern: string): RegExp | undefined {
  if (pattern.length > 200 || /[*+}]\)?[*+{]/.test(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    // It names no event then, and the pattern's own check tells its author why.
    return undefined;
  }
}
