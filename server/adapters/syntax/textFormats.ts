/** Formats of data and documents: each has a parser of its own instead of a grammar. */
export type TextFormat = ParsedFormat | 'json' | 'jsonc';

/** Those whose parsers are large enough to be loaded with the first text, in the worker. */
export type ParsedFormat = 'css' | 'html' | 'toml' | 'xml' | 'yaml';

/**
 * The first that fits a path. Files of settings that their tools read with comments come before `.json`; which these are
 * is what editors go by.
 */
const formats: readonly (readonly [TextFormat, RegExp])[] = [
  [
    'jsonc',
    /(?:\.(?:jsonc|code-workspace)|(?:^|\/)(?:[jt]sconfig(?:\.[^/]+)?\.json|\.vscode\/[^/]+\.json|\.?devcontainer\.json|babel\.config\.json|(?:language-configuration|typedoc|api-extractor)\.json|bun\.lock|\.(?:babel|eslint|hint|jshint|oxlint|oxfmt|sw)rc(?:\.json)?))$/i,
  ],
  ['json', /\.(?:json|geojson|webmanifest|ipynb)$/i],
  ['toml', /(?:\.toml|(?:^|\/)(?:cargo|poetry|uv|pdm)\.lock|(?:^|\/)pipfile)$/i],
  ['yaml', /\.ya?ml$/i],
  ['css', /\.css$/i],
  ['html', /\.html?$/i],
  ['xml', /\.(?:xml|xsd|xsl|svg|csproj|fsproj|vbproj|props|targets|plist)$/i],
];

/** undefined: files of this name are none of them. */
export function textFormatOf(path: string): TextFormat | undefined {
  return formats.find(([, names]) => names.test(path))?.[0];
}

/** The same of those that the worker parses. */
export function parsedFormatOf(path: string): ParsedFormat | undefined {
  const format = textFormatOf(path);
  return format === 'json' || format === 'jsonc' ? undefined : format;
}
