import type { FormWish } from '../../protocol/modelSettings.ts';
import type { AnswerForm } from './answerForm.ts';

export interface FormQuestion {
  /** Texts of the files that may be written; undefined for one that is to be created. */
  readonly texts: readonly (string | undefined)[];
  /** Names of the models that may be asked, as their providers have them. */
  readonly models: readonly string[];
  readonly wish: FormWish;
}

type ModelSize = 'small' | 'usual';

interface FormRow {
  readonly model: ModelSize;
  /** Of the one file that may be written. */
  readonly maxLines: number;
  readonly form: AnswerForm;
}

/**
 * The first row that fits counts. Small models drop lines of SEARCH parts: a short file costs them less whole, and in a long
 * one they find a chunk by its number. Others copy well, and a block costs the fewest tokens.
 */
const table: readonly FormRow[] = [
  { model: 'small', maxLines: 60, form: 'whole' },
  { model: 'small', maxLines: 400, form: 'blocks' },
  { model: 'small', maxLines: Infinity, form: 'chunks' },
  { model: 'usual', maxLines: Infinity, form: 'blocks' },
];

/** The form in which edits are asked for. A new or empty file is always asked for whole, several files as blocks or diffs. */
export function chooseForm({ texts, models, wish }: FormQuestion): AnswerForm {
  const [text, ...others] = texts;
  if (others.length > 0) return wish === 'diff' ? 'diff' : 'blocks';
  if (text === undefined || text.trim() === '') return 'whole';
  if (wish !== 'auto') return wish === 'chunks' && holdsMarkers(text) ? 'blocks' : wish;
  const model = sizeOf(models);
  const lines = text.split('\n').length;
  const form = table.find((row) => row.model === model && lines <= row.maxLines)?.form ?? 'blocks';
  return form === 'chunks' && holdsMarkers(text) ? 'blocks' : form;
}

/** In billions of parameters. */
const smallModel = 14;

/** Small only if every model that may be asked says so in its name, such as `qwen2.5-coder:7b`. */
function sizeOf(models: readonly string[]): ModelSize {
  const sizes = models.map((name) =>
    Number(/(?:^|[^a-z0-9.])(\d{1,4}(?:\.\d+)?)b(?![a-z0-9])/iu.exec(name)?.[1]),
  );
  return sizes.length > 0 && sizes.every((size) => size <= smallModel) ? 'small' : 'usual';
}

/** Lines that would be taken for the ends of chunks. */
function holdsMarkers(text: string): boolean {
  return /^(?:<{5,9} ?CHUNK|>{5,9} ?END)\b/imu.test(text);
}
