import type { DebugConfiguration } from 'vscode';
import type { DebugCommand } from '../../server/protocol/testDisplay.ts';

export type ChosenDebugger =
  | { readonly kind: 'chosen'; readonly configuration: DebugConfiguration }
  /** `extension`: the id of the one to install. */
  | { readonly kind: 'refused'; readonly message: string; readonly extension?: string };

interface LanguageDebugger {
  /** Of the configuration, as its extension contributes it. */
  readonly type: string;
  readonly label: string;
  readonly extension: string;
  /** What starts the command; undefined: it has a form that the debugger does not know. */
  readonly configure: (command: DebugCommand) => Readonly<Record<string, unknown>> | undefined;
}

/** By the runner's language. */
const debuggers: Readonly<Record<string, LanguageDebugger>> = {
  node: {
    type: 'node',
    label: 'JavaScript Debugger',
    extension: 'ms-vscode.js-debug',
    configure: ({ argv: [program, ...args] }) => ({
      runtimeExecutable: program,
      runtimeArgs: args,
      skipFiles: ['<node_internals>/**', '**/node_modules/**'],
    }),
  },
  python: {
    type: 'debugpy',
    label: 'Python Debugger',
    extension: 'ms-python.debugpy',
    configure: ({ argv }) => {
      // What comes before starts Python, such as `uv run python`.
      const at = argv.findIndex((argument, index) => index > 0 && /^-[mc]$|\.py$/u.test(argument));
      const [form = '', ...rest] = argv.slice(at);
      if (at < 0) return undefined;
      const start = { python: argv.slice(0, at), justMyCode: true };
      const [what, ...args] = rest;
      if (form === '-m') return { ...start, module: what, args };
      if (form === '-c') return { ...start, code: what, args };
      return { ...start, program: form, args: rest };
    },
  },
};

/** The debugger that takes a test command. `isThere`: whether an extension contributes debuggers of this type. */
export function configureDebugger(command: DebugCommand, isThere: (type: string) => boolean): ChosenDebugger {
  const { language, title, cwd, env } = command;
  const known = debuggers[language];
  if (known === undefined) {
    const message = `Tests in ${language} cannot be debugged from here. Run them, or debug them by a launch configuration of your own.`;
    return { kind: 'refused', message };
  }
  const { type, label, extension } = known;
  if (!isThere(type)) {
    const message = `Debugging these tests needs the extension ${label} (${extension}), which is not installed or not enabled.`;
    return { kind: 'refused', message, extension };
  }
  const configured = known.configure(command);
  if (configured === undefined)
    return { kind: 'refused', message: `${label} cannot start this test command. Run the tests instead.` };
  return {
    kind: 'chosen',
    configuration: {
      type,
      request: 'launch',
      name: title,
      cwd,
      env: { ...env },
      console: 'internalConsole',
      internalConsoleOptions: 'neverOpen',
      ...configured,
    },
  };
}
