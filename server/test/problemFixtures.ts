import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createWorkspacePaths } from '../engine/rules/globs/workspacePaths.ts';
import { problemsOf, type ProblemContext } from '../engine/rules/checks/problemsOf.ts';
import type { RuleDocument, RuleProblem } from '../engine/rules/rule.ts';
import { createRuleStore } from '../engine/rules/ruleStore.ts';
import { defaultProblemSettings, type ProblemSettings } from '../engine/rules/severities/problemSettings.ts';
import { createInMemoryFiles } from './inMemoryFiles.ts';

/** A problem of rule files, as its folder in `test-fixtures/rules/problems` shows it. */
export interface ProblemFixture {
  readonly code: string;
  /** Where the rule lies. */
  readonly path: string;
  /** The other files of the workspace, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly good: string;
  /** Texts that have the problem; `fixed` is the text after all its certain fixes, undefined where there is none. */
  readonly bad: readonly {
    readonly name: string;
    readonly text: string;
    readonly fixed: string | undefined;
  }[];
}

const root = new URL('../../test-fixtures/rules/problems/', import.meta.url);

export function readProblemFixtures(): readonly ProblemFixture[] {
  return readdirSync(root).map((code) => {
    const read = (name: string): string | undefined => {
      const url = new URL(`${code}/${name}`, root);
      return existsSync(url) ? expandMarks(readFileSync(url, 'utf8')) : undefined;
    };
    const workspace = JSON.parse(read('workspace.json') ?? '{}') as {
      readonly path?: string;
      readonly files?: Readonly<Record<string, string>>;
    };
    const bad = readdirSync(new URL(`${code}/`, root)).filter((name) => /^bad(?:-[\w-]+)?\.mdc$/.test(name));
    return {
      code,
      path: workspace.path ?? '.cursor/rules/example.mdc',
      files: workspace.files ?? {},
      good: read('good.mdc') ?? '',
      bad: bad.map((name) => ({ name, text: read(name) ?? '', fixed: read(name.replace(/^bad/, 'fixed')) })),
    };
  });
}

/** Unseen characters and long texts are written out, so that they can be seen and reviewed: `(U+200B)`. */
export function expandMarks(text: string): string {
  return text
    .replaceAll(/\(U\+([\dA-F]{4,6})\)/g, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replaceAll('(70,000 characters)', 'x'.repeat(70_000));
}

export interface CheckedRule {
  readonly document: RuleDocument;
  readonly problems: readonly RuleProblem[];
  readonly context: ProblemContext;
}

/** Reads a rule in a workspace of its own, and says what its problems are there. */
export async function checkRule(
  { path, files }: Pick<ProblemFixture, 'path' | 'files'>,
  text: string,
  settings: ProblemSettings = defaultProblemSettings,
): Promise<CheckedRule> {
  const all = { ...files, [path]: text };
  const store = createRuleStore({ files: createInMemoryFiles(all), root: '/w' });
  await store.load(new AbortController().signal);
  const document = store.saved.document(path);
  if (document === undefined) throw new Error(`${path} was not read.`);
  const context = {
    catalog: store.saved,
    paths: createWorkspacePaths(Object.keys(all)),
    settings,
  };
  return { document, problems: problemsOf(document, context), context };
}
