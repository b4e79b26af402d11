import assert from 'node:assert/strict';
import type { ProposedFile } from '../../../protocol/runEvents.ts';
import type { Syntax, SyntaxFile } from '../../ports/syntax.ts';
import { checkGates } from './checkGates.ts';
import type { GateResult } from './gate.ts';

/** Parses whatever does not say BROKEN, and knows no .rs files. */
class WordSyntax implements Syntax {
  readonly asked: SyntaxFile[] = [];

  async check(file: SyntaxFile): ReturnType<Syntax['check']> {
    this.asked.push(file);
    if (file.path.endsWith('.rs'))
      return { kind: 'notChecked', reason: 'no parser for .rs files is at hand' };
    const [first, ...others] = file.text
      .split('\n')
      .flatMap((text, line) => (text.includes('BROKEN') ? [{ line, message: 'unexpected word' }] : []));
    return first === undefined ? { kind: 'parsed' } : { kind: 'broken', faults: [first, ...others] };
  }

  async parse(): ReturnType<Syntax['parse']> {
    return { kind: 'none', reason: 'words have no trees' };
  }
}

const isTest = (path: string): boolean => path.startsWith('tests/') || path.endsWith('conftest.py');

async function check(
  files: readonly ProposedFile[],
  signal = new AbortController().signal,
): Promise<readonly GateResult[]> {
  return checkGates(files, { syntax: new WordSyntax(), isAllowed: isTest }, signal);
}

interface Refusal {
  readonly name: string;
  readonly file: ProposedFile;
  readonly gate: string;
  readonly note: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    name: 'a path that leaves the folder',
    file: { path: 'tests/../../x.py', after: '' },
    gate: 'paths',
    note: /leaves/,
  },
  { name: 'an absolute path', file: { path: '/etc/passwd', after: '' }, gate: 'paths', note: /absolute/ },
  {
    name: 'a path that is not written as it will be used',
    file: { path: './tests/a.py', after: '' },
    gate: 'paths',
    note: /as tests\/a\.py/,
  },
  {
    name: 'a file that the action may not write',
    file: { path: 'src/a.py', after: '' },
    gate: 'paths',
    note: /only write/,
  },
  {
    name: 'a protected file, even where the action allows it',
    file: { path: 'tests/conftest.py', after: '' },
    gate: 'paths',
    note: /protected/,
  },
  {
    name: 'a protected file that is deleted',
    file: { path: 'tests/package.json', before: '{}' },
    gate: 'paths',
    note: /protected/,
  },
  {
    name: 'a file of more than 1 MiB',
    file: { path: 'tests/a.py', after: 'é'.repeat(600_000) },
    gate: 'size',
    note: /1 MiB/,
  },
  { name: 'a file with NUL', file: { path: 'tests/a.py', after: 'a\u0000' }, gate: 'size', note: /NUL/ },
  {
    name: 'a file with half a character',
    file: { path: 'tests/a.py', after: 'a\uD800' },
    gate: 'size',
    note: /half/,
  },
  {
    name: 'a new file that does not parse',
    file: { path: 'tests/a.py', after: 'a\nBROKEN' },
    gate: 'syntax',
    note: /line 2 does not parse: unexpected word/,
  },
  {
    name: 'a key',
    file: { path: 'tests/a.py', before: 'a', after: `a\nkey = "AKIA${'B'.repeat(16)}"` },
    gate: 'secrets',
    note: /^line 2 holds what looks like a key/,
  },
  {
    name: 'a placeholder of a secret that was taken apart',
    file: {
      path: 'tests/a.py',
      before: 'a = "MASKED_1_"',
      after: 'a = "MASKED_1_"\nb = "MASKED_API_KEY_2_xx"',
    },
    gate: 'secrets',
    note: /^line 2 holds a changed placeholder/,
  },
  {
    name: 'a file that parsed before',
    file: { path: 'tests/a.py', before: 'a', after: 'BROKEN' },
    gate: 'syntax',
    note: /line 1/,
  },
];

describe('checkGates', () => {
  it('passes a good file through each gate in order', async () => {
    const results = await check([{ path: 'tests/a.py', after: 'a\n' }]);
    assert.deepEqual(
      results,
      ['paths', 'size', 'syntax', 'secrets', 'tests'].map((gate) => ({
        gate,
        path: 'tests/a.py',
        outcome: 'passed',
        note: '',
      })),
    );
  });

  for (const { name, file, gate, note } of refusals) {
    it(`refuses ${name}, and asks no further gate`, async () => {
      const last = (await check([file])).at(-1);
      assert.deepEqual({ gate: last?.gate, outcome: last?.outcome }, { gate, outcome: 'refused' });
      assert.match(last?.note ?? '', note);
    });
  }

  it('gives all reasons at once', async () => {
    const results = await check([
      { path: 'src/a.py', after: '' },
      { path: 'tests/b.py', after: 'BROKEN' },
      { path: 'tests/c.py', after: '' },
    ]);
    const refused = results.filter((result) => result.outcome === 'refused');
    assert.deepEqual(
      refused.map(({ gate, path }) => [gate, path]),
      [
        ['paths', 'src/a.py'],
        ['syntax', 'tests/b.py'],
      ],
    );
  });

  it('says where no parser is at hand, and lets a file stay broken that was', async () => {
    const results = await check([{ path: 'tests/a.rs', after: 'x' }]);
    const unknown = results.find(({ gate }) => gate === 'syntax');
    assert.deepEqual(unknown, {
      gate: 'syntax',
      path: 'tests/a.rs',
      outcome: 'notChecked',
      note: 'syntax not checked: no parser for .rs files is at hand',
    });
    const both = await check([{ path: 'tests/a.py', before: 'BROKEN', after: 'b BROKEN' }]);
    const broken = both.find(({ gate }) => gate === 'syntax');
    assert.equal(broken?.outcome, 'notChecked');
    assert.match(broken?.note ?? '', /did not parse before either; line 1/);
  });

  it('refuses a new break in a file that was broken already', async () => {
    const moved = { path: 'tests/a.py', before: 'x BROKEN', after: 'y\nx BROKEN' };
    assert.ok((await check([moved])).every(({ outcome }) => outcome !== 'refused'));
    const worse = (await check([{ ...moved, after: 'x BROKEN\ny BROKEN' }])).at(-1);
    assert.equal(worse?.outcome, 'refused');
    assert.match(worse?.note ?? '', /line 2 does not parse: unexpected word; .* for other reasons/);
  });

  it('lets keys stand that are there already, and passwords in addresses of tests', async () => {
    const key = `key = "AKIA${'B'.repeat(16)}"`;
    const results = await check([
      { path: 'tests/a.py', before: key, after: `a\n  ${key}` },
      { path: 'tests/b.py', after: 'get("http://user:password@localhost/")' },
    ]);
    assert.ok(results.every(({ outcome }) => outcome !== 'refused'));
  });

  it('says so when tests cannot be compared', async () => {
    const last = (await check([{ path: 'tests/a.py', before: 'a', after: 'b' }])).at(-1);
    assert.deepEqual([last?.gate, last?.outcome], ['tests', 'notChecked']);
    assert.match(last?.note ?? '', /words have no trees/);
  });

  it('passes on how a file is read', async () => {
    const syntax = new WordSyntax();
    await checkGates(
      [{ path: 'tests/a.js', after: '' }],
      { syntax, isAllowed: isTest, moduleTypeOf: () => 'module' },
      new AbortController().signal,
    );
    assert.equal(syntax.asked[0]?.moduleType, 'module');
  });

  it('refuses what is left when the run is stopped', async () => {
    const results = await check([{ path: 'tests/a.py', after: '' }], AbortSignal.abort());
    assert.ok(results.every((result) => result.outcome === 'refused'));
  });

  it('refuses more files than anyone would look at', async () => {
    const files = Array.from({ length: 60 }, (_, at): ProposedFile => ({
      path: `tests/${at}.py`,
      after: '',
    }));
    assert.deepEqual(
      (await check(files)).map(({ gate, outcome }) => [gate, outcome]),
      [['size', 'refused']],
    );
  });
});
