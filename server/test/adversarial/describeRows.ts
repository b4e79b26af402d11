import { after } from 'mocha';

/** A row of docs/safety.md: what an attacker does, and what must hold, judged by what happened and never by wording. */
export interface AdversarialRow {
  readonly id: string;
  readonly input: string;
  readonly outcome: string;
}

export type TriedRow = AdversarialRow & {
  /** Throws where the outcome does not hold. */
  readonly holds: () => Promise<void> | void;
  /** The system whose tools it needs; elsewhere it counts as not run. */
  readonly only?: NodeJS.Platform;
};

/** A row that no machine of ours can try, with the reason. */
export type UntriedRow = AdversarialRow & { readonly notRun: string };

/** A test for each row; rows that are not run are printed with their reason. */
export function describeRows(group: string, rows: readonly (TriedRow | UntriedRow)[]): void {
  const untried: string[] = [];
  describe(group, function () {
    this.timeout(180_000);
    for (const row of rows) {
      const title = `${row.id} | ${row.input} | ${row.outcome}`;
      const reason = reasonNotToRun(row);
      if (reason === undefined && 'holds' in row) it(title, () => row.holds());
      else {
        it(title);
        untried.push(`not run  ${title}  (${reason ?? ''})`);
      }
    }
    after(() => {
      for (const line of untried) process.stdout.write(`\n  ${line}\n`);
    });
  });
}

function reasonNotToRun(row: TriedRow | UntriedRow): string | undefined {
  if ('notRun' in row) return row.notRun;
  return row.only === undefined || row.only === process.platform ? undefined : `only on ${row.only}`;
}
