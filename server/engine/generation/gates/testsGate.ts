import { createLineMap } from '../../documents/lineMap.ts';
import { passed, refuse, type Gate, type GateDeps } from './gate.ts';
import { findWeakening, type ParsedText, type Weakening } from './weakening/findWeakening.ts';

const maxNamed = 5;
/** Of the languages whose tests are told from other code. */
const mayHoldTests = /\.(?:py|[cm]?[jt]sx?|go)$/i;

/** Tests that stand in the file prove as much as before. */
export const testsGate: Gate = {
  name: 'tests',
  async judge({ path, before, after }, { syntax, mayChangeTests = false }, signal) {
    if (mayChangeTests) return { outcome: 'notChecked', note: 'the rule lets tests be changed' };
    if (before === undefined || !mayHoldTests.test(path)) return passed();
    const old = await parse({ path, text: before }, syntax, signal);
    if (!('root' in old)) return notCompared(old.reason);
    const now = after === undefined ? undefined : await parse({ path, text: after }, syntax, signal);
    if (now !== undefined && !('root' in now)) return notCompared(now.reason);
    const found = findWeakening(old, now);
    if (found.length === 0) return passed();
    const named = found.slice(0, maxNamed).map((each) => describe(each, before, after ?? ''));
    const more = found.length > maxNamed ? `; and ${found.length - maxNamed} more` : '';
    return refuse(`${named.join('; ')}${more}; leave tests that are there as they are`);
  },
};

async function parse(
  file: { readonly path: string; readonly text: string },
  syntax: GateDeps['syntax'],
  signal: AbortSignal,
): Promise<ParsedText | { readonly reason: string }> {
  const parsed = await syntax.parse(file, signal);
  if (parsed.kind === 'none') return parsed;
  return { root: parsed.root, text: file.text, language: parsed.language };
}

function notCompared(reason: string): ReturnType<typeof passed> {
  return { outcome: 'notChecked', note: `tests not compared with those before: ${reason}` };
}

function describe({ place, message }: Weakening, before: string, after: string): string {
  const text = place.of === 'before' ? before : after;
  const line = createLineMap(text).positionAt(place.start).line + 1;
  return `line ${line}${place.of === 'before' ? ' of the file before' : ''}: ${message}`;
}
