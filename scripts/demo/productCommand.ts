import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DemoContext } from './demoContext.ts';
import type { DemoModel } from './demoModel.ts';

export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
}

/** Where the command line is built: apart from `dist/`, which another task may be building anew. */
export function commandFolder(root: string): string {
  return join(root, 'out', 'demo');
}

const limitMs = 15 * 60_000;

/**
 * Runs `codegen-lab` with the machine's own Node. What it tells on standard error is shown, with `quiet` only when it
 * failed; standard output is returned, and shown too unless it is `--json`.
 */
export function runProductCommand(
  { root, storage, quiet = false }: Pick<DemoContext, 'root' | 'storage' | 'quiet'>,
  args: readonly string[],
  signal: AbortSignal,
): Promise<CommandEnd> {
  const node = process.env['CODEGEN_LAB_SYSTEM_NODE'] ?? process.execPath;
  const isDocument = args.includes('--json');
  return new Promise((resolve, reject) => {
    const child = spawn(node, [join(commandFolder(root), 'cli.cjs'), ...args], {
      // A terminal that is handed down gets colours.
      stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'],
      env: createEnvironment(storage),
      timeout: limitMs,
      signal,
    });
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (!isDocument && !quiet) process.stdout.write(text);
    });
    let told = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (told += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) process.stderr.write(told);
      resolve({ code: code ?? 1, stdout });
    });
  });
}

/** Neither settings nor data of the person who runs the demo are read or changed. */
function createEnvironment(storage: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('CODEGEN_LAB_CONFIG_'));
  return {
    ...Object.fromEntries(own),
    CODEGEN_LAB_STORAGE: storage,
    CODEGEN_LAB_CONFIG_RULES_BUILTIN: 'generate-node-tests,generate-pytest-tests',
  };
}

/** The options that name who answers; `recordings` is read, or written when a model is asked. */
export function modelOptions(model: DemoModel, recordings: string): readonly string[] {
  if (model.kind === 'recorded') return ['--replay', recordings];
  const address = model.baseUrl ? ['--base-url', model.baseUrl] : [];
  return ['--model', `${model.provider}/${model.model}`, ...address, '--record', recordings];
}
