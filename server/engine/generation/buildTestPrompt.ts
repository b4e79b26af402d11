import { formOf, renderAnswerForm } from './answerForm.ts';
import { composePrompt } from './composePrompt.ts';
import type { BuiltPrompt, TestPromptInput } from './promptInput.ts';
import { changeSection, contextSections, fileSection, type PromptSection } from './promptSection.ts';
import { redTestInstructions } from './redTestInstructions.ts';
import { renderTestTask } from './renderTestTask.ts';
import { testInstructions } from './testInstructions.ts';

/** The prompt of the action `generate_tests`. The source and the test file never leave it. */
export function buildTestPrompt(input: TestPromptInput): BuiltPrompt {
  const { target } = input;
  const form = formOf(target.text);
  const asked = renderAnswerForm(form, [target.path]);
  return composePrompt({
    ...input,
    instructions: {
      name: 'generate_tests',
      text: input.redFirst === true ? redTestInstructions : testInstructions,
    },
    material: composeFiles(input),
    task: `${renderTestTask(input)}\n\n${asked}${form === 'blocks' ? ' Keep all tests that are there.' : ''}`,
  });
}

function composeFiles({ source, committed, target, context }: TestPromptInput): readonly PromptSection[] {
  const isShown = target.text !== undefined && target.path !== source.path;
  return [
    fileSection(source.path, 'the code to test', source.text),
    ...changeSection(source.path, committed, source.text),
    ...(isShown ? [fileSection(target.path, 'the test file as it is now', target.text ?? '')] : []),
    ...contextSections(context, [source.path, target.path]),
  ];
}
