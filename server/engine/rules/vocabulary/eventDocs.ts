import type { EventName } from '../rule.ts';
import type { WordDoc } from './wordDoc.ts';

/** What fires a rule, by canonical name. */
export const eventDocs: Readonly<Record<EventName, WordDoc>> = {
  save: { summary: 'A file is saved.' },
  create: { summary: 'A file is created.' },
  delete: { summary: 'A file is deleted. Only filters on the path can hold.' },
  rename: { summary: 'A file is renamed; filters see the new path.' },
  open: { summary: 'A file is opened in an editor.' },
  change: {
    summary:
      'Typing in a file paused; sees the text of the buffer. `run`, `task` and `test` are an error here.',
  },
  commit: {
    summary: 'Each staged file, with the text of the index, as `codegen-lab check --staged` sees it.',
  },
  'test-fail': {
    summary: 'A test run ended red; the files are the tests that failed and what they ran through.',
  },
  'test-pass': { summary: 'A test run ended green; the files are the tests and what they ran through.' },
  problems: { summary: 'The diagnostics of a file changed and settled.' },
  'model-write': { summary: 'The model wrote a file. What fires joins the same run and proposal.' },
  accepted: { summary: 'You accepted the edits of a run; each file of it.' },
  manual: { summary: 'You run the rule on a file yourself.' },
};
