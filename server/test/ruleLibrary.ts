import { readdirSync, readFileSync } from 'node:fs';
import { createRuleStore, type RuleStore } from '../engine/rules/ruleStore.ts';
import { createInMemoryFiles } from './inMemoryFiles.ts';

const folder = new URL('../../rules/', import.meta.url);

function readNames(ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
}

function readFile(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

/** Names of the bundled rules. */
export const libraryNames: readonly string[] = readNames('.mdc');

/** Texts of the tests that stand beside bundled rules, by name of the rule. */
export const libraryTests: ReadonlyMap<string, string> = new Map(
  readNames('.tests.yaml').map((name) => [name, readFile(`${name}.tests.yaml`)]),
);

/** The rules of a folder that holds these files, with the whole library at hand and these rules of it switched on. */
export async function loadLibrary(
  used: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<RuleStore> {
  const builtin = new Map(libraryNames.map((name) => [`${name}.mdc`, readFile(`${name}.mdc`)]));
  const store = createRuleStore({ files: createInMemoryFiles(files), root: '/w', builtin });
  store.useBuiltin(used);
  await store.load(new AbortController().signal);
  return store;
}
