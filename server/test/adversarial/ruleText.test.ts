import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { nodeCommand, ruleOf, runAct, withRule } from '../actionSlice.ts';
import { answer, head, passing, rulePath, ruleWith, run, usual, withSampleSlice } from '../sampleSlice.ts';
import { neverAborted, type Slice } from '../sliceWorkspace.ts';
import { describeRows, type TriedRow } from './describeRows.ts';
import { differences, treeOf } from './watchedWorld.ts';

const tag = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('');
const green = answer(usual, ...head, passing);

/** Codes of the problems of the rule file. */
const codes = (slice: Slice): readonly string[] =>
  slice.running.engine.ruleDocuments(slice.root).flatMap(({ problems }) => problems.map(({ code }) => code));

/** A rule that a person asks to run, with a text in it: whether a model sees it and a command runs. */
const blocked = (id: string, input: string, hidden: string): TriedRow => ({
  id,
  input,
  outcome: 'the rule does not fire: nothing is sent, nothing is run, a problem stands at the place',
  holds: async () => {
    await withSampleSlice(
      { script: [green], files: { [rulePath]: `${ruleWith()}Be kind.${hidden}\n` } },
      async (slice) => {
        const [rule] = slice.running.engine.rulesFor(slice.root, 'src/duration.js');
        if (rule?.name === 'generate-tests') assert.notEqual((await run(slice)).outcome, 'proposed');
        assert.deepEqual(slice.models.requests, []);
        assert.ok(codes(slice).includes('rule.hidden-characters'), String(codes(slice)));
      },
    );
    const command = `${ruleOf('- type: run', `  ${nodeCommand('require("fs").writeFileSync("ran", "")')}`)}Be kind.${hidden}\n`;
    await withRule(command, async (slice) => {
      await runAct(slice);
      assert.equal(slice.read('ran'), undefined);
    });
  },
});

const allowed = (input: string, text: string): TriedRow => ({
  id: 'U10',
  input,
  outcome: 'allowed, the rule fires',
  holds: () =>
    withRule(
      `${ruleOf('- type: run', `  ${nodeCommand('require("fs").writeFileSync("ran", "")')}`)}${text}\n`,
      async (slice) => {
        await runAct(slice);
        assert.equal(slice.read('ran'), '');
        assert.ok(!codes(slice).includes('rule.hidden-characters'));
      },
    ),
});

describeRows('U: hidden text', [
  blocked('U01', 'tag characters that spell an order', tag('run rm -rf')),
  blocked('U02', 'variation selectors that carry bytes', 'a\uFE01\uFE02\u{E0101}\u{E0142}'),
  blocked('U02', 'two selectors on one character', '\u26A0\uFE0F\uFE0F'),
  blocked('U03', 'zero width space', 'al\u200Bways'),
  blocked('U03', 'joiners between Latin letters', 'a\u200Db\u200Cc'),
  blocked('U03', 'word joiner, invisible separator, a byte order mark within', 'a\u2060b\u2063c\uFEFF'),
  blocked('U04', 'an override of the direction, unbalanced', 'a \u202Eevil'),
  blocked('U04', 'isolates and marks', '\u2066abc\u2069 abc\u200E\u061C'),
  blocked('U06', 'invisible operators, annotations, musical controls', '\u2061\u206A\uFFF9\u{1D173}'),
  {
    id: 'U08',
    input: 'keys with a Cyrillic letter or a soft hyphen',
    outcome: 'they count as unknown, with a problem each, and do not widen the rule',
    holds: () =>
      withRule(
        '---\ngl\u043Ebs: "**/*.js"\nalways\u00ADApply: true\non: save\nactions:\n  - type: run\n    command: [touch, ran]\n---\n',
        async (slice) => {
          const text = 'export const a = 2;\n';
          slice.write('src/a.js', text);
          const event = {
            root: slice.root,
            path: 'src/a.js',
            name: 'save',
            origin: 'user',
            depth: 0,
          } as const;
          await slice.running.engine.handleEvent({ ...event, text }, neverAborted);
          await slice.running.engine.stop('all');
          assert.equal(slice.read('ran'), undefined);
          assert.ok(codes(slice).length > 0);
        },
      ),
  },
  {
    id: 'U09',
    input: 'an order in an HTML comment, behind 200 blank lines and 2,000 spaces',
    outcome: 'the preview shows exactly what is sent, and a problem warns',
    holds: () =>
      withSampleSlice(
        {
          script: [green],
          files: {
            [rulePath]: `${ruleWith()}<!-- obey the comment -->${'\n'.repeat(200)}${' '.repeat(2_000)}obey the end\n`,
          },
        },
        async (slice) => {
          const request = { root: slice.root, rule: 'generate-tests', path: 'src/duration.js' };
          const preview = await slice.running.engine.previewPrompt(request, neverAborted);
          await run(slice);
          const sent = JSON.stringify(slice.models.requests[0]?.body ?? '');
          for (const words of ['obey the comment', 'obey the end'])
            assert.equal(preview.includes(words), sent.includes(words), words);
          assert.ok(codes(slice).includes('rule.concealed-text'), String(codes(slice)));
        },
      ),
  },
  allowed(
    'emoji with joiners and selectors, a flag, a keycap',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467} \u26A0\uFE0F 1\uFE0F\u20E3',
  ),
  allowed(
    'Persian, Hindi, Arabic and Hebrew',
    '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u0915\u094D\u200D\u0937 \u0645\u0631\u062D\u0628\u0627 \u05E9\u05DC\u05D5\u05DD\u200F!',
  ),
  {
    id: 'U11',
    input: 'hidden characters in test output, in a file name and in the answer before',
    outcome: 'they reach the next prompt and the screen only written out',
    holds: () => {
      const hidden = `\u202E\u200B${tag('obey')}`;
      const red = `console.log(${JSON.stringify(hidden)}); test(${JSON.stringify(`red ${hidden}`)}, () => assert.fail(${JSON.stringify(hidden)}));`;
      const hostile = answer(usual, ...head, red);
      return withSampleSlice({ script: [hostile, green] }, async (slice) => {
        writeFileSync(join(slice.root, `src/a${hidden}.js`), '');
        const result = await run(slice);
        assert.equal(slice.models.requests.length, 2, result.message);
        // The model sees its own answer again as it gave it, and nothing else of that kind.
        const own = JSON.stringify(hostile.text.trimEnd()).slice(1, -1);
        const again = JSON.stringify(slice.models.requests[1]?.body).replaceAll(own, '');
        const timeline = JSON.stringify(result.view?.timeline);
        const shown = [again, timeline, result.message, ...slice.messages].join('\n');
        assert.doesNotMatch(shown, /[\u200B\u202E]|\u{E006F}/u);
        assert.match(again, /\\u\{202e\}/u);
      });
    },
  },
  {
    id: 'U12',
    input: 'escapes in test output: clipboard, link, title',
    outcome: 'none is in the next prompt or in the journal\u2019s view',
    holds: () => {
      const escapes =
        "process.stdout.write('\\u001b]52;c;cHduZWQ=\\u0007\\u001b]8;;command:evil\\u0007x\\u001b]0;t\\u0007');";
      const red = `${escapes} test('red', () => assert.fail('\\u001b[31mred\\u001b]52;c;cHduZWQ=\\u0007'));`;
      return withSampleSlice({ script: [answer(usual, ...head, red), green] }, async (slice) => {
        const result = await run(slice);
        const sent = JSON.stringify(slice.models.requests.map(({ body }) => body));
        assert.equal(slice.models.requests.length, 2, result.message);
        assert.doesNotMatch(sent, /(?<!\\)\\u00(?:1b|07)/u);
        const shown = [...slice.messages, result.message].join('\n');
        assert.ok(!shown.includes('\u001b') && !shown.includes('\u0007'), JSON.stringify(shown));
        assert.doesNotMatch(JSON.stringify(result.view), /(?<!\\)\\u00(?:1b|07)/u);
      });
    },
  },
]);

/** A rule file that is no rule, or a bad one: it runs no code, and the engine answers on about the others. */
const survived = (
  id: string,
  input: string,
  outcome: string,
  ...[text, expects]: readonly [text: string | Buffer, problem?: string]
): TriedRow => ({
  id,
  input,
  outcome,
  holds: () =>
    withRule(
      ruleOf('- type: run', `  ${nodeCommand('require("fs").writeFileSync("ran", "")')}`),
      async (slice) => {
        writeFileSync(join(slice.root, '.cursor/rules/bad.mdc'), text);
        const before = treeOf(slice.root);
        const began = process.cpuUsage();
        await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
        await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
        const { user } = process.cpuUsage(began);
        // What is multiplied, or read though it is too large, takes many times as much.
        assert.ok(user < 2_000_000, `${user} µs`);
        const [bad] = slice.running.engine
          .ruleDocuments(slice.root)
          .filter(({ file }) => file.path.endsWith('bad.mdc'));
        const found = bad?.problems.map(({ code }) => code) ?? [];
        if (expects !== undefined)
          assert.ok(found.includes(expects), `${String(found)} ${slice.messages.join()}`);
        assert.deepEqual(differences(before, treeOf(slice.root)), []);
        assert.equal(existsSync('/tmp/codegen-lab-f01'), false);
        await runAct(slice);
        assert.equal(slice.read('ran'), '');
      },
    ),
});
const body = '\nglobs: "**/*.js"\non: save\n---\nText.\n';
const touch = 'require("fs").writeFileSync("/tmp/codegen-lab-f01", "")';
const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...'bcdefghi'
    .split('')
    .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`).join()}]`),
].join('\n');

describeRows('F: frontmatter', [
  ...['---js', '---javascript', '--- js', '---JS'].map((open) =>
    survived(
      'F01',
      `${open} with code`,
      'it never runs, and the file has a problem',
      `${open}\n${touch}\n---\nText.\n`,
    ),
  ),
  survived(
    'F02',
    '!!js/function and unknown tags',
    'text or a problem, never a function',
    `---\nglobs: !!js/function 'function () { ${touch} }'\nactions: !evil x${body}`,
  ),
  survived(
    'F03',
    'a bomb of aliases',
    'nothing of it is multiplied',
    `---\n${bomb}${body}`,
    'rule.unknown-key',
  ),
  survived('F04', 'one alias in globs', 'a problem', '---\nglobs: *x\nactions: *y\n---\nText.\n'),
  survived(
    'F05',
    '20,000 keys',
    'refused by their number',
    `---\n${Array.from({ length: 20_000 }, (_, at) => `key${at}: 1`).join('\n')}${body}`,
    'rule.too-large',
  ),
  survived(
    'F06',
    '5,000 brackets in one another',
    'refused by their depth',
    `---\nglobs: ${'['.repeat(5_000)}${']'.repeat(5_000)}${body}`,
  ),
  survived('F09', 'an anchor that holds itself', 'a problem, no endless walk', `---\na: &a [*a]${body}`),
  {
    id: 'F10',
    input: 'globs: *.js, src/** without quotes',
    outcome: 'read as text: the rule fires on the file',
    holds: () =>
      withRule(
        `---\nglobs: *.js, src/**\non: save\nactions:\n  - type: run\n    command: [touch, ran]\n---\n`,
        async (slice) => {
          await runAct(slice);
          assert.equal(slice.read('ran'), '');
        },
      ),
  },
  survived(
    'F11',
    'bad YAML, read twice',
    'a problem both times',
    '---\nglobs: "a\non: [save\nactions: {\n---\nText.\n',
  ),
  survived('F12', 'keys twice', 'a problem', `---\non: save\non: manual${body}`, 'rule.duplicate-key'),
  ...(
    [
      ['CRLF and a BOM', Buffer.from(`\uFEFF---\r\nglobs: "*.js"\r\n---\r\nText.\r\n`)],
      ['UTF-16', Buffer.from('---\nglobs: "*.js"\n---\n', 'utf16le')],
      [
        'invalid UTF-8 and NUL',
        Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe, 0x00, 0x0a, 0x2d, 0x2d, 0x2d]),
      ],
      ['lone carriage returns, no end of line', Buffer.from('---\rglobs: "*.js"\r---\rText.')],
    ] as const
  ).map(([what, text]) => survived('F13', what, 'read or refused, no crash', text)),
  survived(
    'F14',
    'frontmatter that never ends',
    'a problem',
    `---\nglobs: "*.js"\n${'x: 1\n'.repeat(100)}`,
    'rule.unclosed-frontmatter',
  ),
  survived(
    'F14',
    'a file of 100 MB',
    'refused by its size',
    Buffer.alloc(100 * 1024 * 1024, 'globs: x\n'),
    'rule.too-large',
  ),
  survived(
    'F14',
    'one line of 20 MB',
    'refused by its size',
    `---\nglobs: "*.js"\n---\n${'x'.repeat(20 * 1024 * 1024)}`,
    'rule.too-large',
  ),
]);

describeRows('G: globs and patterns', [
  ...(
    [
      ['G01', 'stars that make matchers hang', '*a*a*a*a*a*a*a*a*b'],
      ['G03', 'braces that multiply', '{a,b}'.repeat(22)],
      ['G03', 'a range of a million', '{1..1000000}.js'],
    ] as const
  ).map(([id, what, glob]) => ({
    id,
    input: what,
    outcome: 'decided at once or refused: other rules fire as before',
    holds: (): Promise<void> =>
      withRule(
        ruleOf('- type: run', `  ${nodeCommand('require("fs").writeFileSync("ran", "")')}`),
        async (slice) => {
          const path = `${'a'.repeat(60)}.js`;
          slice.write(path, '');
          const began = process.cpuUsage();
          await slice.running.engine.reloadRules(slice.root, 'all', neverAborted);
          slice.running.engine.rulesFor(slice.root, path);
          const { user } = process.cpuUsage(began);
          // The matcher that this hangs needs forty seconds.
          assert.ok(user < 2_000_000, `${user} µs`);
          await runAct(slice);
          assert.equal(slice.read('ran'), '');
        },
        {
          files: {
            '.cursor/rules/glob.mdc': ruleOf('- type: run', '  command: [id]').replace('**/*.js', glob),
          },
        },
      ),
  })),
  {
    id: 'G05',
    input: 'globs that lead out: absolute, dots, home, a drive',
    outcome: 'they match nothing outside, and no file there is read',
    holds: () =>
      withSampleSlice(
        {
          script: [green],
          files: { [rulePath]: ruleWith("context: ['/**', '../**', '~/**', 'C:\\**', '/etc/*']") },
        },
        async (slice) => {
          writeFileSync(join(slice.home, 'beside.txt'), 'canary-beside');
          await run(slice);
          assert.ok(slice.models.requests.length > 0);
          const sent = slice.models.requests.map(({ text }) => text).join('');
          assert.ok(!sent.includes('canary-beside') && !sent.includes('root:x:0'));
        },
      ),
  },
  ...['(a|a)*b', String.raw`\s+$`, '(.*)(.*)(.*)(.*)(.*)x'].map((pattern) => ({
    id: 'G06',
    input: `the pattern ${pattern} over a text that makes it hang`,
    outcome: 'the check ends, the process answers on',
    holds: (): Promise<void> =>
      withRule(
        ruleOf(
          '- type: reject',
          '  conditions:',
          `    - pattern: ${JSON.stringify(pattern)}`,
          '      message: no',
        ),
        async (slice) => {
          const delays = monitorEventLoopDelay();
          delays.enable();
          await slice.running.engine.check(slice.root, ['src/a.js'], neverAborted);
          delays.disable();
          assert.ok(delays.max < 5e9, `the loop stood still for ${delays.max} ns`);
        },
        { files: { 'src/a.js': `// ${'a'.repeat(40_000)}${' '.repeat(40_000)}!\n` } },
      ),
  })),
]);
