import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recordedReport } from '../../test/recordedReports.ts';
import { addedFindings } from './addedFindings.ts';
import { auditsOf } from './auditors.ts';
import { bandit } from './bandit.ts';
import { eslintSecurity } from './eslintSecurity.ts';
import { ruff } from './ruff.ts';
import type { ScanFinding, Scanner, ScannerFound } from './scanner.ts';
import { scanners } from './scannerList.ts';

function render({ path, range, severity, rule }: ScanFinding): string {
  return `${path}:${range.start.line + 1}:${range.start.character + 1} ${severity} ${rule}`;
}

interface Recorded {
  readonly scanner: Scanner;
  readonly report: string;
  readonly findings: readonly string[];
  readonly looked?: readonly string[];
}

const recorded: readonly Recorded[] = [
  {
    scanner: ruff,
    report: 'ruff/0.17.6/risky.json',
    findings: [
      'risky.py:5:5 error S602',
      'risky.py:6:5 warning S324',
      'risky.py:7:5 error S506',
      'risky.py:8:5 warning S113',
      'risky.py:8:30 error S501',
      'risky.py:9:5 information S101',
      'risky.py:10:5 error S307',
      'risky.py:11:16 error S105',
      'risky.py:13:5 error S602',
      'risky.py:14:12 error S301',
    ],
  },
  { scanner: ruff, report: 'ruff/0.17.6/plain.json', findings: [] },
  { scanner: ruff, report: 'ruff/0.17.6/broken.json', findings: [] },
  {
    scanner: bandit,
    report: 'bandit/1.9.4/risky.json',
    findings: [
      'risky.py:1:1 information B403',
      'risky.py:5:5 error B602',
      'risky.py:6:5 error B324',
      'risky.py:7:5 warning B506',
      'risky.py:8:5 error B501',
      'risky.py:8:5 warning B113',
      'risky.py:9:5 information B101',
      'risky.py:10:5 warning B307',
      'risky.py:11:16 information B105',
      'risky.py:13:5 error B602',
      'risky.py:14:12 warning B301',
    ],
    looked: ['./plain.py', './risky.py'],
  },
  { scanner: bandit, report: 'bandit/1.9.4/plain.json', findings: [], looked: ['./plain.py'] },
  { scanner: bandit, report: 'bandit/1.9.4/broken.json', findings: [], looked: [] },
  { scanner: bandit, report: 'bandit/1.9.4/missing.json', findings: [], looked: [] },
  {
    scanner: eslintSecurity,
    report: 'eslint-security/4.1.0/risky.json',
    findings: [
      'risky.js:4:3 error detect-child-process',
      'risky.js:5:3 error detect-eval-with-expression',
      'risky.js:6:3 information detect-non-literal-fs-filename',
      'risky.js:7:3 warning detect-non-literal-regexp',
      'risky.js:9:3 warning detect-unsafe-regex',
      'risky.js:11:10 information detect-object-injection',
      'typed.ts:2:3 error detect-eval-with-expression',
      'typed.ts:3:10 information detect-object-injection',
    ],
    looked: ['risky.js', 'typed.ts'],
  },
  {
    scanner: eslintSecurity,
    report: 'eslint-security/4.1.0/noParser.json',
    findings: [
      'risky.js:4:3 error detect-child-process',
      'risky.js:5:3 error detect-eval-with-expression',
      'risky.js:6:3 information detect-non-literal-fs-filename',
      'risky.js:7:3 warning detect-non-literal-regexp',
      'risky.js:9:3 warning detect-unsafe-regex',
      'risky.js:11:10 information detect-object-injection',
    ],
    looked: ['risky.js'],
  },
  { scanner: eslintSecurity, report: 'eslint-security/4.1.0/broken.json', findings: [], looked: [] },
  { scanner: eslintSecurity, report: 'eslint-security/4.1.0/missing.json', findings: [], looked: [] },
];

const plain = (path: string): string => path.replace('/workspace/', '');

describe('scanners', () => {
  for (const { scanner, report, findings, looked } of recorded) {
    it(`read ${report}`, () => {
      const reading = scanner.read({ text: recordedReport(report), exitCode: 0 });
      assert.ok(reading.kind === 'read');
      assert.deepEqual(
        reading.findings.map((finding) => render({ ...finding, path: plain(finding.path) })),
        findings,
      );
      assert.ok(reading.findings.every(({ learnMore }) => learnMore?.startsWith('https://')));
      assert.deepEqual(reading.looked?.map(plain), looked);
    });
  }

  for (const scanner of scanners) {
    it(`${scanner.id} takes what is cut, garbled or of another form for no report`, () => {
      const [{ report } = { report: '' }] = recorded.filter((one) => one.scanner === scanner);
      const text = recordedReport(report).trimEnd();
      for (let end = 0; end < text.length; end += 97)
        assert.equal(scanner.read({ text: text.slice(0, end), exitCode: 2 }).kind, 'unreadable');
      for (const odd of ['', 'null', '0', '"x"', 'Traceback', '\u0000', '[', '{}{}'])
        assert.equal(scanner.read({ text: odd, exitCode: 2 }).kind, 'unreadable', odd);
      fc.assert(
        fc.property(fc.json(), (json) => {
          const reading = scanner.read({ text: json, exitCode: 0 });
          if (reading.kind === 'read')
            assert.ok(reading.findings.every(({ range }) => range.start.line >= 0));
        }),
      );
    });

    it(`${scanner.id} is given files after the options`, () => {
      const { argv, display } = scanner.command({
        program: ['tool'],
        files: ['--fix', 'a b'],
        support: '/s',
      });
      assert.deepEqual(argv.slice(-3), ['--', '--fix', 'a b']);
      assert.match(display, /--fix a b$/);
    });
  }

  it('takes asserts in tests for none', () => {
    const one = { code: 'S101', message: 'm', location: { row: 1, column: 1 }, end_location: {} };
    const text = JSON.stringify(
      ['tests/test_a.py', 'a_test.py', 'src/a.py'].map((filename) => ({ ...one, filename })),
    );
    const reading = ruff.read({ text, exitCode: 0 });
    assert.ok(reading.kind === 'read');
    assert.deepEqual(
      reading.findings.map(({ path }) => path),
      ['src/a.py'],
    );
  });

  it('shows no link that a report made up', () => {
    for (const url of ['javascript:alert(1)', 'http://x', 'https://x/ y', 'command:x', 'https://x/"><b>']) {
      const found = { code: 'S602', filename: 'a.py', message: 'm', location: {}, end_location: {}, url };
      const reading = ruff.read({ text: JSON.stringify([found]), exitCode: 0 });
      assert.ok(reading.kind === 'read');
      assert.deepEqual(
        reading.findings.map(({ learnMore }) => learnMore),
        [undefined],
      );
    }
  });

  const places: readonly (readonly [
    Scanner,
    Readonly<Record<string, string>>,
    ScannerFound['kind'] | undefined,
  ])[] = [
    [ruff, {}, undefined],
    [ruff, { '.venv/bin/ruff': '' }, 'file'],
    [ruff, { 'ruff.toml': '' }, 'onPath'],
    [ruff, { 'pyproject.toml': '[tool.ruff.lint]\n' }, 'onPath'],
    [ruff, { 'pyproject.toml': '[dependency-groups]\ndev = ["ruff>=0.9"]' }, 'onPath'],
    [ruff, { 'pyproject.toml': '[project]\nname = "rough"' }, undefined],
    [bandit, { 'venv/bin/bandit': '' }, 'module'],
    [bandit, {}, undefined],
    [eslintSecurity, { 'node_modules/eslint/package.json': '' }, undefined],
    [eslintSecurity, { 'node_modules/eslint-plugin-security/package.json': '' }, 'missing'],
    [
      eslintSecurity,
      { 'node_modules/eslint/package.json': '', 'node_modules/eslint-plugin-security/package.json': '' },
      'npm',
    ],
  ];
  for (const [scanner, files, kind] of places)
    it(`${scanner.id} is ${kind ?? 'not'} found by ${Object.keys(files).join(' and ') || 'nothing'}`, async () => {
      const found = await scanner.find({
        exists: async (path) => path in files,
        text: async (name) => files[name],
      });
      assert.equal(found?.kind, kind);
    });
});

describe('addedFindings', () => {
  const finding = (line: number, code = 'x.Y'): Parameters<typeof addedFindings>[0]['findings'][number] => ({
    path: 'a.py',
    range: { start: { line, character: 0 }, end: { line, character: 1 } },
    severity: 'error',
    code,
    message: 'm',
  });
  const side = (text: string, ...lines: readonly number[]): Parameters<typeof addedFindings>[0] => ({
    findings: lines.map((line) => finding(line)),
    texts: new Map([['a.py', text]]),
  });
  const linesOf = (found: ReturnType<typeof addedFindings>): readonly number[] =>
    found.map(({ range }) => range.start.line);

  it('leaves out what moved', () =>
    assert.deepEqual(linesOf(addedFindings(side('eval(x)', 0), side('\n\n  eval(x)', 2))), []));
  it('counts one more of the same', () =>
    assert.deepEqual(linesOf(addedFindings(side('eval(x)', 0), side('eval(x)\neval(x)', 0, 1))), [1]));
  it('shows what became another line', () =>
    assert.deepEqual(linesOf(addedFindings(side('eval(x)', 0), side('eval(y)', 0))), [0]));
});

describe('auditsOf', () => {
  it('names what would ask a server, for manifests alone', () => {
    assert.deepEqual(auditsOf(['src/a.ts']), []);
    assert.deepEqual(
      auditsOf(['package.json', 'sub/pyproject.toml', 'Cargo.toml', 'go.mod']).map(({ scanner }) => scanner),
      ['npm audit', 'pip-audit', 'cargo audit', 'govulncheck'],
    );
    assert.match(auditsOf(['package.json'])[0]?.message ?? '', /^Not run: .*npm audit/);
  });
});
