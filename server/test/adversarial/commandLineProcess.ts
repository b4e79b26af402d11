import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Slice } from '../sliceWorkspace.ts';

const main = fileURLToPath(new URL('../cliProcess.ts', import.meta.url));

export interface Started {
  /** Arguments of Node. */
  readonly argv: readonly string[];
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
}

/** How the command line is started in a process of its own, over the workspace and the model of a slice. */
export function commandLine(
  { root, home, models }: Pick<Slice, 'root' | 'home' | 'models'>,
  words: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Started {
  const env = {
    ...process.env,
    HOME: home,
    CODEGEN_LAB_STORAGE: join(home, 'storage'),
    CODEGEN_LAB_CONFIG_AI_ENABLED: 'true',
    CODEGEN_LAB_CONFIG_AI_PROVIDER: 'ollama',
    CODEGEN_LAB_CONFIG_AI_MODEL: 'scripted',
    CODEGEN_LAB_CONFIG_AI_BASE_URL: models.openaiUrl,
    ...variables,
  };
  return { argv: [main, ...words], options: { cwd: root, env } };
}

export interface CommandLineEnd {
  readonly code: number;
  /** Both streams. */
  readonly text: string;
}

/** Runs the command line to its end. `wrapper`: a command and its arguments that start it. */
export function runCommandLine(
  slice: Pick<Slice, 'root' | 'home' | 'models'>,
  words: readonly string[],
  more: {
    readonly wrapper?: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
  } = {},
): Promise<CommandLineEnd> {
  const { argv, options } = commandLine(slice, words, more.variables);
  const [program = process.execPath, ...args] = [...(more.wrapper ?? []), process.execPath, ...argv];
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, text: stdout + stderr });
    });
  });
}
