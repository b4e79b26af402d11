import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundles } from '../scripts/buildBundles.ts';
import { type BenchContext, type BenchResult, type BenchRow, NotMeasurable } from './benchRow.ts';
import { notMeasured } from './measure/results.ts';

export interface BenchOptions {
  readonly root: string;
  readonly rows: readonly BenchRow[];
  readonly size?: BenchContext['size'];
  readonly peers?: string | undefined;
  readonly rules?: string | undefined;
  /** Called as each row ends. */
  readonly onResult?: (result: BenchResult) => void;
}

/** Runs rows one after the other. Rejects when a row is broken; a goal that is missed is a result like another. */
export async function runRows(options: BenchOptions): Promise<readonly BenchResult[]> {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-bench-')));
  try {
    const context = createContext(options, scratch);
    const results: BenchResult[] = [];
    for (const row of options.rows) {
      for (const result of await runRow(row, context)) {
        results.push(result);
        options.onResult?.(result);
      }
    }
    return results;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runRow(row: BenchRow, context: BenchContext): Promise<readonly BenchResult[]> {
  try {
    return await row.run(context);
  } catch (error) {
    if (!(error instanceof NotMeasurable)) throw error;
    return row.names.map((name) => notMeasured(name, error.message));
  }
}

function createContext({ root, size = 'full', peers, rules }: BenchOptions, scratch: string): BenchContext {
  let built: Promise<string> | undefined;
  const build = async (): Promise<string> => {
    const outdir = join(scratch, 'dist');
    await buildBundles({ root, outdir, production: true, quiet: true });
    return outdir;
  };
  return { root, scratch, size, peers, rules, bundles: () => (built ??= build()) };
}
