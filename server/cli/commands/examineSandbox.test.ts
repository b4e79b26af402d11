import assert from 'node:assert/strict';
import type { SandboxReport } from '../../engine/ports/sandboxExam.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';
import { createPaint } from '../render/paint.ts';
import { examineSandbox } from './examineSandbox.ts';

const never = new AbortController().signal;
const holds = { id: 'network', claim: 'No network.', holds: true, seen: 'It was refused.', remedy: '' };
const fails = {
  id: 'root',
  claim: 'No root.',
  holds: false,
  seen: 'It got\u0007 through.',
  remedy: 'Do this.',
};
const absent = {
  id: 'start',
  claim: 'The sandbox starts.',
  holds: false,
  seen: 'bwrap is not installed.',
  remedy: 'Install it.',
};

async function show(report: SandboxReport): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const code = await examineSandbox(
    { json: false },
    {
      sandbox: { examine: () => Promise.resolve(report) },
      output: {
        stdout: (more) => void (text += more),
        stderr: () => undefined,
        stdoutIsTerminal: false,
        stderrIsTerminal: false,
      },
      paints: { stdout: createPaint(false), stderr: createPaint(false) },
    },
    never,
  );
  return { code, text };
}

describe('codegen-lab sandbox doctor', () => {
  const cases: readonly (readonly [
    string,
    SandboxReport,
    { readonly code: number; readonly text: string },
  ])[] = [
    [
      'ends well where all holds',
      { how: 'bubblewrap', checks: [holds] },
      { code: 0, text: 'holds  No network.\n\nAll 1 hold (bubblewrap).\n' },
    ],
    [
      'says what got through, and what to do',
      { how: 'bubblewrap', checks: [holds, fails] },
      {
        code: 1,
        text: 'holds  No network.\nfails  No root.\n       It got\\u{7} through.\n       Do this.\n\n1 of 2 do not hold. Let no rule run what a model wrote on this machine until they do.\n',
      },
    ],
    [
      'says what to install',
      { how: undefined, checks: [absent] },
      {
        code: 1,
        text: 'fails  The sandbox starts.\n       bwrap is not installed.\n       Install it.\n\nWithout a sandbox, what a model wrote does not run here unless a person has seen it and said so.\n',
      },
    ],
  ];
  for (const [name, report, expected] of cases)
    it(name, async () => assert.deepEqual(await show(report), expected));

  it('tries the real one', async function () {
    this.timeout(60_000);
    const workspace = new RuleCommandWorkspace({});
    try {
      const { code, stdout } = await workspace.run('sandbox doctor --json');
      const report = JSON.parse(stdout) as SandboxReport;
      assert.equal(code, report.checks.every((check) => check.holds) ? 0 : 1);
      assert.ok(report.checks.some(({ id }) => id === 'start'));
    } finally {
      workspace.remove();
    }
  });
});
