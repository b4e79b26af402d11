import type { TestSelection } from './selectTests.ts';

const maxNamed = 3;

/** `tests/test_a.py imports a.py. 4 more test files can be affected. 12 are left.` */
export function describeSelection({ chosen, left, notes }: TestSelection): string {
  const named = chosen.slice(0, maxNamed).map(({ path, why }) => `${path} ${why}.`);
  const more = chosen.length - named.length;
  return [
    ...(chosen.length === 0 ? ['No test is known to be affected.'] : named),
    ...(more > 0 ? [`${countFiles(more, 'more ')} can be affected.`] : []),
    left.length === 0
      ? 'No test is left.'
      : `${countFiles(left.length)} ${left.length === 1 ? 'is' : 'are'} left.`,
    ...notes,
  ].join(' ');
}

function countFiles(count: number, more = ''): string {
  return `${count} ${more}test file${count === 1 ? '' : 's'}`;
}
