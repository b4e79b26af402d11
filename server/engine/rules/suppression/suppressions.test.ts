import assert from 'node:assert/strict';
import { checkRule } from '../../../test/problemFixtures.ts';
import { readProblemSettings } from '../severities/problemSettings.ts';

const place = { path: '.cursor/rules/example.mdc', files: { 'src/a.ts': '' } };

async function shown(text: string, settings: unknown = {}): Promise<readonly string[]> {
  const { problems } = await checkRule(place, text, readProblemSettings(settings));
  return problems.map(({ code, severity }) => `${code} ${severity}`);
}

describe('a comment that silences problems', () => {
  const cases: readonly (readonly [title: string, text: string, shown: readonly string[]])[] = [
    ['above the line', '---\n# codegen-lab-ignore rule.bare-glob: on purpose\nglobs: *.ts\n---\n', []],
    ['at the end of the line', '---\nglobs: *.ts # codegen-lab-ignore rule.bare-glob: on purpose\n---\n', []],
    ['with CRLF', '---\r\n# codegen-lab-ignore rule.bare-glob\r\nglobs: *.ts\r\n---\r\n', []],
    [
      'over another comment',
      '---\n# codegen-lab-ignore rule.bare-glob\n# Only the top.\nglobs: *.ts\n---\n',
      [],
    ],
    [
      'not two lines below',
      '---\n# codegen-lab-ignore rule.bare-glob\npriority: 1\nglobs: *.ts\n---\n',
      ['rule.unused-suppression hint', 'rule.bare-glob hint'],
    ],
    [
      'only its own codes',
      '---\nglob: a # codegen-lab-ignore rule.bare-glob\n---\n',
      ['rule.unknown-key warning', 'rule.unused-suppression hint'],
    ],
    [
      'several codes',
      '---\n# codegen-lab-ignore rule.bare-glob, rule.shadowed-glob: both meant\nglobs: *.ts, *.ts\n---\n',
      [],
    ],
    [
      'of several codes each',
      '---\n# codegen-lab-ignore rule.bare-glob, rule.shadowed-glob\nglobs: *.ts\n---\n',
      ['rule.unused-suppression hint'],
    ],
    [
      'for the file in frontmatter',
      '---\n# codegen-lab-ignore-file rule.bare-glob: all\npriority: 1\nglobs: *.ts\n---\n',
      [],
    ],
    [
      'for the file in the text',
      '---\nglobs: *.ts\n---\nText\n<!-- codegen-lab-ignore-file rule.bare-glob -->\n',
      [],
    ],
    [
      'in the text',
      '---\ndescription: x\n---\n<!-- codegen-lab-ignore rule.missing-file: made later -->\nSee [it](mdc:none.md).\n',
      [],
    ],
    [
      'in a block',
      '<rule>\nname: x\nfilters:\n  # codegen-lab-ignore rule.other-spelling\n  - type: path\n    pattern: x\n</rule>\n',
      [],
    ],
    [
      'not inside a code fence',
      '---\ndescription: x\n---\n```\n<!-- codegen-lab-ignore rule.missing-file -->\n```\n',
      [],
    ],
    [
      'names no code',
      '---\n# codegen-lab-ignore: all\nglobs: src/*\n---\n',
      ['rule.unknown-suppression hint'],
    ],
    [
      'errors too, which stay errors for the rule',
      '---\n# codegen-lab-ignore rule.wrong-type: later\nalwaysApply: maybe\n---\n',
      [],
    ],
  ];
  for (const [title, text, expected] of cases) {
    it(`counts: ${title}`, async () => assert.deepEqual(await shown(text), expected));
  }

  it('never makes a rule active', async () => {
    const text = '---\n# codegen-lab-ignore rule.wrong-type\nalwaysApply: maybe\n---\n';
    const { document, problems } = await checkRule(place, text);
    assert.deepEqual([document.file.active, problems], [false, []]);
  });
});

describe('the setting for problems', () => {
  const text = '---\nglobs: *.ts\nglob: a\n---\n';
  const cases: readonly (readonly [settings: unknown, shown: readonly string[]])[] = [
    [{}, ['rule.bare-glob hint', 'rule.unknown-key warning']],
    [{ 'rule.bare-glob': 'off' }, ['rule.unknown-key warning']],
    [
      { 'rule.bare-glob': 'error', 'rule.unknown-key': 'information' },
      ['rule.bare-glob error', 'rule.unknown-key information'],
    ],
    [{ 'rule.bare-glob': 'loud', 'rule.x': 'off' }, ['rule.bare-glob hint', 'rule.unknown-key warning']],
    [['off'], ['rule.bare-glob hint', 'rule.unknown-key warning']],
    [null, ['rule.bare-glob hint', 'rule.unknown-key warning']],
    ['off', ['rule.bare-glob hint', 'rule.unknown-key warning']],
  ];
  for (const [settings, expected] of cases) {
    it(`reads ${JSON.stringify(settings)}`, async () =>
      assert.deepEqual(await shown(text, settings), expected));
  }

  it('changes nothing about whether a rule is active', async () => {
    const settings = readProblemSettings({ 'rule.wrong-type': 'off', 'rule.bare-glob': 'error' });
    const broken = await checkRule(place, '---\nalwaysApply: maybe\n---\n', settings);
    const bare = await checkRule(place, '---\nglobs: *.ts\n---\n', settings);
    assert.deepEqual([broken.document.file.active, bare.document.file.active], [false, true]);
  });

  it('does not make a comment idle that silences what is off', async () => {
    const silenced = '---\n# codegen-lab-ignore rule.bare-glob\nglobs: *.ts\n---\n';
    assert.deepEqual(await shown(silenced, { 'rule.bare-glob': 'off' }), []);
  });
});
