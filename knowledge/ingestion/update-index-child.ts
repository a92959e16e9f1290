import { updateIndex } from './index-writer.ts';

// The process that `kill-in-the-middle.test.ts` kills: update-index-child.ts <index> <folder> [rebuild]
const [uri = '', folder = '', rebuild] = process.argv.slice(2);
process.stdout.write('begun\n');
await updateIndex({
  location: { uri },
  collections: [{ name: 'team', folder }],
  builtIn: false,
  rebuild: rebuild === 'rebuild',
  waitMs: 30_000,
  onProgress: ({ phase, done }) => {
    if (phase === 'writing' && done === 0) process.stdout.write('writing\n');
  },
});
process.stdout.write('done\n');
