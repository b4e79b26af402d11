import { basename } from 'node:path';
import { readUsage } from '../../server/protocol/requests.ts';
import { renderUsageReport } from '../views/renderUsageReport.ts';
import type { Command } from './command.ts';

/** Shows what calls of models took and cost. */
export const showUsage: Command<'codegenLab.showUsage'> = {
  id: 'codegenLab.showUsage',
  needsTrust: false,
  async run(host) {
    const reports = await host.server.request(readUsage, {});
    const parts = reports.map(
      ({ folder, report }) => `# ${basename(folder)}\n\n${renderUsageReport(report)}`,
    );
    await host.prompts.showPage('Usage of Models', parts.join('\n\n') || 'No folder is open.');
  },
};
