import assert from 'node:assert/strict';
import { GrammarParser } from '../adapters/syntax/grammarParser.ts';
import { createSyntax } from '../adapters/syntax/createSyntax.ts';
import { codeOfTree } from '../engine/triggers/trivial/codeOfTree.ts';
import { isTrivialChange } from '../engine/triggers/trivial/isTrivialChange.ts';
import { isTrivialSave } from '../engine/triggers/trivial/isTrivialSave.ts';
import { createSeededRandom } from './seededRandom.ts';

const never = new AbortController().signal;

const sources: Readonly<Record<string, string>> = {
  'a.py': `"""What this is."""
import os  # why


class Order:
    # The price.
    price = 1.5

    def total(self, count: int = 1) -> str:
        """In words."""
        if count > 1 and self.price:
            return f"{self.price * count!r} # no comment"
        for each in [1, 2]:
            print('a', """b
            # c
            """, each)  # last
        return os.path.join("a", 'b')
`,
  'a.js': `#!/usr/bin/env node
// why
import { a } from './a.js'; /* b */

export function total(count) {
  /** In words. */
  const text = \`\${count /* in */} // no comment\`;
  if (count > 1) return a(/[/*]+/g, 'x // y');
  const b = count / 2; // half
  return text + "it's" + b;
}
`,
  'a.ts': `/* why */
import type { A } from './a.ts';

// The price.
export class Order<T extends A> {
  readonly price: number = 1.5; // in cents
  total(count?: number): string {
    const each = this.price * (count ?? 1);
    return \`\${each} /* no comment */\`;
  }
}
`,
  'a.tsx': `// why
export const Price = ({ count }: { readonly count: number }) => (
  <p className="a // b">
    {/* in */}
    It costs {count * 2} // no comment
  </p>
);
`,
  'a.go': `// Package price has prices.
package price

import "fmt"

// Total tells.
func Total(count int) string {
	if count > 1 { // many
		return fmt.Sprintf("%d // no comment", count)
	}
	/* one */
	raw := \`a
	// b\`
	return raw + "x"
}
`,
};

describe('saves that change only comments and white space', function () {
  this.timeout(60_000);
  const grammars = new GrammarParser();
  const syntax = createSyntax({ grammars });
  after(() => grammars.dispose());

  for (const [what, path, before, text, trivial] of [
    ['a comment', 'a.py', 'x = 1  # one\n', 'x = 1  # two\n', true],
    ['an empty line', 'a.py', 'x = 1\ny = 2\n', 'x = 1\n\n\ny = 2\n', true],
    ['the depth of Python', 'a.py', 'if a:\n    b()\nc()\n', 'if a:\n    b()\n    c()\n', false],
    ['another width of the same depth', 'a.py', 'if a:\n    b()\n', 'if a:\n  b()\n', true],
    ['a docstring', 'a.py', 'def f():\n    """One."""\n', 'def f():\n    """Two."""\n', false],
    ['a space in a string', 'a.py', "x = 'a b'\n", "x = 'a  b'\n", false],
    ['the program that runs it', 'a.py', '#!/usr/bin/python2\n', '#!/usr/bin/python3\n', false],
    ['its encoding', 'a.py', '# coding: latin-1\n', '# coding: utf-8\n', false],
    ['code on another line', 'a.ts', 'f(a, b);\n', 'f(\n  a,\n  b);\n', true],
    ['a line break that ends a statement', 'a.js', 'return a;\n', 'return\na;\n', false],
    ['two words that become one', 'a.ts', 'new X();\n', 'newX();\n', false],
    ['a text of JSX', 'a.tsx', '<p>a // b</p>;\n', '<p>a // c</p>;\n', false],
    ['a comment of JSX', 'a.tsx', '<p>{/* a */}b</p>;\n', '<p>{/* c */}b</p>;\n', true],
    ['what Go builds', 'a.go', '//go:build linux\n\npackage a\n', '//go:build windows\n\npackage a\n', false],
    [
      'C in a comment of Go',
      'a.go',
      'package a\n\n// int f();\nimport "C"\n',
      'package a\n\n// int g();\nimport "C"\n',
      false,
    ],
    ['a comment of Rust', 'a.rs', 'fn f() {} // a\n', 'fn f() {} /* b */\n', true],
    ['a comment of a text that does not parse', 'a.py', 'f(  # a\n', 'f(  # b\n', true],
    ['a comment that hides code', 'a.ts', 'a();\nb();\n', 'a();\n// b();\n', false],
    ['a comment without a grammar', 'a.css', 'a{} /* x */\n', 'a{} /* y */\n', true],
    ['a language that is not known', 'a.rb', '# a\n', '# b\n', false],
  ] as const) {
    it(`${trivial ? 'takes' : 'does not take'} ${what} for trivial in ${path}`, async () => {
      assert.equal(await isTrivialSave(syntax, { path, before, text }, never), trivial);
      assert.equal(await isTrivialSave(syntax, { path, before: text, text: before }, never), trivial);
    });
  }

  it('knows nothing without a text before or after', async () => {
    assert.equal(await isTrivialSave(syntax, { path: 'a.py', text: '' }, never), false);
    assert.equal(await isTrivialSave(syntax, { path: 'a.py', before: '' }, never), false);
  });

  async function codeOf(path: string, text: string): Promise<string | undefined> {
    const parsed = await grammars.parse({ path, text }, never);
    return parsed.kind === 'tree' ? codeOfTree(parsed.root, text, parsed.language) : undefined;
  }

  for (const [path, source] of Object.entries(sources)) {
    /**
     * Where the two differ, it is the comment syntax that knows less: it does not see that code only moved to another
     * line, or that indentation only has another width, and it does not read JSX. Never the other way round.
     */
    it(`agree for ${path} by tree and by comment syntax, as far as the latter knows`, async () => {
      const random = createSeededRandom(11);
      const whole = await codeOf(path, source);
      assert.ok(whole !== undefined);
      const seen = { trivial: 0, other: 0 };
      for (let made = 0; made < 400; made += 1) {
        const text = change(source, (limit) => Math.floor(random.fraction() * limit));
        const code = await codeOf(path, text);
        if (code === undefined || text === source) continue;
        const byTree = code === whole;
        seen[byTree ? 'trivial' : 'other'] += 1;
        const bySyntax = isTrivialChange(path, source, text);
        assert.ok(byTree || !bySyntax, `only the comment syntax takes it for trivial:\n${text}`);
        const isLayout = bare(code) === bare(whole);
        assert.ok(!byTree || isLayout, `the tree loses something:\n${text}`);
      }
      assert.ok(seen.trivial > 40 && seen.other > 40, JSON.stringify(seen));
    });
  }
});

function bare(code: string): string {
  return code.replace(/\s/g, '');
}

/** One change at a random place: of white space, of a comment, or of a character. */
function change(source: string, below: (limit: number) => number): string {
  const at = below(source.length + 1);
  const line = source.lastIndexOf('\n', at - 1) + 1;
  const insert = (place: number, text: string): string => source.slice(0, place) + text + source.slice(place);
  switch (below(6)) {
    case 0:
      return insert(line, '\n');
    case 1:
      return insert(at, [' ', '\t', '\n', '  '][below(4)] ?? '');
    case 2:
      return insert(at, ['x', '1', '/', '#', '"', '*'][below(6)] ?? '');
    case 3:
      return source.slice(0, at) + source.slice(at + 1);
    case 4: {
      const comments = [...source.matchAll(/(?:\/\/|#|\/\*+) ?[a-z]/gi)];
      const comment = comments[below(comments.length)];
      return comment === undefined ? source : insert(comment.index + comment[0].length, 'x');
    }
    default: {
      const end = source.indexOf('\n', at);
      return end < 0 ? source : insert(end, source.includes('import os') ? '  # new' : ' // new');
    }
  }
}
