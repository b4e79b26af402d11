import type { DeclaredTest } from './testDisplay.ts';
import type { TestCase } from './tests.ts';

/** What runners put into a title while they run: `%s`, `$name`, `${name}`. */
const placeholder = /%(?:[sdifjo#%])|\$\{[^}]*\}|\$[A-Za-z_][\w.]*/gu;

/** Whether a title is made while the test runs, so that it cannot be run by its name. */
export function isTitleMade(title: string): boolean {
  return title.search(placeholder) >= 0;
}

/** Whether a result is one of a declared test, or of one of its cases: `adds[1]`, `adds#2`, or `adds 1` of `adds %d`. */
export function isCaseOf(declared: DeclaredTest, test: Pick<TestCase, 'id' | 'name' | 'suites'>): boolean {
  if (test.id === declared.id) return true;
  if (test.id.startsWith(declared.id) && /^(?:\[.*\])?(?:#\d+)?$/su.test(test.id.slice(declared.id.length)))
    return true;
  const titles = [...declared.suites, declared.name];
  const names = [...test.suites, test.name];
  return (
    titles.length === names.length &&
    titles.some(isTitleMade) &&
    titles.every((title, at) => fits(title, names[at] ?? ''))
  );
}

function fits(title: string, name: string): boolean {
  if (!isTitleMade(title)) return title === name;
  const parts = title
    .split(placeholder)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^]*?')}$`, 'u').test(name);
}
