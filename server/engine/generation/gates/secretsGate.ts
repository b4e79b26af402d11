import { keyShapes } from '../../safety/keyShapes.ts';
import { placeholderPattern } from '../../safety/maskPrompt.ts';
import { passed, refuse, type Gate } from './gate.ts';

/** Brings no key into the file, and no placeholder of one that was not sent: those that are whole were put back before. */
export const secretsGate: Gate = {
  name: 'secrets',
  judge({ before = '', after }) {
    if (after === undefined || !(holdsKey(after) || placeholderPattern.test(after))) return passed();
    const known = new Set(splitLines(before).map((line) => line.trim()));
    const fresh = splitLines(after).map((text) => (known.has(text.trim()) ? '' : text));
    const key = fresh.findIndex((text) => bringsKey(text, before));
    if (key >= 0)
      return refuse(`line ${key + 1} holds what looks like a key; read it from the environment instead`);
    const placeholder = fresh.findIndex((text) => placeholderPattern.test(text));
    if (placeholder < 0) return passed();
    return refuse(
      `line ${placeholder + 1} holds a changed placeholder of a secret; write each MASKED_… exactly as it stands in the file`,
    );
  },
};

function holdsKey(text: string): boolean {
  return keyShapes.some(({ pattern }) => text.search(pattern) >= 0);
}

/** A line may change around a key that the file has already. */
function bringsKey(line: string, before: string): boolean {
  return keyShapes.some(({ pattern }) => (line.match(pattern) ?? []).some((key) => !before.includes(key)));
}

function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}
