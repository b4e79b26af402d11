import type { GrammarLanguage, SyntaxNode } from '../../../ports/syntax.ts';
import { goTests } from './goTests.ts';
import { pythonTests } from './pythonTests.ts';
import { scriptTests } from './scriptTests.ts';
import { readTests, type Assertion, type Marker, type TestCase, type TestLanguage } from './testCase.ts';

export interface ParsedText {
  readonly root: SyntaxNode;
  readonly text: string;
  readonly language: GrammarLanguage;
}

/** A test that proves less than it did. */
export interface Weakening {
  /** Where: an offset of the text after the edit, or before it for what is gone. */
  readonly place: { readonly of: 'before' | 'after'; readonly start: number };
  readonly message: string;
}

const languages: Partial<Readonly<Record<GrammarLanguage, TestLanguage>>> = {
  python: pythonTests,
  javascript: scriptTests,
  typescript: scriptTests,
  tsx: scriptTests,
  go: goTests,
};

/**
 * What an edit takes from the tests of a file: tests that are gone, that are kept from being run, that say less or
 * something else, or that replace what they test. Tests may be added, moved, renamed and reformatted, and assert more.
 */
export function findWeakening(before: ParsedText, after: ParsedText | undefined): readonly Weakening[] {
  const language = languages[before.language];
  if (language === undefined) return [];
  const old = number(readTests(before.root, before.text, language));
  const now = number(after === undefined ? [] : readTests(after.root, after.text, language));
  const found: Weakening[] = [];
  const renamed = new Map([...now].filter(([key]) => !old.has(key)));
  for (const [key, test] of old) {
    const same = now.get(key) ?? takeRenamed(test, renamed);
    if (same === undefined) found.push(gone(test));
    else found.push(...compare(test, same));
  }
  for (const test of renamed.values())
    found.push(...test.markers.filter(isFocus).map((marker) => marked(test, marker)));
  // A marker of a group is one of each of its tests.
  return [...new Map(found.map((each) => [`${each.place.of}${each.place.start}`, each])).values()];
}

/** By name, and by how often the name was there before. */
function number(tests: readonly TestCase[]): ReadonlyMap<string, TestCase> {
  const counts = new Map<string, number>();
  return new Map(
    tests.map((test) => {
      const count = counts.get(test.name) ?? 0;
      counts.set(test.name, count + 1);
      return [`${test.name}\n${count}`, test];
    }),
  );
}

/** A new test that asserts all that the old one did is the old one by another name. */
function takeRenamed(test: TestCase, others: Map<string, TestCase>): TestCase | undefined {
  for (const [key, other] of others) {
    if (missing(test.assertions, other.assertions).length > 0) continue;
    others.delete(key);
    return other;
  }
  return undefined;
}

function compare(old: TestCase, now: TestCase): readonly Weakening[] {
  const added = now.markers.filter(({ word }, index) => {
    const known = old.markers.filter((marker) => marker.word === word).length;
    const sofar = now.markers.slice(0, index).filter((marker) => marker.word === word).length;
    return sofar >= known;
  });
  const unknown = missing(now.assertions, old.assertions);
  const lost = missing(old.assertions, now.assertions).map((assertion, index): Weakening => {
    const instead = unknown[index];
    // Where the words are the same, the condition before them is another one.
    const isSame = instead?.text === assertion.text;
    const said = isSame ? assertion.form : assertion.text;
    const says = instead === undefined ? '' : ` but \`${isSame ? instead.form : instead.text}\``;
    return {
      place: { of: 'after', start: instead?.start ?? now.start },
      message: `the test "${now.name}" no longer asserts \`${said}\`${says}`,
    };
  });
  return [...added.map((marker) => marked(now, marker)), ...lost];
}

/** Those of the first list that the second one has not, or has less often. */
function missing(wanted: readonly Assertion[], given: readonly Assertion[]): readonly Assertion[] {
  const left = given.map(({ form }) => form);
  return wanted.filter(({ form }) => {
    const at = left.indexOf(form);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isFocus({ word }: Marker): boolean {
  return word === 'only';
}

function gone({ name, start }: TestCase): Weakening {
  return { place: { of: 'before', start }, message: `the test "${name}" is gone` };
}

function marked({ name }: TestCase, { start, word }: Marker): Weakening {
  const place = { of: 'after' as const, start };
  if (word === 'only') return { place, message: `\`only\` keeps all tests but "${name}" from being run` };
  if (word === 'return') return { place, message: `the test "${name}" may return before it asserts` };
  if (/patch|mock|module/i.test(word))
    return { place, message: `\`${word}\` replaces what the test "${name}" tests` };
  return { place, message: `\`${word}\` keeps the test "${name}" from being run, or from failing` };
}
