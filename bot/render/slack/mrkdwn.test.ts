import { describe, expect, it } from 'vitest';
import { SLACK_HOSTILE } from './huge-diagnosis-fixture.ts';
import { bold, code, cutMrkdwn, escaped, link, mrkdwn, notificationText, person, plainText, quoted } from './mrkdwn.ts';

describe('text in the markup of Slack', () => {
  it('mentions nobody and links nowhere', () => {
    const { mrkdwn: text } = escaped(SLACK_HOSTILE);
    expect(text).toContain('&lt;!channel&gt; &lt;!here&gt;');
    expect(text).toContain('＠here ＠channel ＠everyone');
    expect(text).toContain('&lt;https[:]//evil.example/?leak=1|click for the full log&gt;');
    expect(text).toContain('&amp;amp; &amp;lt;!channel&amp;gt;');
    expect(text).toContain('\\u202etxt.exe\\u202c\\u200b\\ufeff');
    expect(text).not.toMatch(/[`*~]|https?:\/\//);
  });

  it('keeps the signs of names, which format nothing', () => {
    expect(escaped('dwd_order_user_wide').mrkdwn).toBe('dwd_order_user_wide');
    expect(escaped('container_…_000008').mrkdwn).toBe('container…000008');
    expect(escaped('_SUCCESS and __init__').mrkdwn).toBe('ˍSUCCESS and ˍˍinitˍˍ');
    expect(escaped('me@hereford.example').mrkdwn).toBe('me@hereford.example');
  });

  it('builds from texts and markup', () => {
    expect(mrkdwn`${bold('a*b')} ${'<x>'} ${3}`.mrkdwn).toBe('*a∗b* &lt;x&gt; 3');
    expect(code('a `b` <c>').mrkdwn).toBe('`a ˋbˋ &lt;c&gt;`');
    expect(quoted('> <!here>').mrkdwn).toBe('> &gt; &lt;!here&gt;');
    expect(bold(' ').mrkdwn).toBe('');
    expect(notificationText('one\n<two>').mrkdwn).toBe('one\n&lt;two&gt;');
    expect(plainText('a\u0007b')).toBe('a\\u0007b');
  });

  it('links only to the web, without credentials', () => {
    expect(link('https://x.example/a?b=1&c=2', 'see | it').mrkdwn).toBe('<https://x.example/a?b=1&amp;c=2|see ¦ it>');
    expect(link('https://x.example/a>|<!channel>', 'x').mrkdwn).toBe('<https://x.example/a%3E%7C%3C!channel%3E|x>');
    for (const url of [
      'javascript:alert(1)',
      'https://user:secret@x.example/',
      'knowledge/runbooks/a.md',
      'slack://open',
    ])
      expect(link(url, 'title').mrkdwn).toBe('title');
  });

  it('calls a person by an id and by nothing else', () => {
    expect(person('U012AB3CD').mrkdwn).toBe('<@U012AB3CD>');
    for (const user of ['!channel', '<!here>', 'S012', 'U1|x', 'u012abc', ''])
      expect(person(user).mrkdwn).not.toContain('<');
  });

  it('cuts before an escape, a link or half a character', () => {
    const whole = mrkdwn`${'<'.repeat(10)}`;
    for (let most = 3; most < whole.mrkdwn.length; most += 1)
      expect(cutMrkdwn(whole, most).mrkdwn).toMatch(/^(?:&lt;)*…$/);
    const linked = mrkdwn`see ${link('https://x.example/long/path', 'here')} now`;
    for (let most = 3; most < linked.mrkdwn.length; most += 1) {
      const cut = cutMrkdwn(linked, most).mrkdwn;
      expect(cut.length).toBeLessThanOrEqual(most);
      expect(cut.split('<').length).toBe(cut.split('>').length);
    }
    expect(cutMrkdwn({ mrkdwn: '😀😀😀' }, 5).mrkdwn.isWellFormed()).toBe(true);
    expect(cutMrkdwn(code('x'.repeat(50)), 20).mrkdwn).toMatch(/^`x+`…$/);
  });
});
