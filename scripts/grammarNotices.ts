import { grammarLanguages } from '../server/adapters/syntax/grammarList.ts';

/** Who wrote what, as the licence of each grammar says. Typescript's repository holds TSX as well. */
const copyrights: Readonly<Record<'runtime' | (typeof grammarLanguages)[number], string>> = {
  runtime: '2018-2023 Max Brunsfeld',
  go: '2014 Max Brunsfeld',
  java: '2017 Ayman Nadeem',
  javascript: '2014 Max Brunsfeld',
  python: '2016 Max Brunsfeld',
  rust: '2017 Maxim Sokolov',
  tsx: '2017 Max Brunsfeld',
  typescript: '2017 Max Brunsfeld',
};

const permission = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;

/** The package that the grammars come in holds the licence of its own files alone. */
export function renderGrammarNotices(): string {
  const authors = grammarLanguages.map(
    (language) => `tree-sitter-${language} (MIT)\nCopyright (c) ${copyrights[language]}\n`,
  );
  const all = [`tree-sitter (MIT)\nCopyright (c) ${copyrights.runtime}\n`, ...authors];
  return `${'-'.repeat(80)}\nThe parser and the grammars in dist/grammars\n\n${all.join('\n')}\n${permission}`;
}
