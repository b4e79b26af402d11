import assert from 'node:assert/strict';
import { effectiveOf, open, type Texts } from '../../../test/inheritingTexts.ts';

describe('where a value came from', () => {
  it('is known for every key that anybody wrote', () => {
    const texts: Texts = {
      a: ['extends: b\nname: x\nglobs: $parents, z\nactions:\n  - { id: two, type: review }', 'A'],
      b: [
        'description: b\nglobs: y\nmetadata: { k: 1 }\nactions:\n  - { id: one, type: suggest }\n  - { id: two, type: suggest }',
        'B\n@include ./part.md\n',
      ],
      '.cursor/rules/part.md': 'Part',
    };
    const { provenance } = effectiveOf(texts);
    const shown = Object.fromEntries(
      Array.from(provenance, ([key, places]) => [
        key,
        places.map(({ path, span }) => {
          const file = texts[path.replace(/^.*\/|\.mdc$/g, '')] ?? texts[path] ?? '';
          const text = typeof file === 'string' ? file : `---\n${file[0]}\n---\n${file[1]}`;
          return `${path.replace('.cursor/rules/', '')}: ${text.slice(span.start, span.end).replaceAll('\n', '|')}`;
        }),
      ]),
    );
    assert.deepEqual(shown, {
      name: ['a.mdc: x'],
      extends: ['a.mdc: b'],
      description: ['b.mdc: b'],
      globs: ['b.mdc: y', 'a.mdc: $parents, z'],
      metadata: ['b.mdc: { k: 1 }'],
      actions: [
        'b.mdc: - { id: one, type: suggest }|  - { id: two, type: suggest }',
        'a.mdc: - { id: two, type: review }',
      ],
      'actions.0': ['b.mdc: { id: one, type: suggest }'],
      'actions.1': ['a.mdc: { id: two, type: review }'],
      body: ['b.mdc: B|', 'part.md: Part', 'a.mdc: A'],
    });
  });

  it('is told of plain rules and their blocks as well', () => {
    const catalog = open({ a: ['globs: x', 'A\n<rule>\nname: b\n</rule>\n'] });
    const [file, block] = catalog.effectiveRules('.cursor/rules/a.mdc');
    assert.deepEqual([...(file?.provenance.keys() ?? [])], ['globs', 'body']);
    assert.deepEqual([...(block?.provenance.keys() ?? [])], ['globs', 'name']);
    assert.deepEqual([...(file?.dependencies ?? [])], ['.cursor/rules/a.mdc']);
  });

  it('holds all that was read and looked for', () => {
    const { dependencies } = effectiveOf({
      a: ['extends: ./b.mdc, ./gone.mdc', '@include x.md\n'],
      b: ['extends: c', ''],
      c: ['', ''],
    });
    assert.deepEqual(
      [...dependencies].toSorted(),
      [
        '.cursor/rules/a.mdc',
        '.cursor/rules/b.mdc',
        '.cursor/rules/c.mdc',
        '.cursor/rules/gone.mdc',
        '.cursor/rules/x.md',
        'builtin:c',
        'gone.mdc',
        'x.md',
      ].filter((path) => path !== 'builtin:c'),
    );
  });
});
