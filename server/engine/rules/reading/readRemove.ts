import { reportWrongType, type Reading } from './reading.ts';
import { readBoolean } from './readTyped.ts';
import type { YamlValue } from './yamlValue.ts';
import { readField, readText, type Fields } from './yamlFields.ts';

/** `remove: true` beside an `id` takes an inherited entry away. */
export function readRemove(reading: Reading, fields: Fields, whole: YamlValue): boolean {
  const remove = readField(reading, { fields, key: 'remove' }, readBoolean) ?? false;
  if (remove && readText(reading, fields, 'id') === undefined) {
    reportWrongType(reading, whole.span, '`remove: true` needs the `id` of the inherited entry that goes.');
  }
  return remove;
}
