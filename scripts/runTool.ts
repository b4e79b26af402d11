import { spawn } from 'node:child_process';

export interface ToolRun {
  readonly exitCode: number;
  /** Standard output and standard error in the order of arrival. */
  readonly output: string;
  readonly seconds: number;
}

/** Runs a Node script of a package and collects what it prints. Rejects only when it cannot be started. */
export function runTool(root: string, script: string, args: readonly string[]): Promise<ToolRun> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString('utf8'), seconds });
    });
  });
}
