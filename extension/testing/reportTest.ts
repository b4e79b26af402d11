import * as vscode from 'vscode';
import type { TestCase, TestFailure } from '../../server/protocol/tests.ts';
import { fileUri } from '../folderUri.ts';

/** Enters one result into a run of the Test Explorer. */
export function reportTest(
  testRun: vscode.TestRun,
  item: vscode.TestItem,
  folder: string,
  test: TestCase,
): void {
  switch (test.status) {
    case 'passed':
      return testRun.passed(item, test.ms);
    case 'skipped':
      return testRun.skipped(item);
    case 'flaky':
      testRun.appendOutput(
        `${test.name} is flaky: it failed, then passed on the same text.\r\n`,
        undefined,
        item,
      );
      return testRun.passed(item, test.ms);
    case 'failed':
      return testRun.failed(item, failureMessage(item, folder, test.failure), test.ms);
    case 'errored':
      return testRun.errored(item, failureMessage(item, folder, test.failure), test.ms);
  }
}

function failureMessage(
  item: vscode.TestItem,
  folder: string,
  failure: TestFailure | undefined,
): vscode.TestMessage {
  if (!failure) return new vscode.TestMessage('The report gives no reason.');
  const text = failure.detail || failure.message;
  const message =
    failure.expected !== undefined && failure.actual !== undefined
      ? vscode.TestMessage.diff(text, failure.expected, failure.actual)
      : new vscode.TestMessage(text);
  const places = failure.frames.map((frame) => locate(folder, frame.path, frame.line));
  const own = places.find((place) => place.uri.toString() === item.uri?.toString()) ?? places[0];
  const location = own ?? (item.uri && item.range && new vscode.Location(item.uri, item.range));
  if (location) message.location = location;
  message.stackTrace = places.map(
    (place) => new vscode.TestMessageStackFrame(item.label, place.uri, place.range.start),
  );
  return message;
}

function locate(folder: string, path: string, line: number): vscode.Location {
  return new vscode.Location(fileUri(folder, path), new vscode.Position(line, 0));
}
