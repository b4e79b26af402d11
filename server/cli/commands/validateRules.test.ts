import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../protocol/text.ts';
import { createWorkspacePaths } from '../../engine/rules/globs/workspacePaths.ts';
import { isLivePath, readLiveFolders } from '../../engine/rules/rulePaths.ts';
import { createRuleStore } from '../../engine/rules/ruleStore.ts';
import { createInMemoryFiles } from '../../test/inMemoryFiles.ts';
import { RuleCommandWorkspace } from '../../test/ruleCommandLine.ts';
import { unsetSettings } from '../../engine/settings.ts';

const good = '---\ndescription: Good\nalwaysApply: true\n---\nBe kind.\n';
const typo = '---\nglobs: src/**\non: saved\n---\nText\n';
const unknown = 'rule.unknown-event';
const warned = '---\ndescription: A\ndescription: A\nalwaysApply: true\n---\nText\n';

/** The parts of a SARIF log that its schema asks for. */
interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: readonly { readonly physicalLocation: unknown }[];
    }[];
  }[];
}

describe('clctl validate-rules', () => {
  let workspace: RuleCommandWorkspace;
  beforeEach(() => {
    workspace = new RuleCommandWorkspace({
      '.cursor/rules/good.mdc': good,
      '.cursor/rules/typo.mdc': typo,
      'sub/.cursor/rules/warned.mdc': warned,
      'src/a.ts': '',
    });
  });
  afterEach(() => workspace.remove());

  it('shows the problems of all rule files, and fails for an error', async () => {
    const { code, stdout } = await workspace.run('ctl validate-rules');
    assert.equal(code, 1);
    assert.match(stdout, /^\.cursor\/rules\/typo\.mdc\n {2}3:5 {2}error {2}`saved` is no known event/m);
    assert.match(stdout, /^sub\/\.cursor\/rules\/warned\.mdc\n {2}3:1 {2}warning/m);
    assert.match(stdout, /1 error, 1 warning\n$/);
  });

  const chosen: readonly (readonly [words: string, paths: readonly string[], code: number])[] = [
    ['.cursor/rules/good.mdc', [], 0],
    ['sub', ['sub/.cursor/rules/warned.mdc'], 0],
    ['sub --max-warnings 0', ['sub/.cursor/rules/warned.mdc'], 1],
    ['sub --max-warnings 1', ['sub/.cursor/rules/warned.mdc'], 0],
    ['. --max-warnings 5', ['.cursor/rules/typo.mdc', 'sub/.cursor/rules/warned.mdc'], 1],
  ];
  for (const [words, paths, code] of chosen) {
    it(`looks at what is named, in the order of paths: ${words}`, async () => {
      const ended = await workspace.run(`ctl validate-rules ${words} --json`);
      assert.equal(ended.code, code, ended.stderr);
      const findings = JSON.parse(ended.stdout) as readonly Finding[];
      assert.deepEqual([...new Set(findings.map(({ path }) => path))], paths);
    });
  }

  const severities: readonly (readonly [word: string, shown: string | undefined, code: number])[] = [
    ['error', 'error', 1],
    ['warning', 'warning', 0],
    ['information', 'information', 0],
    ['hint', 'hint', 0],
    ['off', undefined, 0],
  ];
  for (const [word, shown, code] of severities) {
    it(`shows problems as the settings say, and ends accordingly: ${word}`, async () => {
      const settings = { ...unsetSettings, rules: { ...unsetSettings.rules, problems: { [unknown]: word } } };
      const line = { environment: { settings, problems: [], unknown: [] } };
      const ended = await workspace.run('ctl validate-rules .cursor/rules/typo.mdc --json', { line });
      const findings = JSON.parse(ended.stdout) as readonly Finding[];
      const expected = shown === undefined ? [] : [[unknown, shown]];
      assert.deepEqual(
        findings.map((finding) => [finding.code, finding.severity]),
        expected,
      );
      assert.equal(ended.code, code, ended.stderr);
      const listed = await workspace.run('ctl rule show typo --json', { line });
      assert.match(listed.stdout, /"active": false/);
    });
  }

  it('raises a hint to an error that fails, and warnings that count', async () => {
    const raised = async (severity: string, words: string): Promise<number> => {
      const settings = {
        ...unsetSettings,
        rules: { ...unsetSettings.rules, problems: { 'rule.duplicate-key': severity } },
      };
      const line = { environment: { settings, problems: [], unknown: [] } };
      return (await workspace.run(`ctl validate-rules sub ${words}`, { line })).code;
    };
    assert.deepEqual(
      [
        await raised('error', ''),
        await raised('hint', '--max-warnings 0'),
        await raised('warning', '--max-warnings 0'),
      ],
      [1, 0, 1],
    );
  });

  it('says of a file outside of live folders what the editor shows, whatever folders are live', async () => {
    const body = 'Prefer plain words. Say what happened, and what to do next. Never blame the reader.\n';
    const text = `---\nglobs: none/*.ts\n---\n${body}`;
    const paths = ['.cursor/rules/a.mdc', '.cursor/drafts/b.mdc', 'docs/rules/c.mdc', 'lib/d.mdc'];
    const files = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`src/${name}.ts`, '']));
    const copies = new RuleCommandWorkspace({
      ...files,
      ...Object.fromEntries(paths.map((path) => [path, text])),
    });
    try {
      for (const folders of [[], ['docs/rules'], ['docs', 'lib']]) {
        const settings = { ...unsetSettings, rules: { ...unsetSettings.rules, folders } };
        const line = { environment: { settings, problems: [], unknown: [] } };
        const { stdout } = await copies.run('ctl validate-rules --json', { line });
        const found = JSON.parse(stdout) as readonly Finding[];
        const store = createRuleStore({
          files: createInMemoryFiles(Object.fromEntries(paths.map((path) => [path, text]))),
          root: '/w',
          paths: () => createWorkspacePaths([...paths, ...Object.keys(files)]),
        });
        store.useFolders(folders);
        await store.load(new AbortController().signal);
        const expected = paths
          .toSorted()
          .flatMap((path) => store.typed.problems(path).map(({ code, message }) => [path, code, message]));
        assert.deepEqual(
          found.map(({ path, code, message }) => [path, code, message]),
          expected,
        );
        assert.deepEqual(
          paths.filter((path) => !found.some((each) => each.path === path)),
          paths.filter((path) => !isLivePath(path, readLiveFolders(folders))),
        );
      }
    } finally {
      copies.remove();
    }
  });

  it('says what is no rule file', async () => {
    const { code, stderr } = await workspace.run('ctl validate-rules src/a.ts');
    assert.equal(code, 2);
    assert.match(stderr, /src\/a\.ts is no rule file/);
  });

  it('applies the fixes that are certain and tells what is left', async () => {
    const { code, stdout, stderr } = await workspace.run('ctl validate-rules sub --fix');
    assert.deepEqual([code, stdout], [0, 'No problems.\n']);
    assert.match(stderr, /1 file written/);
    assert.equal(workspace.read('sub/.cursor/rules/warned.mdc'), warned.replace('description: A\n', ''));
    assert.equal(workspace.read('.cursor/rules/typo.mdc'), typo);
  });

  it('writes SARIF 2.1.0', async () => {
    const { stdout } = await workspace.run('ctl validate-rules --format sarif');
    const log = JSON.parse(stdout) as SarifLog;
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    assert.ok(run);
    assert.equal(run.tool.driver.name, 'Codegen Lab');
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }) => id),
      ['rule.duplicate-key', 'rule.unknown-event'],
    );
    assert.deepEqual(run.results[0]?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: '.cursor/rules/typo.mdc', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 10 },
    });
    for (const { ruleId, ruleIndex, level } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId);
      assert.ok(['error', 'warning', 'note'].includes(level));
    }
  });

  it('writes annotations of GitHub Actions', async () => {
    const { stdout } = await workspace.run('ctl validate-rules --format github');
    const [first, second] = stdout.split('\n');
    assert.match(
      first ?? '',
      /^::error file=\.cursor\/rules\/typo\.mdc,line=3,endLine=3,col=5,endColumn=9,title=rule\.unknown-event::`saved`/,
    );
    assert.match(second ?? '', /^::warning file=sub\//);
  });

  it('checks a file outside of any workspace, and nothing beside it', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-alone-')));
    try {
      writeFileSync(join(folder, 'a.mdc'), typo);
      writeFileSync(join(folder, 'b.mdc'), typo);
      const { code, stdout } = await workspace.run([
        'ctl',
        'validate-rules',
        join(folder, 'a.mdc'),
        '--json',
      ]);
      assert.equal(code, 1);
      const findings = JSON.parse(stdout) as readonly Finding[];
      assert.deepEqual(
        findings.map(({ path, code: problem }) => [path, problem]),
        [['a.mdc', 'rule.unknown-event']],
      );
      writeFileSync(
        join(folder, 'a.mdc'),
        typo.replace('on:', '# codegen-lab-ignore rule.unknown-event: x\non:'),
      );
      const silenced = await workspace.run(['ctl', 'validate-rules', join(folder, 'a.mdc'), '--json']);
      assert.deepEqual([silenced.code, silenced.stdout], [0, '[]\n']);
      writeFileSync(join(folder, 'a.mdc'), typo);
      const settings = {
        ...unsetSettings,
        rules: { ...unsetSettings.rules, problems: { [unknown]: 'off' } },
      };
      const line = { environment: { settings, problems: [], unknown: [] } };
      const hidden = await workspace.run(['ctl', 'validate-rules', join(folder, 'a.mdc'), '--json'], {
        line,
      });
      assert.deepEqual([hidden.code, hidden.stdout], [0, '[]\n']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
