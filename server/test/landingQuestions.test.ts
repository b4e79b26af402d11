import assert from 'node:assert/strict';
import type { LandingAnswer, LandingQuestion } from '../engine/ports/person.ts';
import type { ApprovalMode } from '../protocol/runEvents.ts';
import { answer, head, passing, rulePath, ruleWith, run, usual, withSampleSlice } from './sampleSlice.ts';

interface Case {
  readonly title: string;
  readonly user: ApprovalMode;
  /** What the rule wants. */
  readonly rule?: ApprovalMode;
  /** undefined: nobody is there; `silent`: no answer comes. */
  readonly person?: LandingAnswer | 'silent';
  readonly end: readonly [outcome: string, code: string];
  readonly asked?: readonly { readonly showsDiff: boolean }[];
  readonly calls?: number;
}

const cases: readonly Case[] = [
  {
    title: 'lands what the person applies',
    user: 'ask',
    person: { accept: true, seen: false },
    end: ['landed', 'ok'],
    asked: [{ showsDiff: false }],
  },
  {
    title: 'writes nothing when the person rejects it',
    user: 'ask',
    person: { accept: false, seen: true },
    end: ['rejected', 'ok'],
    asked: [{ showsDiff: false }],
  },
  {
    title: 'asks where the rule wants it and the person does not',
    user: 'auto',
    rule: 'ask',
    person: { accept: true, seen: true },
    end: ['landed', 'ok'],
    asked: [{ showsDiff: false }],
  },
  {
    title: 'shows the difference first where the rule wants a preview',
    user: 'auto',
    rule: 'preview',
    person: { accept: true, seen: true },
    end: ['landed', 'ok'],
    asked: [{ showsDiff: true }],
  },
  {
    title: 'asks nobody where both land by themselves',
    user: 'auto',
    rule: 'auto',
    end: ['landed', 'ok'],
    asked: [],
  },
  {
    title: 'refuses where no answer comes',
    user: 'ask',
    person: 'silent',
    end: ['refused', 'approval.nobody'],
    asked: [{ showsDiff: false }],
  },
  {
    title: 'refuses where nobody can be asked, before a model is paid',
    user: 'auto',
    rule: 'ask',
    end: ['refused', 'approval.nobody'],
    calls: 0,
  },
  {
    title: 'shows the difference alone to who named no way to land',
    user: 'preview',
    rule: 'ask',
    end: ['proposed', 'ok'],
  },
];

describe('where a run cannot wait for a decision', () => {
  for (const { title, user, rule, person, end, asked = [], calls = 1 } of cases) {
    it(title, () => {
      const questions: LandingQuestion[] = [];
      const decide = async (question: LandingQuestion): Promise<LandingAnswer | undefined> => {
        questions.push(question);
        return person === 'silent' ? undefined : person;
      };
      const options = {
        script: [answer(usual, ...head, passing)],
        settings: { approval: user },
        files: { [rulePath]: ruleWith(...(rule === undefined ? [] : [`approval: ${rule}`])) },
        ...(person === undefined ? {} : { person: { decide } }),
      };
      return withSampleSlice(options, async (slice) => {
        const result = await run(slice);
        assert.deepEqual([result.outcome, result.code], end, result.message);
        assert.deepEqual(
          questions.map(({ showsDiff, files }) => ({ showsDiff, paths: files.map(({ path }) => path) })),
          asked.map((each) => ({ ...each, paths: [usual] })),
        );
        assert.equal(slice.read(usual) !== undefined, end[0] === 'landed');
        assert.equal(slice.models.requests.length, calls);
      });
    });
  }
});
