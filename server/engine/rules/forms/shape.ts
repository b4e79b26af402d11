/** What may stand at a place of a YAML file of ours: it drives completion and hover, and is held to the JSON schema. */
export type Shape =
  | MapShape
  | RecordShape
  | CandidatesShape
  | TextsShape
  | NumberShape
  | WordShape
  | SwitchShape;

interface Described {
  /** Markdown, one or two sentences. */
  readonly summary: string;
}

export interface MapShape extends Described {
  readonly kind: 'map';
  readonly keys: Readonly<Record<string, Shape>>;
}

/** Keys of one kind, each with a value of the same shape. */
export interface RecordShape extends Described {
  readonly kind: 'record';
  readonly names: 'role' | 'call' | 'provider' | 'rule';
  readonly of: MapShape;
}

/** One `provider/model`, or a list of them. */
interface CandidatesShape extends Described {
  readonly kind: 'candidates';
}

/** A list of texts; an empty one says something too. */
interface TextsShape extends Described {
  readonly kind: 'texts';
}

export interface NumberShape extends Described {
  readonly kind: 'number';
  readonly min: number;
  readonly max?: number;
  readonly whole: boolean;
}

export interface WordShape extends Described {
  readonly kind: 'word';
  /** The words, each with what it means. */
  readonly words: Readonly<Record<string, string>>;
}

/** `true` or `false`. */
interface SwitchShape extends Described {
  readonly kind: 'switch';
}

/** What may stand at a path; undefined: nothing that is known. */
export function shapeAt(root: Shape, path: readonly string[]): Shape | undefined {
  let shape: Shape | undefined = root;
  for (const key of path) {
    if (shape?.kind === 'record') shape = shape.of;
    else if (shape?.kind === 'map') shape = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    else return undefined;
  }
  return shape;
}
