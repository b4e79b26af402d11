/** Lets rules write tests for real packages in a real editor (--headless; --only js|python; --out FOLDER; --recorded). */
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { selectPackages } from '../demo/demoContext.ts';
import { chooseDemoModel, describeDemoModel } from '../demo/demoModel.ts';
import { recordingsFolder } from '../demo/demoPackages.ts';
import { prepareCommandLine, prepareEditor, preparePackages } from '../demo/prepareDemo.ts';
import { runTask } from '../demo/runTask.ts';
import { showInEditor, showOnCommandLine } from '../demo/showDemo.ts';

const root = dirname(dirname(import.meta.dirname));

await runTask('demo', async (folder, signal) => {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean', default: false },
      only: { type: 'string' },
      out: { type: 'string', default: join(root, 'demo-output') },
      recorded: { type: 'boolean', default: false },
      recordings: { type: 'string', default: recordingsFolder(root) },
    },
  });
  const packages = selectPackages(values.only);
  const model = values.recorded ? ({ kind: 'recorded' } as const) : chooseDemoModel(process.env);
  console.log(describeDemoModel(model));
  const python = await preparePackages(root, packages);
  const recordings = resolve(values.recordings);
  const context = { root, folder, storage: join(folder, 'storage'), model, recordings, python };
  await prepareCommandLine(root);
  if (values.headless) return tellEnd(await showOnCommandLine(packages, context, signal));
  const out = resolve(values.out);
  const tools = await prepareEditor(root);
  const failed = await showInEditor(packages, { context, tools, out }, signal);
  console.log(`\nScreenshots: ${packages.map(({ name }) => join(out, name)).join(' and ')}`);
  return tellEnd(failed);
});

function tellEnd(failed: readonly string[]): boolean {
  if (failed.length > 0) console.error(`\nThe demo FAILED for ${failed.join(' and ')}.`);
  else console.log('\nThe demo did all that it shows: tests were written, proven, landed, and pass by hand.');
  return failed.length === 0;
}
