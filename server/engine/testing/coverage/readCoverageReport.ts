import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { parseObject } from './jsonShape.ts';
import { readCobertura } from './readCobertura.ts';
import { readCoveragePy } from './readCoveragePy.ts';
import { readGoProfile } from './readGoProfile.ts';
import { readIstanbul } from './readIstanbul.ts';
import { readLcov } from './readLcov.ts';

/**
 * Reads a report of any format that is known, told by its content. `module`: what go.mod names. undefined: it is none, or it
 * is not whole.
 */
export function readCoverageReport(
  text: string,
  paths: PathMap,
  module?: string,
): readonly FileCoverage[] | undefined {
  const plain = text.replace(/^\uFEFF/u, '').trimStart();
  if (plain.startsWith('{')) {
    const report = parseObject(plain);
    if (report === undefined) return undefined;
    return 'meta' in report && 'files' in report ? readCoveragePy(plain, paths) : readIstanbul(plain, paths);
  }
  if (plain.startsWith('mode: ')) return readGoProfile(plain, paths, module);
  if (/^(?:TN|SF):/u.test(plain)) return readLcov(plain, paths);
  if (!/^<[^]*<\/coverage>\s*$/u.test(plain)) return undefined;
  return readCobertura(plain, paths);
}
