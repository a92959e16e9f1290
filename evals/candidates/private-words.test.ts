import { describe, expect, it } from 'vitest';
import { namesIn, privateWords } from './private-words.ts';

const cleaned = (text: string, people: readonly string[] = []) => privateWords(people).clean(text);

describe('private words', () => {
  it.each([
    ['a password on a command line', 'spark-submit --password hunter2secret', 'hunter2secret'],
    ['a token in a log line', '26/11/21 10:00:00 INFO x: fs.s3a.secret.key=abcDEF123456', 'abcDEF123456'],
    ['a token of Slack', 'xoxb-1234567890-abcdef', 'abcdef'],
    ['an e-mail', 'ask Anna.Schmidt@corp.example.org about it', 'Anna'],
    ['an e-mail behind a colon', 'owner:anna.schmidt@corp.example.org', 'anna'],
    ['an e-mail as Slack writes it', 'ask <mailto:anna@corp.example.org|anna@corp.example.org>', 'anna'],
    ['an e-mail in a path', 'read /user/anna@corp.example.org/in', 'anna'],
    ['an e-mail in an address', 'GET /jobs?owner=anna%40corp.example.org', 'anna'],
    ['an e-mail behind Chinese', '联系 请找anna@corp.example.org', 'anna'],
    ['a link to Slack', 'see https://acme.slack.com/archives/C0123ABCD45/p1700000000000100', 'acme'],
    ['a mention', 'thanks <@U0123ABCD45>', 'U0123ABCD45'],
    ['a mention with its name', 'thanks <@W0123ABCD45|anna>', 'anna'],
    ['a channel', 'in <#C0123ABCD45|data-help>', 'C0123ABCD45'],
    ['an id alone', 'user U0123ABCD45 pressed it', 'U0123ABCD45'],
  ])('takes out %s', (_, text, gone) => {
    expect(cleaned(text)).not.toContain(gone);
    expect(cleaned(text).split(' ')[0]).toBe(text.split(' ').length > 1 ? text.split(' ')[0] : cleaned(text));
  });

  it.each([
    'akka.tcp://flink@bd-node11.example.org:6123/user/rpc/taskmanager_0',
    'http/yarn-rm/ws/v1/cluster/apps/application_1795259698281_0005@20261121T154808Z.json',
    'principal nn/node02.example.org@EXAMPLE.ORG of the NameNode',
    'running Task@6d06d69c.run with Executor@1a2b3c4d',
    'CONTAINER_LAUNCHED TASKMANAGER BLOCK0001 exitCode=-100',
    'org.apache.spark.SparkException: Job aborted due to stage failure',
    'container_e12_1700000000000_0042_01_000008 on node02',
  ])('leaves what a platform writes: %s', (text) => {
    expect(cleaned(text)).toBe(text);
  });

  it('takes out people that it is told of, as whole words in any case, in file names too', () => {
    const words = privateWords(['anna', '小明']);
    expect(words.clean('Anna’s job in /home/anna; hannah and anna_2 stay; 找 小明')).toBe(
      'somebody’s job in /home/somebody; hannah and anna_2 stay; 找 somebody',
    );
    expect(words.cleanName('hosts/a/home/anna/x.log')).toBe('hosts/a/home/somebody/x.log');
    expect(words.takenOut().people).toBe(4);
  });

  it('finds the names that words tell by themselves', () => {
    expect(namesIn('ask <@U0123ABCD45|anna> or bert.maier@corp.example.org, not team@corp.example.org')).toEqual([
      'anna',
      'bert.maier',
    ]);
  });

  it('keeps every line in its place', () => {
    const text = 'a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb@corp.example.org\n';
    expect(cleaned(text).split('\n')).toHaveLength(text.split('\n').length);
    expect(cleaned(text)).not.toContain('MIIE');
  });

  it('does it again without changing anything: what is clean stays', () => {
    const once = cleaned('ask anna@corp.example.org, --token abcdef123, <@U0123ABCD45>', ['anna']);
    expect(cleaned(once, ['anna'])).toBe(once);
  });
});
