/** What a suite needs before its window opens: `export const setup: SuiteSetup` in `NAME.setup.ts` beside it. */
export interface SuiteSetup {
  /** A folder of `test-fixtures/workspaces`, of which the window gets a fresh copy; `sample` by default. */
  readonly workspace?: string;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders of further extensions to install, absolute: one that offers a language model, for instance. */
  readonly extensions?: readonly string[];
  /** Changes the copy before the window opens. Runs outside of the editor. */
  readonly prepare?: (folder: string) => Promise<void> | void;
}
