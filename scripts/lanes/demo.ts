import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPackages, recordingsFolder } from '../demo/demoPackages.ts';
import { prepareCommandLine, preparePackages } from '../demo/prepareDemo.ts';
import { showOnCommandLine } from '../demo/showDemo.ts';
import type { LaneContext, LaneResult } from './lane.ts';

/** The demo on the command line, with the recorded answers: each package counts as one. */
export async function run({ root }: LaneContext): Promise<LaneResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-demo-lane-')));
  try {
    const python = await preparePackages(root, demoPackages);
    await prepareCommandLine(root);
    const failed = await showOnCommandLine(
      demoPackages,
      {
        root,
        folder,
        storage: join(folder, 'storage'),
        model: { kind: 'recorded' },
        recordings: recordingsFolder(root),
        python,
        quiet: true,
      },
      new AbortController().signal,
    );
    return { passed: demoPackages.length - failed.length, failed: failed.length, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
