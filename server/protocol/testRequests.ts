import type { NotificationName, RequestName } from './requests.ts';
import type {
  AffectedTests,
  CoverageReport,
  DebugCommand,
  DebugEnd,
  DeclaredTest,
  ReviewFinding,
  SuggestionPlace,
  TestFileName,
} from './testDisplay.ts';

// From client to server.
/** The test files of a folder, by their names. */
export const listTestFiles: RequestName<{ readonly folder: string }, readonly TestFileName[]> = {
  method: 'codegenLab/listTestFiles',
};
/** The tests that a file declares as its text is now; undefined: nobody can tell before they have run. */
export const listDeclaredTests: RequestName<
  { readonly folder: string; readonly path: string },
  readonly DeclaredTest[] | undefined
> = { method: 'codegenLab/listDeclaredTests' };
/** The tests that changes of these files can affect. */
export const findAffectedTests: RequestName<
  { readonly folder: string; readonly paths: readonly string[] },
  AffectedTests
> = { method: 'codegenLab/findAffectedTests' };
/** What the last run with coverage of a folder measured. */
export const readCoverage: RequestName<{ readonly folder: string }, CoverageReport | undefined> = {
  method: 'codegenLab/readCoverage',
};
/** Where what a review suggests goes in the text as it is now. */
export const locateSuggestion: RequestName<{ readonly id: string }, SuggestionPlace> = {
  method: 'codegenLab/locateSuggestion',
};

// From server to client.
/** Runs a test command under a debugger; answers when the session is over. A cancelled request ends it. */
export const debugTests: RequestName<DebugCommand, DebugEnd> = { method: 'codegenLab/debugTests' };
/** What reviews found last; sent when it has become something else. */
export const reviewsChanged: NotificationName<readonly ReviewFinding[]> = { method: 'codegenLab/reviews' };
