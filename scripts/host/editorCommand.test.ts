import assert from 'node:assert/strict';
import { parseEditorArguments, runEditorCommand } from './editorCommand.ts';

describe('parseEditorArguments', () => {
  const needed = ['--extensionDevelopmentPath=/e', '--extensionTestsPath=/t=1.cjs', '/w'];
  const cases: readonly (readonly [string, readonly string[], ReturnType<typeof parseEditorArguments>])[] = [
    ['what is needed', needed, { folder: '/w', extension: '/e', tests: '/t=1.cjs' }],
    [
      'what runTests adds',
      ['--no-sandbox', '--disable-workspace-trust', ...needed, '--user-data-dir=/u', '--extensions-dir=/x'],
      { folder: '/w', extension: '/e', tests: '/t=1.cjs', userFolder: '/u', extensionsFolder: '/x' },
    ],
  ];
  for (const [title, args, expected] of cases) {
    it(`reads ${title}`, () => assert.deepEqual(parseEditorArguments(args), expected));
  }

  for (const missing of needed) {
    it(`asks for ${missing}`, () => {
      const answer = parseEditorArguments(needed.filter((arg) => arg !== missing));
      assert.ok(typeof answer === 'string');
      assert.match(answer, /^Usage: /);
    });
  }
});

describe('runEditorCommand', () => {
  it('refuses a version that it does not know', async () => {
    process.env['CODEGEN_LAB_HOST_VERSION'] = '1.0.0';
    try {
      assert.equal(
        await runEditorCommand(['--extensionDevelopmentPath=/e', '--extensionTestsPath=/t', '/w']),
        2,
      );
    } finally {
      delete process.env['CODEGEN_LAB_HOST_VERSION'];
    }
  });
});
