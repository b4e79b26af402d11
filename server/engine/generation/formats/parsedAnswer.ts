/** What a model's answer says to do, as data. Paths are as the model wrote them: nobody has judged them yet. */
export interface ParsedAnswer {
  /** One per file, in the order of the answer. */
  readonly edits: readonly AnswerEdit[];
  /** What the model wants a person to know: its `NOTE:` lines, without the word. */
  readonly remarks: readonly string[];
  /** Why the answer, or a part of it, cannot be taken. With a problem nothing of the answer may be applied. */
  readonly problems: readonly AnswerProblem[];
}

export type AnswerEdit = WholeFileEdit | BlocksEdit | ChunksEdit;

export interface WholeFileEdit {
  readonly kind: 'whole';
  readonly path: string;
  /** Lines end in \n. */
  readonly text: string;
}

export interface BlocksEdit {
  readonly kind: 'blocks';
  readonly path: string;
  readonly blocks: readonly SearchReplace[];
}

export interface ChunksEdit {
  readonly kind: 'chunks';
  readonly path: string;
  readonly chunks: readonly NumberedChunk[];
}

/** What takes the place of a chunk of a file, as `splitChunks` numbers them. */
export interface NumberedChunk {
  /** From 1. */
  readonly number: number;
  /** Whole lines, each ended by \n. */
  readonly text: string;
}

/** Both texts are whole lines, each ended by \n; an empty text is no line at all. */
export interface SearchReplace {
  readonly search: string;
  readonly replace: string;
}

export interface AnswerProblem {
  readonly code:
    | 'answer.empty'
    | 'answer.too-large'
    | 'answer.no-edit'
    | 'answer.no-path'
    | 'answer.unclosed-fence'
    | 'answer.ambiguous-fence'
    | 'answer.broken-block'
    | 'answer.contradiction'
    | 'answer.elision'
    | 'answer.diff';
  /** For the model and for people: what is wrong and what to do. */
  readonly message: string;
  /** Zero-based line of the answer; undefined when it is about the whole. */
  readonly line?: number;
  /** The file that it is about, if that is known. */
  readonly path?: string;
}
