import { resolve } from 'node:path';
import { countAlarms } from '../../server/test/endurance/alarmEndurance.ts';
import { writeResult } from './writeResult.ts';

/** Of all files. */
const most = 0.01;

/** Looks for hidden text and secrets in rule files that people published. Resolves to whether false alarms are rare enough. */
export async function playAlarms(folder: string): Promise<boolean> {
  const { files, alarms } = countAlarms(resolve(folder));
  const alarmed = new Set(Object.values(alarms).flat()).size;
  const share = files === 0 ? 1 : alarmed / files;
  const counts = [alarms.hidden.length, alarms.masked.length, alarms.redacted.length];
  const row = `| ${[files, ...counts, `${(100 * share).toFixed(1)} %`].join(' | ')} |`;
  console.log(row);
  const rows = Object.entries(alarms).flatMap(([what, places]) =>
    places.map((place) => `- ${what}: ${place}`),
  );
  for (const line of rows) console.log(line);
  writeResult('alarms', 'False alarms', [
    'Over rule files that people published: hidden text that blocks a file, keys that would be masked in what is sent, and what would',
    'be masked in logs and journals (where passwords of examples count too). All alarms are taken as false; at most 1 % of the files',
    'may have one.',
    '',
    '| files | hidden text | masked when sent | masked in logs | files with an alarm |',
    '|---|---|---|---|---|',
    row,
    ...rows,
  ]);
  return share <= most;
}
