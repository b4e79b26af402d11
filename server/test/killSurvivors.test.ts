import assert from 'node:assert/strict';
import type { RunView } from '../protocol/viewState.ts';
import { withRule } from './actionSlice.ts';
import { neverAborted, type Slice } from './sliceWorkspace.ts';

const files = {
  'package.json': '{ "name": "shop", "type": "module" }\n',
  'src/price.js': `export function isFree(total) {
  return total >= 50;
}
`,
  'test/price.test.js': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFree } from '../src/price.js';

test('is free', () => {
  assert.equal(isFree(80), true);
  assert.equal(isFree(3), false);
});
`,
};
const rule = '---\nglobs: "src/*.js"\non: save\nactions:\n  - type: generate_tests\n---\n';
const answer = `test/price.generated.test.js
\`\`\`js
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFree } from '../src/price.js';

test('is free from 50 on', () => {
  assert.equal(isFree(50), true);
});

test('is not free for nothing', () => {
  assert.equal(isFree(0), false);
});
\`\`\`
`;

describe('what no test notices', function () {
  this.timeout(60_000);

  it('is found at its code, and a rule generates tests that notice it', () =>
    withRule(
      rule,
      async (slice) => {
        const { engine } = slice.running;
        const path = 'src/price.js';
        const bounds = { lines: [1], tests: [], seed: 1, maxMutants: 20, maxPerFunction: 20, maxSeconds: 50 };
        const { tested } = await engine.mutate({ root: slice.root, path, ...bounds }, neverAborted);
        assert.ok(tested.some(({ fate }) => fate.kind === 'killed'));
        const found = engine.actionFindings(slice.root);
        const boundary = found.find(({ message }) => message.includes('`>=` became `>`'));
        assert.deepEqual(boundary?.range.start, { line: 1, character: 15 });
        assert.deepEqual(
          [boundary?.severity, boundary?.code, boundary?.path],
          ['information', 'mutation.survived', path],
        );

        const survivors = [boundary?.mutant ?? ''];
        const started = await engine.killSurvivors({ root: slice.root, path, survivors }, neverAborted);
        assert.ok('run' in started, JSON.stringify(started));
        const asking = await viewThat(slice, started.run, 'approval');
        await engine.approve(slice.root, [asking], true);
        const view = await viewThat(slice, started.run, 'decision');
        const { candidates } = view;
        assert.deepEqual(
          candidates?.kept.map(({ name, kills }) => [name, (kills ?? 0) > 0]),
          [['is free from 50 on', true]],
        );
        const [request] = slice.models.requests;
        assert.match(JSON.stringify(request), /`>=` became `>` in line 2, `return total >= 50;`/u);

        await engine.decide({ run: started.run, accept: true }, neverAborted);
        assert.deepEqual(engine.actionFindings(slice.root), []);
      },
      {
        files,
        interactive: true,
        script: [{ kind: 'answer', text: answer }],
        settings: { generatedTests: { repetitions: 1, maxMutants: 20, maxSeconds: 50 } },
      },
    ));

  it('needs a rule that generates tests, and mutants that are still there', () =>
    withRule(
      rule,
      async ({ root, running: { engine } }) => {
        const request = { root, path: 'lib/other.js', survivors: ['x'] };
        const refused = await engine.killSurvivors(request, neverAborted);
        assert.ok('refused' in refused);
        assert.match(refused.refused, /No active rule generates tests for lib\/other\.js/u);
      },
      { files },
    ));
});

/** The run as it waits for a person. */
function viewThat(slice: Slice, run: string, what: 'approval' | 'decision'): Promise<RunView> {
  const { engine } = slice.running;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const view = engine.viewState().runs.find((each) => each.run === run);
      if (view === undefined || (view.waitingOn !== what && view.phase !== 'finished')) return;
      stop();
      if (view.waitingOn === what) resolve(view);
      else reject(new Error(`It ended: ${view.message ?? ''}`));
    };
    const stop = engine.onDidChangeView(look);
    look();
  });
}
