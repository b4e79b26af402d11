import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parseApprovals, renderApprovals } from './approvalsFile.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const one = { ruleId: '.cursor/rules/a.mdc', text: '---\nform: file\n---\nA\n' };
const two = { ruleId: '.cursor/rules/b.mdc#1', text: '---\nform: block\n---\n~~~\n## x\n~~~~\n' };

describe('an approvals file', () => {
  it('is Markdown that shows each text, sorted by rule', () => {
    const text = renderApprovals([two, one], digest);
    assert.ok(text.startsWith('# Approved rules\n'));
    assert.ok(
      text.endsWith(`
## .cursor/rules/a.mdc

sha256: ${digest(one.text)}

~~~mdc
${one.text}~~~

## .cursor/rules/b.mdc#1

sha256: ${digest(two.text)}

~~~~~mdc
${two.text}~~~~~
`),
    );
  });

  for (const [title, change] of [
    ['as it was written', (text: string) => text],
    ['with the line breaks of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with a BOM', (text: string) => `\ufeff${text}`],
    ['without its last line break', (text: string) => text.trimEnd()],
  ] as const)
    it(`is read ${title}`, () =>
      assert.deepEqual(parseApprovals(change(renderApprovals([two, one], digest)), digest), {
        rules: [one, two],
        problems: [],
      }));

  const text = renderApprovals([one], digest);
  const faults: readonly (readonly [title: string, text: string, line: number, message: RegExp])[] = [
    ['that is something else', 'Hello\n', 1, /begins with/],
    ['whose text was changed', text.replace('\nA\n', '\nB\n'), 8, /digest is another/],
    ['whose digest was changed', text.replace(/sha256: ./, 'sha256: x'), 8, /expected here/],
    ['without a text', text.slice(0, text.indexOf('~~~')), 11, /text of .* is expected/],
    ['that was cut', text.slice(0, -4), 10, /no end/],
    ['that names a rule twice', text + text.slice(text.indexOf('\n## ')), 17, /twice/],
    ['that hides its rules', text.replace('\n\nWhat', '\n\n<!-- What'), 3, /no `<`/],
    ['that hides something behind a text', `${text}<!--\n`, 16, /may follow/],
  ];
  for (const [title, broken, line, message] of faults)
    it(`${title} approves nothing`, () => {
      const { rules, problems } = parseApprovals(broken, digest);
      assert.deepEqual([rules, problems.length, problems[0]?.line], [[], 1, line]);
      assert.match(problems[0]?.message ?? '', message);
    });

  it('gives back any text, and never throws for any file', () => {
    const word = fc.constantFrom('~~~', '~~~~', '## ', '\n', 'sha256: ', 'mdc', 'x', '---', ' ');
    const body = fc.array(word, { maxLength: 12 }).map((words) => `${words.join('').replaceAll('\r', '')}\n`);
    fc.assert(
      fc.property(body, body, (written, noise) => {
        const rule = { ruleId: 'a.mdc', text: written };
        assert.deepEqual(parseApprovals(renderApprovals([rule], digest), digest).rules, [rule]);
        parseApprovals(`# Approved rules\n${noise}`, digest);
      }),
    );
  });
});
