import type { AuthoringFile } from '../authoringFile.ts';
import { findPlace } from '../outline/findPlace.ts';
import { completeBody } from './completeBody.ts';
import { completeKeys } from './completeKeys.ts';
import { completeValue } from './completeValue.ts';
import { completeVariables } from './completeVariables.ts';
import { bounded, type Completion } from './proposal.ts';

/** What could be written at the offset. Total, also in a text that is broken or half typed. */
export function completeRule(file: AuthoringFile, offset: number): Completion {
  const found = findPlace(file.document, offset);
  if (found.kind === 'none') return bounded([]);
  if (found.kind === 'body') return bounded(completeBody(file, offset));
  const at = { ...file, offset, place: found.place };
  return bounded(
    completeVariables(at) ?? (found.place.kind === 'text' ? [] : (completeKeys(at) ?? completeValue(at))),
  );
}
