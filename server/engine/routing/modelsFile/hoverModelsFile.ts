import type { Span } from '../../documents/span.ts';
import type { YamlValue } from '../../rules/reading/yamlValue.ts';
import { resolveRole, roleRows } from '../../rules/vocabulary/modelRoles.ts';
import { readModelsYaml } from './parseModelsFile.ts';
import { shapeAt } from './placeAt.ts';
import type { Shape } from './shape.ts';

export interface ModelsHover {
  /** Markdown. */
  readonly markdown: string;
  readonly span: Span;
}

/** What a key, or a word that is a value, means. */
export function hoverModelsFile(text: string, offset: number): ModelsHover | undefined {
  const { value } = readModelsYaml(text);
  return value && hoverValue(value, [], offset);
}

function hoverValue(value: YamlValue, path: readonly string[], offset: number): ModelsHover | undefined {
  if (value.kind === 'scalar') {
    const shape = shapeAt(path);
    const meaning =
      shape?.kind === 'word' && Object.hasOwn(shape.words, value.text) ? shape.words[value.text] : undefined;
    return meaning !== undefined && holds(value.span, offset)
      ? { markdown: `\`${value.text}\`: ${meaning}`, span: value.span }
      : undefined;
  }
  if (value.kind === 'list') return undefined;
  for (const { key, keySpan, value: inner } of value.entries) {
    const at = [...path, key];
    if (holds(keySpan, offset)) {
      const meaning = meaningOf(key, shapeAt(path), shapeAt(at));
      return meaning === undefined ? undefined : { markdown: meaning, span: keySpan };
    }
    const found = hoverValue(inner, at, offset);
    if (found) return found;
  }
  return undefined;
}

function meaningOf(key: string, parent: Shape | undefined, shape: Shape | undefined): string | undefined {
  if (parent?.kind !== 'record') return shape?.summary;
  if (parent.names !== 'role') return `\`${key}\`: ${parent.of.summary}`;
  const role = roleRows.find((row) => row.role === resolveRole(key));
  if (!role) return undefined;
  return `The role \`${role.role}\` ${role.summary}. Also written ${role.aliases.map((alias) => `\`${alias}\``).join(', ')}.`;
}

function holds({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}
