import assert from 'node:assert/strict';
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
