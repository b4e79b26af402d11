import type { Scanner, ScannerFound, ScannerSearch } from '../../scanning/scanner.ts';
import { isRepeated, scanners } from '../../scanning/scannerList.ts';
import { foldersAbove } from '../../testing/packageFacts.ts';
import type { RunScope } from '../runScope.ts';

/** A scanner that the project has, and what it looks at. */
export type ChosenScanner = ReadyScanner | (MissingScanner & { readonly kind: 'missing' });

export interface ReadyScanner {
  readonly kind: 'ready';
  readonly scanner: Scanner;
  /** Where it runs, relative to the workspace folder; empty: the folder itself. */
  readonly base: string;
  /** The program with its first arguments; a path below the workspace folder is relative to that. */
  readonly program: readonly [string, ...string[]];
  /** Relative to the workspace folder; at least one. */
  readonly paths: readonly string[];
}

interface MissingScanner {
  readonly scanner: Scanner;
  readonly paths: readonly string[];
  /** A sentence. */
  readonly message: string;
}

type Scope = Pick<RunScope, 'deps' | 'root' | 'signal' | 'settings'>;

/** For each scanner the nearest folder above the files that has it; files of several packages give several. */
export async function chooseScanners(
  scope: Scope,
  paths: readonly string[],
): Promise<readonly ChosenScanner[]> {
  const chosen: ChosenScanner[] = [];
  for (const scanner of scanners) {
    if (
      isRepeated(
        scanner,
        chosen.flatMap((one) => (one.kind === 'ready' ? [one.scanner] : [])),
      )
    )
      continue;
    const byBase = new Map<string, { readonly found: ScannerFound; readonly paths: string[] }>();
    for (const path of paths.filter(scanner.handles)) {
      const place = await findAbove(scope, scanner, path);
      if (place === undefined) continue;
      const known = byBase.get(place.base);
      if (known === undefined) byBase.set(place.base, { found: place.found, paths: [path] });
      else known.paths.push(path);
    }
    for (const [base, { found, paths: own }] of byBase)
      chosen.push(await readyOf(scope, { scanner, base, found, paths: own }));
  }
  return chosen;
}

async function findAbove(
  scope: Scope,
  scanner: Scanner,
  path: string,
): Promise<{ readonly base: string; readonly found: ScannerFound } | undefined> {
  for (const base of foldersAbove(path.slice(0, Math.max(0, path.lastIndexOf('/'))))) {
    const found = await scanner.find(searchIn(scope, base));
    if (found !== undefined) return { base, found };
  }
  return undefined;
}

function searchIn({ deps, root, signal }: Scope, base: string): ScannerSearch {
  const at = (name: string): string => (base === '' ? name : `${base}/${name}`);
  return {
    exists: (path) => deps.files.exists(root, at(path), signal),
    async text(name) {
      const read = await deps.files.read(root, at(name), signal);
      return read.kind === 'text' ? read.text : undefined;
    },
  };
}

interface FoundScanner {
  readonly scanner: Scanner;
  readonly base: string;
  readonly found: ScannerFound;
  readonly paths: readonly string[];
}

async function readyOf(scope: Scope, { scanner, base, found, paths }: FoundScanner): Promise<ChosenScanner> {
  const ready = (...program: readonly [string, ...string[]]): ChosenScanner => ({
    kind: 'ready',
    ...{ scanner, base, paths, program },
  });
  const missing = (message: string): ChosenScanner => ({ kind: 'missing', scanner, paths, message });
  const { deps, root, signal } = scope;
  const folder = base === '' ? root : `${root}/${base}`;
  switch (found.kind) {
    case 'missing':
      return missing(found.message);
    case 'onPath':
      return ready(found.name);
    case 'file':
      return ready(`${folder}/${found.path}`);
    case 'module':
    case 'npm': {
      const interpreter = await deps.interpreters.find(
        {
          language: found.kind === 'npm' ? 'node' : 'python',
          root,
          folder,
          wish: found.kind === 'npm' ? '' : scope.settings.tests.pythonPath,
          ...(found.kind === 'npm' ? { npmPackage: found.package } : {}),
        },
        signal,
      );
      if (interpreter.kind === 'missing') return missing(interpreter.message);
      return found.kind === 'npm'
        ? ready(...interpreter.program)
        : ready(...interpreter.program, '-m', found.name);
    }
  }
}
