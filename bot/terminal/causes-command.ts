import { Command, Option } from 'commander';
import type { Language } from '../../knowledge/bilingual.ts';
import { CAUSES } from '../../knowledge/causes/catalogue.ts';
import type { TerminalIo } from './terminal-io.ts';

/** `wherefore causes`: the catalogue of root causes. */
export function causesCommand(io: TerminalIo): Command {
  return new Command('causes')
    .description('the catalogue of root causes: what each means, what proves it')
    .option('--json', 'as JSON')
    .addOption(new Option('--lang <language>', 'language of the text').choices(['en', 'zh']).default('en'))
    .action((options: { json?: boolean; lang: Language }) => {
      if (options.json) {
        io.write(`${JSON.stringify(CAUSES, null, 2)}\n`);
        return;
      }
      const language = options.lang;
      for (const cause of CAUSES) {
        const standing = cause.standing === 'unproven' ? (language === 'zh' ? '（未经实录验证）' : ' (unproven)') : '';
        io.write(`${cause.code}${standing}\n    ${cause.meaning[language]}\n    ${cause.proof.statement[language]}\n`);
      }
    });
}
