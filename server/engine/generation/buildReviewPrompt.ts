import { composePrompt } from './composePrompt.ts';
import { fenceLanguage, showName } from './fenceText.ts';
import type { BuiltPrompt, ContextFile, PromptFile, PromptRules } from './promptInput.ts';
import { changeSection, contextSections, fileSection } from './promptSection.ts';
import { renderReviewForm, reviewInstructions } from './reviewInstructions.ts';

export interface ReviewPromptInput extends PromptRules {
  /** The action's message with its variables replaced. */
  readonly message: string;
  readonly source: PromptFile;
  /** The source as it was committed last; undefined if it never was. */
  readonly committed?: string;
  /** The most useful first; the last one is the first to be left out. */
  readonly context: readonly ContextFile[];
  /** The most tokens that the prompt may have. */
  readonly maxInputTokens: number;
}

/** The prompt of the action `review`. The file never leaves it. */
export function buildReviewPrompt(input: ReviewPromptInput): BuiltPrompt {
  const { source, committed, context } = input;
  return composePrompt({
    ...input,
    instructions: { name: 'review', text: reviewInstructions },
    material: [
      fileSection(source.path, 'the file to review', source.text),
      ...changeSection(source.path, committed, source.text),
      ...contextSections(context, [source.path]),
    ],
    task: `Review \`${showName(source.path)}\`.\n\n${renderReviewForm(fenceLanguage(source.path))}`,
  });
}
