import assert from 'node:assert/strict';
import { countRestarts } from '../server/explainRestart.ts';
import { renderHealthPage, type EditorHealth } from './renderHealthPage.ts';

const editor: EditorHealth = { editor: 'Editor 1.2', version: '3.4.5', server: 'running' };

describe('The page of the doctor', () => {
  const cases = [
    [
      'tells of editor and server',
      [],
      editor,
      /^Codegen Lab 3\.4\.5 in Editor 1\.2\. The language server runs\.\n\nNo folder is open\.$/,
    ],
    [
      'tells of restarts that nobody asked for',
      [],
      {
        ...editor,
        restarts:
          countRestarts([
            { at: 0, hungSeconds: undefined, busyRuns: 1 },
            { at: 3_600_000, hungSeconds: 10, busyRuns: 0 },
          ]) ?? '',
      },
      /runs\.\n\nIn this window it stopped unasked 2 times, the last time at 01:00:00 UTC: it had given no sign of life for 10 s\./,
    ],
    ['shows one folder alone', [{ folder: '/w/a', markdown: '# Health' }], editor, /\n\n# Health$/],
    [
      'names folders where there are several',
      [
        { folder: '/w/a', markdown: 'A' },
        { folder: '/w/[b]', markdown: 'B' },
      ],
      editor,
      /# Folder a\n\nA\n\n# Folder \\\[b\\\]\n\nB$/,
    ],
    [
      'says why the server did not answer',
      [],
      { ...editor, server: 'failed', problem: 'it <stopped>' },
      /stopped several times[^]*\n\nIt did not answer: it \\<stopped\\>$/,
    ],
  ] as const;
  for (const [what, folders, health, expected] of cases)
    it(what, () => assert.match(renderHealthPage(folders, health), expected));
});
