import { runnerOfTestFile } from '../../testing/runners/runnerList.ts';

const testFolder = /(?:^|\/)(?:tests?|__tests__|__mocks__|__snapshots__|specs?|e2e|fixtures|testdata)\//iu;
const testName =
  /(?:^|\/)(?:conftest\.py|[^/]+[._-](?:test|spec)\.[^/]+|test_[^/]+\.py)$|_test\.go$|\.snap$/iu;

/** Whether a file belongs to tests: the tests themselves and what they use, such as fixtures and snapshots. */
export function isOfTests(path: string): boolean {
  return runnerOfTestFile(path) !== undefined || testFolder.test(path) || testName.test(path);
}
