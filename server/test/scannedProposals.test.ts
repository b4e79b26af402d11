import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { ruleOf, runAct, withRule } from './actionSlice.ts';
import { answer } from './sampleSlice.ts';
import type { Slice, SliceOptions } from './sliceWorkspace.ts';

/** Speaks as ruff does: an error for each line with `eval(`, at its place. */
const scanner = `#!/usr/bin/env python3
import json, sys
found = []
for path in sys.argv[sys.argv.index("--") + 1:]:
    for row, line in enumerate(open(path), 1):
        if "eval(" in line:
            place = {"row": row, "column": line.index("eval(") + 1}
            found.append({"code": "S307", "filename": path, "message": "possibly insecure", "location": place, "end_location": place, "url": "https://docs.astral.sh/ruff/rules/x"})
print(json.dumps(found))
`;

const old = 'def old(x):\n    return eval(x)\n';
const bad = [...old.trimEnd().split('\n'), '', '', 'def fresh(x):', '    return eval(x + 1)'];
const good = ['# Moved.', ...old.trimEnd().split('\n'), '', '', 'def fresh(x):', '    return x + 1'];

function withScanner(
  answers: readonly (readonly string[])[],
  use: (slice: Slice) => Promise<void>,
  settings: SliceOptions['settings'] = {},
): Promise<void> {
  const whole = (lines: readonly string[]): ReturnType<typeof answer> =>
    answer(
      'src/b.py',
      '<<<<<<< SEARCH',
      ...old.trimEnd().split('\n'),
      '=======',
      ...lines,
      '>>>>>>> REPLACE',
    );
  return withRule(
    ruleOf('- type: generate', '  target: src/b.py', '  message: Do it.'),
    async (slice) => {
      chmodSync(join(slice.root, '.venv/bin/ruff'), 0o755);
      await use(slice);
    },
    {
      files: { 'src/b.py': old, '.venv/bin/ruff': scanner, '.gitignore': '.venv\n' },
      script: answers.map(whole),
      settings: { approval: 'auto', ...settings },
    },
  );
}

describe('scanners of the project', function () {
  this.timeout(60_000);
  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  it('tell what an edit brings in, and not what was there', () =>
    withScanner([bad], async (slice) => {
      const result = await runAct(slice);
      assert.equal(result.outcome, 'landed', result.message);
      const { findings = [], scans = [] } = result.view?.assessment ?? {};
      assert.deepEqual(
        findings.map(({ path, range, code, severity }) => [path, range.start.line, code, severity]),
        [['src/b.py', 5, 'ruff.S307', 'error']],
      );
      assert.deepEqual(
        scans.map(({ outcome, message }) => [outcome, message]),
        [['found', '1 new finding in src/b.py.']],
      );
      const shown = slice.running.engine.actionFindings(slice.root);
      assert.deepEqual(
        shown.map(({ path, message, rule }) => [path, message, rule]),
        [['src/b.py', 'possibly insecure', 'act']],
      );
    }));

  it('are told where they find nothing new', () =>
    withScanner([good], async (slice) => {
      const result = await runAct(slice);
      assert.equal(result.outcome, 'landed', result.message);
      assert.deepEqual(
        result.view?.assessment?.scans.map(({ outcome }) => outcome),
        ['clean'],
      );
    }));

  it('send an edit back to the model where new errors block, with the line', () =>
    withScanner(
      [bad, good],
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'landed', result.message);
        assert.equal(slice.models.requests.length, 2);
        assert.match(
          slice.models.requests[1]?.text ?? '',
          /line 6 brings in .*possibly insecure \(ruff\.S307\)/,
        );
        assert.match(slice.read('src/b.py') ?? '', /return x \+ 1/);
      },
      { generatedCode: { scan: 'block' } },
    ));

  it('are not asked where they are switched off', () =>
    withScanner(
      [bad],
      async (slice) => {
        const result = await runAct(slice);
        assert.equal(result.outcome, 'landed', result.message);
        assert.equal(result.view?.assessment, undefined);
      },
      { generatedCode: { scan: 'off' } },
    ));
});
