import { controlServer } from './control-server.ts';
import { startFakeSlack } from './fake-slack.ts';
import type { FakeSlackOptions } from './options.ts';

/**
 * A double in a process of its own: `node bot/slack/fake-slack/main.ts '{"retryScale": 0.01}'`. Prints one line of JSON, `{"control":
 * "http://127.0.0.1:…/", "apiUrl": "…"}`, and runs until it is told to end.
 */
const slack = await startFakeSlack(JSON.parse(process.argv[2] ?? '{}') as Partial<FakeSlackOptions>);
const control = await controlServer(slack);
process.stdout.write(`${JSON.stringify({ control: control.url, apiUrl: slack.apiUrl })}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([slack.close(), control.close()]).then(() => process.exit(0));
  });
}
