/** Measures the product beside its peers and limits (NAME... runs those rows; --json FILE; --peers FOLDER; --rules FOLDER). */
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchRow } from '../../bench/benchRow.ts';
import { renderHeading, renderResult, renderSummary } from '../../bench/renderResults.ts';
import { isSelected, selectRows } from '../../bench/rows.ts';
import { runRows } from '../../bench/runRows.ts';

const root = dirname(dirname(import.meta.dirname));
const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, peers: { type: 'string' }, rules: { type: 'string' } },
});

const usageError = 2;

const rows = chooseRows();
if (rows) {
  console.log(renderHeading());
  const all = await runRows({
    root,
    rows,
    peers: values.peers === undefined ? undefined : resolve(values.peers),
    rules: values.rules === undefined ? undefined : resolve(values.rules),
    onResult: (result) => {
      if (isSelected(result.name, names)) console.log(renderResult(result));
    },
  });
  const results = all.filter(({ name }) => isSelected(name, names));
  console.log(renderSummary(results));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
}

function chooseRows(): readonly BenchRow[] | undefined {
  try {
    return selectRows(names);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = usageError;
    return undefined;
  }
}
