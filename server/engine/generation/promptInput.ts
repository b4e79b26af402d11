import type { ModelMessage } from '../ports/models.ts';

/** The rules that a prompt holds. */
export interface PromptRules {
  /** The rule that fires. */
  readonly rule: PromptRule;
  readonly always: readonly PromptRule[];
  /** Rules whose globs match the target or a context file. */
  readonly attached: readonly PromptRule[];
  /** Manual rules that the action's `context` names. */
  readonly named: readonly PromptRule[];
  /** Agent Requested rules: only name and description are shown. */
  readonly requested: readonly PromptRule[];
}

/** What a prompt is composed of, as plain data; nothing of it is looked up later. */
export interface TestPromptInput extends PromptRules {
  /** The action's message with its variables replaced. */
  readonly message: string;
  /** The file that was saved. */
  readonly source: PromptFile;
  /** The source as it was committed last; undefined if it never was. */
  readonly committed?: string;
  /** The test file; `text` is undefined when it is to be created. */
  readonly target: { readonly path: string; readonly text: string | undefined };
  /** The most useful first; the last one is the first to be left out. */
  readonly context: readonly ContextFile[];
  readonly runner: PromptRunner;
  /** The tests have to fail on the code as it is. Default: false. */
  readonly redFirst?: boolean;
  /** undefined: not measured, or every line runs. */
  readonly gaps?: TestGaps;
  /** Sentences about small wrong changes of the source that no test notices; undefined: none is asked about. */
  readonly survivors?: readonly string[];
  /** undefined: none is asked for. */
  readonly properties?: WantedProperties;
  /** The most tokens that the prompt may have. */
  readonly maxInputTokens: number;
}

/** What of the source the tests do not run yet, in zero-based lines. */
export interface TestGaps {
  readonly lines: readonly (readonly [first: number, last: number])[];
  /** Lines with a condition that does not take all of its ways. */
  readonly branches: readonly number[];
}

/** Functions of the source whose result depends on nothing but what they are given, where the project tests properties. */
export interface WantedProperties {
  /** The library that the project has for it. */
  readonly library: 'Hypothesis' | 'fast-check';
  /** At least one. */
  readonly functions: readonly string[];
}

export interface PromptRule {
  /** `path` or `path#n`. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The folder that its globs are relative to. */
  readonly scope: string;
  readonly priority: number;
  readonly body: string;
  /** The body in pieces where it was put together from several: what two rules inherit or include stands once. */
  readonly pieces?: readonly PromptPiece[];
  /** Messages of its `suggest` actions and of those that go into prompts only. */
  readonly messages?: readonly string[];
}

export interface PromptPiece {
  readonly text: string;
  /** Tells the place where it was written from all others. */
  readonly source: string;
  /** Written in the file of the rule itself. */
  readonly isOwn: boolean;
}

export interface PromptFile {
  readonly path: string;
  readonly text: string;
}

export interface ContextFile extends PromptFile {
  /**
   * `example`: an existing test whose style is to be followed. `manifest`: an excerpt of the package's manifest. `test`: a
   * test that the work must leave as it is.
   */
  readonly role: 'example' | 'manifest' | 'context' | 'test';
}

export interface PromptRunner {
  readonly language: 'python' | 'javascript' | 'go' | 'rust' | 'java';
  /** What a model must know to write a file that the runner collects. */
  readonly advice: string;
  /** The package's folder, where the tests run; empty for the workspace folder. */
  readonly base: string;
  /** How a `.js` test file is read; undefined for other languages. */
  readonly moduleType?: 'module' | 'commonjs';
}

export interface BuiltPrompt {
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  readonly parts: readonly PromptPart[];
  /** Names of what the limit left out, in the order in which it left. */
  readonly leftOut: readonly string[];
  readonly estimatedTokens: number;
  /** False: even without all that may be left out it is longer than the limit; it must not be sent. */
  readonly fits: boolean;
}

export interface PromptPart {
  readonly kind:
    | 'instructions'
    | 'always'
    | 'attached'
    | 'named'
    | 'rule'
    | 'requested'
    | 'file'
    | 'change'
    | 'failure'
    | 'task';
  readonly name: string;
  readonly chars: number;
}
