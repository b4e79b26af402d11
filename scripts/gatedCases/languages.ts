import {
  askGofmt,
  askJavac,
  askPython,
  askRustc,
  askTypeScript,
  readCssWith,
  readHtmlWith,
  readJsoncWith,
  readTomlWith,
  type Oracle,
} from './oracles.ts';

/** A language whose edits are gated, and who else can say whether a text of it parses. */
export interface GatedLanguage {
  readonly name: string;
  /** Paths of its files. */
  readonly files: RegExp;
  /** The name under which the gate sees them. */
  readonly path: string;
  readonly oracle: Oracle;
}

const xml = 'import xml.etree.ElementTree as tree\ndef parse(data): tree.fromstring(data)';
const json = 'import json\ndef parse(data): json.loads(data.decode())';
const yaml = 'import yaml\ndef parse(data):\n  for event in yaml.parse(data.decode()): pass';
const python = 'import ast\ndef parse(data): ast.parse(data)';

/** The oracle is another parser than the one of the gate, except for Python, whose compiler is the only one. */
export const languages: readonly GatedLanguage[] = [
  { name: 'Python', files: /\.pyi?$/u, path: 'a.py', oracle: askPython('ast', python) },
  { name: 'JavaScript', files: /\.(?:mjs|cjs|js)$/u, path: 'a.js', oracle: askTypeScript('.js') },
  { name: 'TypeScript', files: /\.[cm]?ts$/u, path: 'a.ts', oracle: askTypeScript('.ts') },
  { name: 'TSX', files: /\.tsx$/u, path: 'a.tsx', oracle: askTypeScript('.tsx') },
  { name: 'Go', files: /\.go$/u, path: 'a.go', oracle: askGofmt },
  { name: 'Rust', files: /\.rs$/u, path: 'a.rs', oracle: askRustc },
  { name: 'Java', files: /\.java$/u, path: 'A.java', oracle: askJavac },
  { name: 'JSON', files: /\.json$/u, path: 'a.json', oracle: askPython('json', json) },
  {
    name: 'JSONC',
    files: /(?:[/\\][tj]sconfig[^/\\]*\.json|\.vscode[/\\][^/\\]+\.json|\.jsonc|\.eslintrc\.json)$/u,
    path: 'a.jsonc',
    oracle: readJsoncWith('jsonc-parser'),
  },
  { name: 'TOML', files: /\.toml$/u, path: 'a.toml', oracle: readTomlWith('toml-eslint-parser') },
  { name: 'YAML', files: /\.ya?ml$/u, path: 'a.yaml', oracle: askPython('PyYAML', yaml) },
  { name: 'CSS', files: /\.css$/u, path: 'a.css', oracle: readCssWith('css-tree') },
  { name: 'HTML', files: /\.html?$/u, path: 'a.html', oracle: readHtmlWith('html-validate') },
  { name: 'XML', files: /\.(?:xml|svg)$/u, path: 'a.xml', oracle: askPython('expat', xml) },
];
