import assert from 'node:assert/strict';
import { createInMemoryFiles, type InMemoryFiles } from '../../test/inMemoryFiles.ts';
import { latePatterns, scriptPatterns } from '../../test/scriptPatterns.ts';
import type { CachedCheck, CheckCache } from '../ports/checkCache.ts';
import { createWorkspacePaths } from '../rules/globs/workspacePaths.ts';
import { createRuleStore } from '../rules/ruleStore.ts';
import { checkFiles } from './checkFiles.ts';

const signal = new AbortController().signal;

function rule(pattern: string, ...filters: readonly string[]): string {
  return [
    ...['---', 'globs: "**/*.js"', ...filters, 'actions:', '  - type: reject', '    message: Bad.'],
    ...['    conditions:', `      - pattern: ${pattern}`, '---', ''],
  ].join('\n');
}

/** Keeps in memory; a text is its own stamp. */
function createMemoryCache(files: InMemoryFiles, texts: () => Readonly<Record<string, string>>): CheckCache {
  let kept: { readonly key: string; readonly checks: ReadonlyMap<string, CachedCheck> } | undefined;
  const stamp = (_root: string, path: string): string | undefined => texts()[path];
  return {
    stamp,
    load: async (root, key) => {
      const checks = kept?.key === key ? [...kept.checks] : [];
      return new Map(checks.filter(([path, check]) => stamp(root, path) === check.stamp));
    },
    save: async (_root, key, checks) => {
      // Nothing that was read for keeping counts.
      files.resetCounts();
      kept = { key, checks };
    },
  };
}

describe('checks that are remembered', () => {
  const start: Readonly<Record<string, string>> = {
    '.cursor/rules/r.mdc': rule('bad'),
    'a.js': 'bad\n',
    'b.js': 'good\n',
  };

  interface Second {
    readonly first?: Readonly<Record<string, string>>;
    readonly change?: Readonly<Record<string, string>>;
    readonly remembered?: boolean;
    readonly late?: boolean;
    readonly wanted?: readonly string[];
    readonly reads: readonly string[];
    readonly found: readonly string[];
  }

  const cases: readonly (readonly [title: string, second: Second])[] = [
    ['reads nothing that did not change', { reads: [], found: ['a.js'] }],
    ['reads what changed', { change: { 'b.js': 'bad\n' }, reads: ['b.js'], found: ['a.js', 'b.js'] }],
    ['reads what is new', { change: { 'c.js': 'bad\n' }, reads: ['c.js'], found: ['a.js', 'c.js'] }],
    [
      'reads all when a rule says something else',
      { change: { '.cursor/rules/r.mdc': rule('good') }, reads: ['a.js', 'b.js'], found: ['b.js'] },
    ],
    ['reads all when that is asked for', { remembered: false, reads: ['a.js', 'b.js'], found: ['a.js'] }],
    ['reads nothing of some of the files', { wanted: ['a.js'], reads: [], found: ['a.js'] }],
    [
      'looks again where other files count',
      {
        first: {
          ...start,
          '.cursor/rules/r.mdc': rule('bad', 'filters:', '  - type: exists', '    pattern: flag'),
        },
        change: { flag: '' },
        // Nothing of the pattern is in the other one, whatever else is there.
        reads: ['a.js'],
        found: ['a.js'],
      },
    ],
    [
      'looks again where a pattern took too long',
      {
        first: { ...start, 'b.js': 'x\n', '.cursor/rules/r.mdc': rule('ba+d(?=\\n)') },
        late: true,
        reads: ['a.js'],
        found: ['a.js'],
      },
    ],
  ];
  for (const [
    title,
    { first = start, change = {}, remembered = true, late = false, wanted = 'all', reads, found },
  ] of cases)
    it(title, async () => {
      let texts = first;
      const files = createInMemoryFiles(first);
      const paths = createWorkspacePaths([]);
      const rules = createRuleStore({ files, root: '/w', builtin: new Map(), paths: () => paths });
      await rules.load(signal);
      const read: string[] = [];
      const parts = {
        ...{ files, rules, root: '/w', patterns: late ? latePatterns : scriptPatterns, remembered: true },
        checkCache: createMemoryCache(files, () => texts),
        digest: (text: string) => text,
        git: { committed: async () => undefined, state: async () => undefined },
        edits: {
          unsaved: () => new Map<string, string>(),
          current: async (_root: string, path: string) => {
            read.push(path);
            return texts[path];
          },
          land: async () => ({ kind: 'landed' }) as const,
        },
      };
      await checkFiles(parts, 'all', signal);
      texts = { ...first, ...change };
      for (const [path, text] of Object.entries(change)) files.write(path, text);
      await rules.load(signal);
      read.length = 0;
      const again = { ...parts, remembered, patterns: scriptPatterns };
      const findings = await checkFiles(again, wanted, signal);
      assert.deepEqual(read, reads);
      assert.deepEqual(
        findings.filter(({ code }) => code === 'check.reject').map(({ path }) => path),
        found,
      );
    });
});
