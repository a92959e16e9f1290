import { expect, it } from 'vitest';
import { answeringEnvironment } from './answering-environment.ts';

it('gives what answering needs, and nothing that speaks to Slack or the store', () => {
  const kept = { PATH: '/bin', WHEREFORE_MODEL_KEY: 'k', MY_YARN_TOKEN: 't', HTTPS_PROXY: 'p' };
  const others = {
    WHEREFORE_SLACK_BOT_TOKEN: 'xoxb-1',
    WHEREFORE_SLACK_APP_TOKEN: 'xapp-1',
    WHEREFORE_SLACK_SIGNING_SECRET: 's',
    SLACK_BOT_TOKEN: 'xoxb-2',
    DATABASE_URL: 'postgres://u:p@h/d',
    PGPASSWORD: 'p',
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=x',
    WHEREFORE_MCP_TOKEN: 'm',
  };
  const given = answeringEnvironment({ ...kept, ...others });
  expect(Object.keys(given)).toEqual(['PATH', 'WHEREFORE_MODEL_KEY', 'MY_YARN_TOKEN', 'HTTPS_PROXY']);
});
