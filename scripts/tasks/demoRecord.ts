/** Asks a real model for the recorded answers of the demo anew (--only js|python; --recordings FOLDER). */
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { selectPackages } from '../demo/demoContext.ts';
import { chooseDemoModel, describeDemoModel } from '../demo/demoModel.ts';
import { recordingsFolder } from '../demo/demoPackages.ts';
import { prepareCommandLine, preparePackages } from '../demo/prepareDemo.ts';
import { recordAnswers, replayRecordings } from '../demo/recordDemo.ts';
import { runTask } from '../demo/runTask.ts';

const root = dirname(dirname(import.meta.dirname));

await runTask('record', async (folder, signal) => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      recordings: { type: 'string', default: recordingsFolder(root) },
    },
  });
  const packages = selectPackages(values.only);
  const model = chooseDemoModel(process.env);
  if (model.kind === 'recorded') {
    throw new Error(
      'Say whom to record: set ANTHROPIC_API_KEY or OPENAI_API_KEY, or CODEGEN_LAB_CONFIG_AI_PROVIDER and CODEGEN_LAB_CONFIG_AI_MODEL.',
    );
  }
  console.log(describeDemoModel(model));
  const python = await preparePackages(root, packages);
  await prepareCommandLine(root);
  const recordings = resolve(values.recordings);
  const context = { root, folder, storage: join(folder, 'storage'), model, recordings, python };
  if (!(await recordAnswers(packages, context, signal))) return false;
  return replayRecordings(packages, context, signal);
});
