import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  checkRule,
  expandMarks,
  readProblemFixtures,
  type ProblemFixture,
} from '../../../test/problemFixtures.ts';
import { fixAll } from '../fixes/fixAll.ts';
import { problemCodes } from '../severities/problemCodes.ts';

const fixtures = readProblemFixtures();

async function codesOf(fixture: ProblemFixture, text: string): Promise<readonly string[]> {
  const { problems } = await checkRule(fixture, text);
  return problems.map(({ code }) => code);
}

describe('the problems of rule files', () => {
  it('are those that have a fixture', () => {
    assert.deepEqual(fixtures.map(({ code }) => code).toSorted(), [...problemCodes.keys()].toSorted());
  });

  for (const fixture of fixtures) {
    const { code, good, bad } = fixture;
    it(`${code} is not in the good example, and nothing else is`, async () => {
      const codes = await codesOf(fixture, good);
      assert.deepEqual(codes, []);
    });

    for (const { name, text, fixed } of bad) {
      it(`${code} is in ${name}, in its place`, async () => {
        const { problems, document } = await checkRule(fixture, text);
        const found = problems.filter((problem) => problem.code === code);
        assert.notEqual(found.length, 0, JSON.stringify(problems));
        for (const { span, message } of found) {
          assert.ok(span.start <= span.end && span.end <= document.text.length);
          assert.match(message, /^\S.*[.?]$/su);
        }
      });

      it(`${code} in ${name} is ${fixed === undefined ? 'left to its author' : 'fixed to the byte'}`, async () => {
        const { problems, document } = await checkRule(fixture, text);
        const mine = problems.filter((problem) => problem.code === code);
        const after = fixAll(document, mine);
        assert.equal(after.document.text, fixed ?? document.text);
        if (fixed === undefined) return;
        const left = await codesOf(fixture, fixed);
        assert.ok(!left.includes(code), left.join());
        const before = problems.map((problem) => problem.code);
        assert.deepEqual(
          left.filter((each) => !before.includes(each)),
          [],
        );
      });
    }
  }
});

describe('docs/rules/problems.md', () => {
  const page = readFileSync(new URL('../../../../docs/rules/problems.md', import.meta.url), 'utf8');
  const sections = new Map(
    page
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.split('\n', 1)[0] ?? '', section]),
  );
  const example = /(Bad|Good):\n\n```\n([\s\S]*?)\n```(?:\n|$)/g;

  it('has a section for every code, and no other', () => {
    assert.deepEqual([...sections.keys()], [...problemCodes.keys()]);
  });

  for (const fixture of fixtures) {
    it(`shows ${fixture.code} by examples that are right`, async () => {
      const section = sections.get(fixture.code) ?? '';
      const examples = Array.from(section.matchAll(example), ([, kind = '', text = '']) => ({ kind, text }));
      assert.deepEqual(
        examples.map(({ kind }) => kind),
        ['Bad', 'Good'],
      );
      const severity = problemCodes.get(fixture.code);
      assert.match(section, new RegExp(`^Severity: ${severity}\\b`, 'm'));
      // A file that is no text cannot be shown on a page.
      if (fixture.code === 'rule.unreadable') return;
      for (const { kind, text } of examples) {
        const codes = await codesOf(fixture, expandMarks(text));
        assert.equal(codes.includes(fixture.code), kind === 'Bad', `${kind}: ${codes.join()}`);
      }
    });
  }
});
