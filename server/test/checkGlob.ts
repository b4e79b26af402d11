import picomatch from 'picomatch';
import { compileGlob, matchGlob, splitPath } from '../engine/rules/globs/compileGlob.ts';
import { createGlobIndex } from '../engine/rules/globs/globIndex.ts';
import type { GlobCase } from './randomGlobs.ts';

/** Picomatch where it means the same: dot files are seen, `!` at the start is for the list, `[!a]` is `[^a]`. */
const oracleOptions = { dot: true, noextglob: true, nonegate: true, posix: true } as const;

/** A path on which picomatch, our matcher and our index do not agree, in words; undefined when there is none. */
export function findDifference({ glob, paths }: GlobCase): string | undefined {
  const compiled = compileGlob(glob);
  if (compiled.kind === 'refused') return `${glob} ${compiled.fault}`;
  const oracle = picomatch(glob, oracleOptions);
  const index = createGlobIndex();
  index.add({ id: 'glob', globs: [glob], scope: '' });
  for (const path of paths) {
    const expected = oracle(path);
    const alone = matchGlob(compiled.glob, splitPath(path));
    const indexed = index.match(path).length === 1;
    if (alone !== expected || indexed !== expected)
      return `${glob} on ${path}: picomatch ${expected}, alone ${alone}, in the index ${indexed}`;
  }
  return undefined;
}

const longPath = `src/${'a'.repeat(200)}/${'ab.'.repeat(60)}/index.test.ts`;
const somePaths = ['a', 'src/a.ts', 'src/lib/.env', '{a}/[b].ts', longPath];

/**
 * What is wrong with how any text is read as a glob: it threw, was refused without words, or took longer than `limitMs`;
 * undefined when nothing is.
 */
export function findFault(text: string, limitMs: number): string | undefined {
  try {
    const first = readOnce(text);
    if (first.message !== undefined) return first.message;
    // A long time counts when it comes again: once, it may have been another program.
    let least = first.ms;
    for (let again = 0; again < 4 && least > limitMs; again += 1) least = Math.min(least, readOnce(text).ms);
    return least > limitMs ? `It took ${least.toFixed(1)} ms.` : undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function readOnce(text: string): { readonly ms: number; readonly message: string | undefined } {
  const started = performance.now();
  const compiled = compileGlob(text);
  if (compiled.kind === 'refused') {
    const message = compiled.fault === '' ? 'It is refused without a reason.' : undefined;
    return { ms: performance.now() - started, message };
  }
  const index = createGlobIndex();
  index.add({ id: 'glob', globs: [text], scope: '' });
  const differing = somePaths.find((path) => {
    const alone = matchGlob(compiled.glob, splitPath(path)) !== compiled.glob.negated;
    return (index.match(path).length === 1) !== alone;
  });
  const message = differing === undefined ? undefined : `The index thinks otherwise of ${differing}.`;
  return { ms: performance.now() - started, message };
}
