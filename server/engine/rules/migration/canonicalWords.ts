import type { Span } from '../../documents/span.ts';
import { readYaml } from '../reading/readYaml.ts';
import type { YamlValue } from '../reading/yamlValue.ts';
import type { KeyEntry } from '../reading/scanKeys.ts';
import { splitList } from '../reading/splitList.ts';
import { insideQuotes } from '../reading/yamlFields.ts';
import type { TextEdit } from '../textEdit.ts';
import { resolveActionType } from '../vocabulary/actions.ts';
import { resolveEvent } from '../vocabulary/events.ts';
import { changeSpellings, resolveFilterType } from '../vocabulary/filters.ts';

/** Other spellings of events, filters and actions in the value of a key, replaced by the words of this language. */
export function canonicalWords(text: string, entry: KeyEntry, form: 'file' | 'block'): readonly TextEdit[] {
  if (entry.value.start === entry.value.end) return [];
  switch (entry.key) {
    case 'on':
      return splitList(text, entry).items.flatMap(({ value, span }) =>
        replaceWord(span, value, resolveEvent(value)),
      );
    case 'filters':
      return mapsOf(text, entry).flatMap((map) => filterWords(text, map));
    case 'actions':
      return mapsOf(text, entry).flatMap((map) => actionWords(text, map, form));
    default:
      return [];
  }
}

type YamlMap = YamlValue & { readonly kind: 'map' };
type YamlScalar = YamlValue & { readonly kind: 'scalar' };

function mapsOf(text: string, entry: KeyEntry): readonly YamlMap[] {
  const { value, faults } = readYaml(text, entry);
  if (faults.length > 0 || value?.kind !== 'list') return [];
  return value.items.filter((item) => item.kind === 'map');
}

function filterWords(text: string, map: YamlMap): readonly TextEdit[] {
  const type = scalarOf(map, 'type');
  // These two mean one thing beside an event and another alone.
  if (type === undefined || changeSpellings.includes(type.text)) return [];
  const canonical = resolveFilterType(type.text);
  const pattern = canonical === 'event' ? scalarOf(map, 'pattern') : undefined;
  return [
    ...replaceWord(insideQuotes(text, type.span), type.text, canonical),
    ...(pattern === undefined ? [] : eventPattern(text, pattern)),
  ];
}

/** `file_create|file_edit`: words only, since a pattern may match several spellings. */
function eventPattern(text: string, pattern: YamlScalar): readonly TextEdit[] {
  const words = pattern.text.split('|');
  const events = words.map((word) => resolveEvent(word));
  if (!words.every((word, at) => /^[\w-]+$/.test(word) && events[at] !== undefined)) return [];
  const span = insideQuotes(text, pattern.span);
  return replaceWord(span, pattern.text, [...new Set(events)].join('|'));
}

function actionWords(text: string, map: YamlMap, form: 'file' | 'block'): readonly TextEdit[] {
  const type = scalarOf(map, 'type');
  // In a block `enforce` is a hint at each match, which `validate` is not.
  if (type === undefined || (form === 'block' && type.text === 'enforce')) return [];
  return replaceWord(insideQuotes(text, type.span), type.text, resolveActionType(type.text));
}

function scalarOf(map: YamlMap, key: string): YamlScalar | undefined {
  const value = map.entries.find((entry) => entry.key === key)?.value;
  return value?.kind === 'scalar' ? value : undefined;
}

function replaceWord(span: Span, word: string, canonical: string | undefined): readonly TextEdit[] {
  return canonical === undefined || canonical === word ? [] : [{ span, newText: canonical }];
}
