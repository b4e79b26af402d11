import assert from 'node:assert/strict';
import { addBlock, holdsBlock, withoutBlock } from './hookText.ts';

const block =
  '# codegen-lab hooks: begin (`codegen-lab hooks remove` takes it out)\n' +
  'PATH="$PWD/node_modules/.bin:$PATH" codegen-lab check --staged || exit $?\n' +
  '# codegen-lab hooks: end\n';

describe('the text of a hook', () => {
  const cases: readonly (readonly [
    title: string,
    text: string | undefined,
    added: string,
    left: string | undefined,
  ])[] = [
    ['a new one', undefined, `#!/bin/sh\n${block}`, undefined],
    ['an empty one', '', `#!/bin/sh\n${block}`, undefined],
    [
      'a script',
      '#!/bin/bash\nnpm test\nexit 0\n',
      `#!/bin/bash\n${block}npm test\nexit 0\n`,
      '#!/bin/bash\nnpm test\nexit 0\n',
    ],
    ['a script of env', '#!/usr/bin/env sh\nx', `#!/usr/bin/env sh\n${block}x`, '#!/usr/bin/env sh\nx'],
    ['one without a first line, as husky has it', 'npm test\n', `${block}npm test\n`, 'npm test\n'],
    ['one that ends in its first line', '#!/bin/sh', `#!/bin/sh\n${block}`, undefined],
    ['one that has it already', `#!/bin/sh\n${block}x\n`, `#!/bin/sh\n${block}x\n`, '#!/bin/sh\nx\n'],
  ];
  for (const [title, text, added, left] of cases)
    it(`takes the check in and gives it back: ${title}`, () => {
      const change = addBlock(text, '');
      assert.deepEqual(change, { kind: 'text', text: added });
      assert.equal(holdsBlock(added), true);
      assert.equal(withoutBlock(added), left);
    });

  it('keeps line breaks of CRLF', () => {
    const change = addBlock('#!/bin/sh\r\nx\r\n', '');
    assert.equal(
      change.kind === 'text' && change.text,
      `#!/bin/sh\r\n${block.replaceAll('\n', '\r\n')}x\r\n`,
    );
  });

  it('names the workspace folder so that a shell reads nothing into it', () => {
    const change = addBlock(undefined, "-a b/$(x) 'q'");
    assert.match(
      change.kind === 'text' ? change.text : '',
      /--staged --root '\.\/-a b\/\$\(x\) '\\''q'\\''' \|\| exit/,
    );
  });

  for (const text of ['\u007fELF\u0002\u0001\u0000\u0000', 'MZ\u0090\u0000', '\ufffd\ufffd\u0007'])
    it(`touches no hook that is a program: ${JSON.stringify(text)}`, () => {
      assert.equal(addBlock(text, '').kind, 'refused');
    });

  for (const first of ['#!/usr/bin/env python3', '#!/usr/bin/perl', '#!/usr/bin/node'])
    it(`takes no other program for a shell: ${first}`, () => {
      assert.equal(addBlock(`${first}\nx\n`, '').kind, 'refused');
    });
});
