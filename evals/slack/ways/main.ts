import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SCENES } from './all-ways.ts';
import { takePictures } from './take-pictures.ts';
import { goWay, openScene } from './way.ts';

// Goes every way to ask over a double of Slack with the bot's real process and prints what people see.
//   npm run slack:ways -- [--only WORDS] [--pictures FOLDER]
const { values } = parseArgs({ options: { only: { type: 'string' }, pictures: { type: 'string' } } });
if (values.pictures !== undefined) await mkdir(values.pictures, { recursive: true });
const wanted = (name: string) => values.only === undefined || name.includes(values.only);
let [gone, failed, skipped] = [0, 0, 0];
for (const scene of SCENES) {
  const ways = scene.ways.filter(({ name }) => wanted(name) || wanted(scene.name));
  if (ways.length === 0) continue;
  if (scene.recording === null) {
    skipped += ways.length;
    console.log(`\n## ${scene.name}: skipped, its recording is not on this machine`);
    continue;
  }
  const stage = await openScene(scene);
  try {
    for (const way of ways) {
      const seen = stage.shown.length;
      const began = performance.now();
      const trouble = await goWay(way, stage).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      gone += 1;
      if (trouble !== null) failed += 1;
      const took = ((performance.now() - began) / 1000).toFixed(1);
      console.log(`\n## ${scene.name} · ${way.name} · ${trouble === null ? 'ok' : 'FAILED'} · ${took} s`);
      if (trouble !== null) console.log(trouble);
      for (const { title, channel, threadTs } of stage.shown.slice(seen))
        console.log(`\n# ${title}\n${await stage.slack.transcript(channel, threadTs)}`);
      if (values.pictures !== undefined) await takePictures(stage, stage.shown.slice(seen), values.pictures);
    }
  } finally {
    await stage.close();
  }
}
console.log(`\n${gone} ways, ${failed} failed${skipped > 0 ? `, ${skipped} skipped: no recording` : ''}`);
process.exitCode = failed > 0 ? 1 : 0;
