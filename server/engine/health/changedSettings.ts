import type { EditorSettings } from '../../protocol/requests.ts';
import { unsetSettings } from '../settings.ts';

/** Settings whose texts are words of ours or names of rules, providers, models and runners. */
const shown =
  /^(?:ai\.(?:provider|model|answerForm|secretsInPrompts|enabled)|approval|trace|replay\.mode|models\.(?:cache\.mode|unknownPrice|providers)|rules\.(?:builtin|dialects|eventsOff)|rules\.problems\..*|tests\.runner\..*)$/u;
/** Of these the host alone is shown: a path or a query may hold a key. */
const addresses = /^(?:ai\.baseUrl|ai\.baseUrls\..*|proxy)$/u;
/** Their names are folders of the user, or arguments of programs that print keys. */
const opaque = /^(?:rules\.byFolder|ai\.keyCommands|models\.(?:roles|calls|limits|prices))$/u;

/**
 * Settings that are not as by default, as `name: value`, sorted. A text is shown where it cannot be a key, a path or a
 * text of the user; of others it is only said that they are set.
 */
export function describeChangedSettings(settings: EditorSettings): readonly string[] {
  const before = new Map(flatten('', unsetSettings));
  return [...flatten('', settings)]
    .filter(([name, value]) => before.get(name) !== value)
    .map(([name, value]) => `${name}: ${value}`)
    .toSorted();
}

function flatten(name: string, value: unknown): readonly (readonly [string, string])[] {
  if (value === undefined) return [];
  if (opaque.test(name)) return isEmpty(value) ? [] : [[name, '(set)']];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return [[name, items.length === 0 ? '(none)' : items.map((item) => render(name, item)).join(', ')]];
  }
  if (typeof value !== 'object' || value === null) return [[name, render(name, value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(name === '' ? key : `${name}.${key}`, inner),
  );
}

function render(name: string, value: unknown): string {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '(set)';
  if (value === '') return '(empty)';
  if (addresses.test(name)) return hostOf(value);
  return shown.test(name) ? value : '(set)';
}

function hostOf(address: string): string {
  const [, protocol, host] = /^(https?):\/\/(?:[^/?#]*@)?([^/?#@]+)/iu.exec(address) ?? [];
  return protocol === undefined || host === undefined ? '(set)' : `${protocol}://${host}`;
}

function isEmpty(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
