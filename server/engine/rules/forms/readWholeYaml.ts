import { readYaml, type YamlReading } from '../reading/readYaml.ts';

/** Reads a file that is YAML from its first character to its last, but for a byte order mark. Total. */
export function readWholeYaml(text: string): YamlReading {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return readYaml(text, {
    key: '',
    keySpan: { start, end: start },
    value: { start, end: text.length },
    below: start === 0,
  });
}
