import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SuiteSetup } from './support/suiteSetup.ts';

const files: Readonly<Record<string, string>> = {
  '.cursor/rules/base.mdc':
    '---\ndescription: What test rules share\nabstract: true\napproval: ask\n---\nSmall tests.\n\n## Names\n\nSay what is proven.\n',
  '.cursor/rules/child.mdc': `---
description: Tests of the library
extends: base
globs: src/**/*.js
---
# Tests

See @src/duration.js and @base.mdc.

<rule>
name: no_debugger
filters:
  - type: file_extension
    pattern: "\\\\.js$"
actions:
  - type: reject
    conditions:
      - pattern: debugger
        message: Take it out.
</rule>
`,
  'src/CLAUDE.md': 'Write plain words.\n',
  '.cursor/rules/faulty.mdc': '---\ndescriptoin: A slip\nalwaysApply: true\n---\nText\n',
  '.cursor/rules/untidy.mdc':
    '---\ndescription:   Blanks\nglobs: [ "src/**" ,"test/**" ] # both\n---\nText\n',
};

export const setup: SuiteSetup = {
  prepare(folder) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  },
};
