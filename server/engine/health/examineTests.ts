import type { HealthCheck } from '../../protocol/health.ts';
import { attention, bad, countOf, good } from './healthCheck.ts';
import type { HealthParts } from './healthParts.ts';

/** One check per package: what runs its tests, why, and with which program. */
export async function examineTests(
  { engine }: HealthParts,
  root: string,
  signal: AbortSignal,
): Promise<readonly HealthCheck[]> {
  const found = await engine.testQueries(root)?.runners(signal);
  if (found === undefined || (found.packages.length === 0 && found.notRun.length === 0))
    return [good('tests', 'Tests', 'There are no tests here that a known runner would find.')];
  const running = found.packages.map(({ runner, folder, why, program, files }) =>
    good(
      `tests.${folder === '' ? '.' : folder}.${runner}`,
      `Tests in ${folder === '' ? 'the workspace folder' : folder}`,
      `${countOf(files, 'file')} by ${runner}, because ${why}; run with ${program}.`,
    ),
  );
  const lacking = found.notRun.map(({ why, paths, message }) => {
    const [first = ''] = paths;
    const title = `Tests such as ${first}`;
    const seen = `${countOf(paths.length, 'file')} cannot run. ${message}`;
    return why === 'noProgram'
      ? bad(`tests.${first}`, title, seen, 'Install what is named; until then no run of all tests is green.')
      : attention(`tests.${first}`, title, seen, 'Nothing, if these are no tests of yours.');
  });
  return [...running, ...lacking];
}
