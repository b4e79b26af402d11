import assert from 'node:assert/strict';
import { parseXml } from '@rgrove/parse-xml';
import type { Severity } from '../../protocol/text.ts';
import { renderJunit } from './renderJunit.ts';

const showPath = (path: string): string => path;

describe('renderJunit', () => {
  it('has a suite per file, a case per finding, and failures for errors alone', () => {
    const findings = [finding('a.js', 'error', 'Bad.'), finding('b.js', 'warning', 'Odd.')];
    assert.equal(
      renderJunit({ findings, showPath }),
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="codegen-lab" tests="2" failures="1" errors="0">',
        '  <testsuite name="a.js" tests="1" failures="1" errors="0">',
        '    <testcase classname="a.js" name="2:3 check.reject (r)" file="a.js" line="2"><failure type="error" message="Bad.">a.js:2:3: Bad.</failure></testcase>',
        '  </testsuite>',
        '  <testsuite name="b.js" tests="1" failures="0" errors="0">',
        '    <testcase classname="b.js" name="2:3 check.reject (r)" file="b.js" line="2"><system-out>warning: b.js:2:3: Odd.</system-out></testcase>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  it('has one case that passed where nothing is found', () => {
    assert.match(
      renderJunit({ findings: [], showPath }),
      /tests="1" failures="0" errors="0">\n.*\n.*name="No problems"/,
    );
  });

  for (const odd of [
    '"&<>\'',
    ']]>',
    'line\nbreak',
    '\u0000\u001B[31m\u0007',
    '\uFFFE\uFFFF',
    '\uD800',
    'ü😀',
  ])
    it(`is read back as XML whatever it says: ${JSON.stringify(odd)}`, () => {
      const report = renderJunit({ findings: [finding(`${odd}.js`, 'error', `so ${odd}`)], showPath });
      assert.doesNotMatch(report, /[^\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
      const { root } = parseXml(report);
      assert.equal(root?.name, 'testsuites');
    });
});

function finding(path: string, severity: Severity, message: string) {
  const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } };
  return { path, severity, message, range, code: 'check.reject', rule: 'r' };
}
