import { demoPackages, type DemoPackage } from './demoPackages.ts';
import type { DemoModel } from './demoModel.ts';
import type { PythonTools } from './pythonTools.ts';

/** What all parts of one demo share. */
export interface DemoContext {
  /** The project's folder, absolute. */
  readonly root: string;
  /** A folder for workspaces and fresh recordings; it is removed at the end. */
  readonly folder: string;
  /** Where the product keeps a user's own data, apart from that of the person who runs the demo. */
  readonly storage: string;
  readonly model: DemoModel;
  /** Where recorded answers are, absolute. */
  readonly recordings: string;
  /** Shows what the product prints only when it failed. */
  readonly quiet?: boolean;
  /** undefined when no Python package is shown. */
  readonly python: PythonTools | undefined;
}

/** `only` is a language, as on the command line; undefined: all packages. Throws when there is no such language. */
export function selectPackages(only: string | undefined): readonly DemoPackage[] {
  const selected = demoPackages.filter(({ language }) => only === undefined || language === only);
  if (selected.length > 0) return selected;
  const languages = demoPackages.map(({ language }) => language);
  throw new Error(`--only takes ${languages.join(' or ')}, not ${only}.`);
}
