import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHiddenText } from '../../server/engine/safety/hiddenText.ts';
import { createRedactor } from '../../server/engine/safety/redact.ts';
import type { BenchRow } from '../benchRow.ts';
import { repeat } from '../measure/measurePairs.ts';
import { againstLimit } from '../measure/results.ts';
import { timeWork } from '../measure/timeWork.ts';

const name = 'safety-scan';
const bytes = 64 * 1024;

/** What is looked for in each text before a model sees it, and before anything is kept. */
export const safetyScan: BenchRow = {
  names: [name],
  async run({ root, size }) {
    const text = createText(root);
    const redact = createRedactor(['a-key-of-the-user-0123456789']);
    const scan = timeWork(() => [findHiddenText(text), redact(text)]);
    const texts = {
      name,
      what: '64 KB of source looked through for hidden characters and for secrets',
      beside: '2 ms',
    };
    return [againstLimit(texts, await repeat(scan, size === 'full' ? 15 : 2), 2)];
  },
};

/** Real source, repeated until it is long enough. */
function createText(root: string): string {
  const source = readFileSync(join(root, 'server/engine/safety/redact.ts'), 'utf8');
  return source.repeat(Math.ceil(bytes / source.length)).slice(0, bytes);
}
