import assert from 'node:assert/strict';
import { parseRuleDocument } from './parseRuleDocument.ts';

const parse = (text: string) => parseRuleDocument('.cursor/rules/example.mdc', text);
const block = (...lines: readonly string[]): string => ['<rule>', ...lines, '</rule>', ''].join('\n');

describe('<rule> blocks', () => {
  it('are rules of their own, which take some values from the frontmatter', () => {
    const { file, blocks, problems } = parse(
      [
        '---',
        'globs: **/*.py',
        'priority: 7',
        'on: open',
        'alwaysApply: true',
        'model: tester',
        '---',
        'Text',
        block('name: one', 'description: first', 'metadata:', '  priority: high', '  version: 1.0'),
        block('filters:', '  - type: event', '    pattern: "file_create|file_edit"'),
      ].join('\n'),
    );
    assert.deepEqual(
      problems.map((problem) => problem.code),
      ['rule.always-and-globs', 'rule.other-spelling', 'rule.other-spelling'],
    );
    const [one, two] = blocks;
    assert.deepEqual([one?.id, one?.name, one?.form], ['.cursor/rules/example.mdc#1', 'one', 'block']);
    assert.deepEqual([two?.id, two?.name], ['.cursor/rules/example.mdc#2', 'example#2']);
    assert.deepEqual(
      [one?.globs[0]?.value, one?.priority, one?.version, one?.model],
      ['**/*.py', 7, '1.0.0', 'tester'],
    );
    assert.deepEqual([one?.alwaysApply, one?.body], [false, '']);
    assert.deepEqual(
      one?.on.map((event) => event.value),
      ['open'],
    );
    assert.deepEqual(
      two?.on.map((event) => event.value),
      ['create', 'save'],
    );
    assert.match(file.body, /^Text\n<rule>/);
  });

  it('take their priority from metadata when the frontmatter has none', () => {
    const priorities = ['critical', 'high', 'medium', 'low', '90', 'whatever'].map(
      (word) => parse(block('metadata:', `  priority: ${word}`)).blocks[0]?.priority,
    );
    assert.deepEqual(priorities, [100, 50, 0, -50, 90, 0]);
  });

  const filters = ['filters:', '  - type: file_path', '    pattern: "^src/"'];
  const actions = ['actions:', '  - type: suggest', '    message: Be brief.'];
  const open: readonly (readonly [
    title: string,
    lines: readonly string[],
    severity: string,
    active: boolean,
    body: string,
  ])[] = [
    ['at the end of the file', [...filters, ...actions], 'warning', true, ''],
    ['below its filters', ['name: x', ...filters], 'error', false, ''],
    ['without filters', ['name: x', ...actions], 'error', false, ''],
    [
      'above a paragraph',
      [...filters, '', ...actions, '', 'Text', '', 'More'],
      'warning',
      true,
      'Text\n\nMore',
    ],
    ['above a heading', [...filters, ...actions, '', '# Text'], 'warning', true, '# Text'],
    ['above another tag', [...filters, ...actions, '</Rule>', 'Text'], 'warning', true, '</Rule>\nText'],
    ['above text and more filters', [...actions, '', 'Text', ...filters], 'error', false, 'Text'],
    ['between its actions', [...filters, ...actions, '', 'Text', '  - type: reject'], 'error', false, 'Text'],
  ];
  for (const [title, lines, severity, active, rest] of open) {
    it(`that are not closed ${active ? 'end there and count' : 'do nothing'}: ${title}`, () => {
      const text = ['---', 'on: save', '---', '<rule>', ...lines].join('\n');
      const { blocks, problems } = parse(text);
      const unclosed = problems.find(({ code }) => code === 'rule.unclosed-block');
      assert.equal(unclosed?.severity, severity);
      assert.equal(text.slice(unclosed.span.start, unclosed.span.end), '<rule>');
      const [only, ...others] = blocks;
      assert.deepEqual([only?.active, others], [active, []]);
      assert.ok(text.slice(only?.span.end).trim().startsWith(rest));
      if (!active) return;
      const closed = parse(`${text.slice(0, only?.span.end).trimEnd()}\n</rule>\n`).blocks[0];
      assert.deepEqual([only?.filters, only?.actions], [closed?.filters, closed?.actions]);
    });
  }

  it('that are not closed end before the next one', () => {
    const text = ['<rule>', ...filters, ...actions, '<rule>', 'name: b', '</rule>'].join('\n');
    const { blocks } = parse(text);
    assert.deepEqual(
      blocks.map(({ name, active, filters: { length } }) => [name, active, length]),
      [
        ['example#1', true, 1],
        ['b', true, 0],
      ],
    );
  });

  it('are text inside a code fence', () => {
    assert.equal(
      parse(`\`\`\`\n${block('name: a')}\`\`\`\n~~~md\n${block('name: b')}~~~\n${block('name: c')}`).blocks
        .length,
      1,
    );
  });

  it('may speak of blocks in their own messages', () => {
    const { blocks, problems } = parse(
      block('name: a', 'filters:', '  - type: content', '    pattern: "<rule>.*?</rule>"'),
    );
    assert.equal(blocks[0]?.filters[0]?.pattern, '<rule>.*?</rule>');
    assert.deepEqual(problems, []);
  });

  it('keep what stands beside their tags out of it', () => {
    const { blocks } = parse('  <rule>  \n  name: a\n  </rule> \n');
    assert.deepEqual([blocks.length, blocks[0]?.name, blocks[0]?.active], [1, 'a', true]);
  });

  const mended: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['tabs', ['filters:', '\t- type: content', '\t  pattern: "x\\\\d"']],
    ['backslashes that are not doubled', ['filters:', '  - type: content', '    pattern: "x\\d"']],
    [
      'a fence around the whole',
      ['```yaml', 'filters:', '  - type: content', '    pattern: "x\\\\d"', '```'],
    ],
  ];
  for (const [title, lines] of mended) {
    it(`are read in spite of ${title}`, () => {
      const { blocks, problems } = parse(block(...lines));
      assert.equal(blocks[0]?.filters[0]?.pattern, 'x\\d');
      assert.equal(blocks[0]?.active, true);
      assert.deepEqual(
        problems.filter((problem) => problem.severity === 'error'),
        [],
      );
    });
  }

  it('keep a message whose lines fell out of their column, and say so', () => {
    const { blocks, problems } = parse(
      block(
        'actions:',
        '  - type: suggest',
        '    message: |',
        '      One',
        '',
        'Two: three',
        '- four',
        'Five',
        'metadata:',
        '  priority: low',
      ),
    );
    assert.equal(blocks[0]?.actions[0]?.message, 'One\n\nTwo: three\n- four\nFive');
    assert.equal(blocks[0]?.priority, -50);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['rule.bad-yaml', 'warning']],
    );
  });

  it('keep a message that stands at the column of its key, as formatters of Markdown leave it', () => {
    const text = block(
      'actions:',
      '',
      '- type: suggest',
      '  message: |',
      '  After a change:',
      '',
      '  1. Types:',
      '',
      '     ```',
      '     npm run check',
      '     ```',
      '',
      '- type: validate',
      '  message: |',
      '  conditions:',
      '    - pattern: x',
    );
    const { blocks, problems } = parse(text);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [['rule.bad-yaml', 'warning']],
    );
    assert.deepEqual(
      blocks[0]?.actions.map(({ type, message, conditions }) => [type, message, conditions.length]),
      [
        ['suggest', 'After a change:\n\n1. Types:\n\n   ```\n   npm run check\n   ```', 0],
        ['validate', '', 1],
      ],
    );
    assert.equal(blocks[0]?.active, true);
  });

  it('take a key of any language with keys or entries below it for a key, and a remark for text', () => {
    const text = block(
      'actions:',
      '  - type: suggest',
      '    message: |',
      '      One.',
      'Note: two.',
      'Beispiele für Namen:',
      '示例:',
      '  - input: a',
      'metadata:',
      '  优先级: b',
    );
    const { blocks, problems } = parse(text);
    assert.deepEqual(
      problems.map(({ code, severity }) => [code, severity]),
      [
        ['rule.bad-yaml', 'warning'],
        ['rule.unknown-key', 'warning'],
      ],
    );
    assert.equal(blocks[0]?.actions[0]?.message, 'One.\nNote: two.\nBeispiele für Namen:');
    assert.deepEqual(blocks[0]?.metadata, { 优先级: 'b' });
  });

  it('fire on the events that are known beside others, and never where none is', () => {
    const event = (name: string): string => `  - {type: event, pattern: ${name}}`;
    const { blocks, problems } = parse(
      block('filters:', event('task_start'), event('file_save')) + block('filters:', event('task_start')),
    );
    assert.deepEqual(
      blocks.map(({ active }) => active),
      [true, false],
    );
    assert.deepEqual(
      problems.filter(({ code }) => code === 'rule.unknown-event').map(({ severity }) => severity),
      ['warning', 'error'],
    );
  });

  it('do not let examples spoil what they do', () => {
    const { blocks } = parse(
      block(
        'name: a',
        'filters:',
        '  - {type: content, pattern: x}',
        'examples:',
        '  - "broken: [',
        '  - *y',
      ),
    );
    assert.deepEqual([blocks[0]?.active, blocks[0]?.filters.length], [true, 1]);
  });

  it('stop nothing but themselves when they are broken', () => {
    const { file, blocks } = parse(`${block('filters: 5')}${block('name: fine')}`);
    assert.deepEqual([file.active, blocks[0]?.active, blocks[1]?.active], [true, false, true]);
  });

  it('are inactive when a value that they take from the frontmatter is wrong, and not when another is', () => {
    const active = (key: string): boolean | undefined =>
      parse(`---\n${key}\n---\n${block('name: a')}`).blocks[0]?.active;
    assert.deepEqual(
      [
        'globs: ../x',
        'origin: nobody',
        'priority: 1\nwhat is this',
        'alwaysApply: perhaps',
        'filters: 5',
      ].map(active),
      [false, false, false, true, true],
    );
  });

  it('read `\\b` in double quotes as the edge of a word', () => {
    assert.equal(
      parse(block('filters:', '  - type: content', '    pattern: "\\bfoo\\b"')).blocks[0]?.filters[0]
        ?.pattern,
      '\\bfoo\\b',
    );
  });

  it('read file_change as a change of content beside an event and as a save without one', () => {
    const types = (...filters: readonly string[]) =>
      parse(block('filters:', ...filters.map((filter) => `  - ${filter}`))).blocks[0]?.filters.map(
        ({ type, pattern }) => `${type} ${pattern}`,
      );
    assert.deepEqual(types('{type: file_change, pattern: ".*"}'), ['event save']);
    assert.deepEqual(types('{type: file_change, pattern: x}', '{type: event, pattern: file_create}'), [
      'changed_content x',
      'event file_create',
    ]);
  });
});
