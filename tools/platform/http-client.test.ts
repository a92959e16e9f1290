import { afterEach, describe, expect, it } from 'vitest';
import { type FakeAnswer, type FakeService, fakeService } from './fake-service.ts';
import { openLivePlatform } from './live-platform.ts';
import type { HttpAnswer, HttpMiss, Platform } from './platform.ts';

const open: FakeService[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});

async function started(answer: FakeAnswer): Promise<FakeService> {
  const service = await fakeService(answer);
  open.push(service);
  return service;
}

function platformOf(url: string, more: Partial<Parameters<typeof openLivePlatform>[0]> = {}): Platform {
  return openLivePlatform({
    services: { 'yarn-rm': url },
    eventLogs: null,
    hostsDir: null,
    httpTimeoutMs: 600,
    httpMaxBytes: 1 << 20,
    now: Date.now(),
    ...more,
  });
}

const missOf = (answer: HttpAnswer | HttpMiss) => ('miss' in answer ? answer.miss : `status ${answer.status}`);
const notes = (platform: Platform) => (platform.troubles?.() ?? []).map(({ note }) => note.en);

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const from = performance.now();
  return [await work(), performance.now() - from];
}

describe('a bad answer on the wire costs a bounded wait and one sentence that names the service', () => {
  it('a server that hangs: two timeouts side by side, then it is not asked again', async () => {
    const { url, asked } = await started(() => undefined);
    const platform = platformOf(url);
    const [answers, tookMs] = await timed(() => Promise.all(['/a', '/b'].map((path) => platform.get('yarn-rm', path))));
    expect(answers.map(missOf)).toEqual(['unreachable', 'unreachable']);
    expect(tookMs).toBeGreaterThan(550);
    expect(tookMs).toBeLessThan(1_200);
    const [later, laterMs] = await timed(() => platform.get('yarn-rm', '/c'));
    expect(missOf(later)).toBe('unreachable');
    expect(laterMs).toBeLessThan(50);
    expect(asked.map(({ path }) => path)).toEqual(['/a', '/b']);
    expect(notes(platform)).toEqual(['yarn-rm did not answer within 0.6 s; 3 of 3 requests failed']);
    // As a recording has it: the requests that went out in vain are answers with status 0.
    expect((await platform.recorded('yarn-rm')).map(({ request, status }) => [request, status])).toEqual([
      ['/a', 0],
      ['/b', 0],
    ]);
  });

  it('a hung endpoint of a server that answers others does not switch the others off', async () => {
    const { url } = await started((path, response) => {
      if (path.startsWith('/ok')) response.end('{}');
    });
    const platform = platformOf(url);
    for (const path of ['/hung', '/ok1', '/hung2', '/ok2']) await platform.get('yarn-rm', path);
    expect((await platform.recorded('yarn-rm')).map(({ status }) => status)).toEqual([0, 200, 0, 200]);
  });

  it('a body that never ends is waited for no longer than the rest', async () => {
    const { url } = await started((_path, response) => {
      response.write('[');
      const timer = setInterval(() => response.write('1,'), 50);
      response.on('close', () => clearInterval(timer));
    });
    const [answer, tookMs] = await timed(() => platformOf(url).get('yarn-rm', '/a'));
    expect(missOf(answer)).toBe('unreachable');
    expect(tookMs).toBeLessThan(1_000);
  });

  it.each([
    [401, 'yarn-rm answered /ws/v1 with status 401 (who are you)'],
    [403, 'yarn-rm answered /ws/v1 with status 403 (who are you)'],
    [404, 'yarn-rm answered /ws/v1 with status 404 (who are you)'],
    [500, 'yarn-rm answered /ws/v1 with status 500 (who are you)'],
  ])('status %i is an answer for the area', async (status, said) => {
    const { url, asked } = await started((_path, response) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"message":"who are you"}'),
    );
    const platform = platformOf(url);
    expect(await platform.get('yarn-rm', '/ws/v1?x=1')).toMatchObject({ status, request: '/ws/v1?x=1' });
    expect(notes(platform)).toEqual([said]);
    expect(asked).toHaveLength(1);
  });

  it('a path that this version does not have is no trouble while others answer', async () => {
    const { url } = await started((path, response) => response.writeHead(path === '/has' ? 200 : 404).end('{}'));
    const platform = platformOf(url);
    await Promise.all(['/has', '/has-not'].map((path) => platform.get('yarn-rm', path)));
    expect(notes(platform)).toEqual([]);
  });

  it('HTML for JSON is told as a web page, whatever it is called', async () => {
    for (const type of ['text/html;charset=utf-8', 'application/json']) {
      const { url } = await started((_path, response) =>
        response.writeHead(200, { 'content-type': type }).end('<!DOCTYPE html><title>Single sign-on</title>'),
      );
      const platform = platformOf(url);
      expect(missOf(await platform.get('yarn-rm', '/ws'))).toBe('status 200');
      expect(notes(platform)).toEqual(['yarn-rm answered /ws with a web page instead of data (Single sign-on)']);
    }
  });

  it('half a body is no answer, and the server is not called silent for it', async () => {
    const { url } = await started((_path, response, request) => {
      response.writeHead(200, { 'content-length': '4000' }).write('{"apps":');
      setTimeout(() => request.socket.destroy(), 20);
    });
    // Time for every retry, on a busy machine too.
    const platform = platformOf(url, { httpTimeoutMs: 10_000 });
    expect(missOf(await platform.get('yarn-rm', '/ws'))).toBe('unreachable');
    expect(notes(platform)).toEqual(['yarn-rm broke off its answer']);
    expect(await platform.recorded('yarn-rm')).toEqual([]);
  });

  it('100 MB are not read, announced or not', async () => {
    for (const announced of [true, false]) {
      let sent = 0;
      const { url } = await started((_path, response) => {
        if (announced) response.setHeader('content-length', 100 << 20);
        const chunk = Buffer.alloc(64 << 10, 'x');
        const more = () => {
          while (sent < 100 << 20 && !response.destroyed) {
            sent += chunk.length;
            if (!response.write(chunk)) return response.once('drain', more);
          }
          return response;
        };
        more();
      });
      const platform = platformOf(url);
      expect(missOf(await platform.get('yarn-rm', '/ws'))).toBe('too_large');
      expect(notes(platform)).toEqual(['yarn-rm answered more than 1 MiB']);
      expect(sent).toBeLessThan(20 << 20);
    }
  });

  it('nobody at the address: tried three times, then told, and visible as refused', async () => {
    const { url, close } = await started(() => undefined);
    await close();
    const platform = platformOf(url);
    const [answer, tookMs] = await timed(() => platform.get('yarn-rm', '/ws'));
    expect(missOf(answer)).toBe('unreachable');
    expect(tookMs).toBeGreaterThan(150);
    expect(notes(platform)).toEqual(['yarn-rm refused the connection']);
    const [kept] = await platform.recorded('yarn-rm');
    expect(kept?.body).toMatch(/^ECONNREFUSED connection refused after/);
  });
});

describe('retries', () => {
  it.each([502, 503, 504])('%i is tried again, and what comes then counts', async (status) => {
    let tries = 0;
    const { url, asked } = await started((_path, response) => {
      tries += 1;
      response.writeHead(tries < 3 ? status : 200).end('{"ok":1}');
    });
    const platform = platformOf(url, { httpTimeoutMs: 3_000 });
    expect(await platform.get('yarn-rm', '/ws')).toMatchObject({ status: 200, body: '{"ok":1}' });
    expect(asked).toHaveLength(3);
    expect(notes(platform)).toEqual([]);
  });

  it('end, and stay within the time of one request', async () => {
    const { url, asked } = await started((_path, response) => response.writeHead(503).end());
    const [answer, tookMs] = await timed(() => platformOf(url).get('yarn-rm', '/ws'));
    expect(missOf(answer)).toBe('status 503');
    expect(asked.length).toBeLessThanOrEqual(3);
    expect(tookMs).toBeLessThan(700);
  });

  it('are not made of an error of the application', async () => {
    const { url, asked } = await started((_path, response) => response.writeHead(500).end());
    await platformOf(url).get('yarn-rm', '/ws');
    expect(asked).toHaveLength(1);
  });
});

describe('redirects', () => {
  it('to another host, port or path are not followed, and told', async () => {
    const other = await started((_path, response) => response.end('{"secret":1}'));
    for (const location of [
      `${other.url}/ws/`,
      '//127.0.0.1:1/ws/',
      '/elsewhere/',
      '/ws/../x',
      'http://169.254.169.254/',
    ]) {
      const { url } = await started((_path, response) => response.writeHead(302, { location }).end());
      const platform = platformOf(url);
      expect(missOf(await platform.get('yarn-rm', '/ws'))).toBe('status 302');
      expect(notes(platform)[0]).toContain('yarn-rm redirects /ws to');
    }
    expect(other.asked).toEqual([]);
  });

  it('for a slash at the end are followed once', async () => {
    const { url, asked } = await started((path, response, request) => {
      if (path.startsWith('/metrics/prometheus/')) response.end('up 1\n');
      else response.writeHead(302, { location: `http://${request.headers.host}/metrics/prometheus/?a=1` }).end();
    });
    expect(await platformOf(url).get('yarn-rm', '/metrics/prometheus?a=1')).toMatchObject({
      status: 200,
      body: 'up 1\n',
    });
    const round = await started((path, response) => response.writeHead(302, { location: `${path}/` }).end());
    expect(missOf(await platformOf(round.url).get('yarn-rm', '/a'))).toBe('status 302');
    expect(asked.length + round.asked.length).toBe(4);
  });
});

describe('a question’s budget', () => {
  const budget = { calls: 1_000, bytes: 1 << 30, ms: 60_000 };

  it('of calls is kept', async () => {
    const { url, asked } = await started((_path, response) => response.end('{}'));
    const platform = platformOf(url, { budget: { ...budget, calls: 3 } });
    const answers = await Promise.all([1, 2, 3, 4, 5].map((path) => platform.get('yarn-rm', `/${path}`)));
    expect(answers.map(missOf)).toEqual([...Array(3).fill('status 200'), 'over_budget', 'over_budget']);
    expect(asked).toHaveLength(3);
    expect(notes(platform)).toEqual([
      "yarn-rm was not asked: the question's budget (3 calls) was used up; 2 of 5 requests failed",
    ]);
  });

  it('of bytes is kept, in the middle of an answer too', async () => {
    const { url } = await started((_path, response) => response.end('x'.repeat(400_000)));
    const platform = platformOf(url, { budget: { ...budget, bytes: 500_000 } });
    const answers = [];
    for (const path of ['/1', '/2', '/3']) answers.push(missOf(await platform.get('yarn-rm', path)));
    expect(answers).toEqual(['status 200', 'over_budget', 'over_budget']);
  });

  it('of seconds is kept: requests side by side cost once, time without requests nothing', async () => {
    const { url } = await started((_path, response) => void setTimeout(() => response.end('{}'), 600));
    const platform = platformOf(url, { httpTimeoutMs: 10_000, budget: { ...budget, ms: 1_500 } });
    await Promise.all(['/1', '/2', '/3', '/4'].map((path) => platform.get('yarn-rm', path)));
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    expect(missOf(await platform.get('yarn-rm', '/5'))).toBe('status 200');
    // Some 300 ms are left: the request is cut there, and the next is not sent.
    expect(missOf(await platform.get('yarn-rm', '/6'))).toBe('unreachable');
    expect(missOf(await platform.get('yarn-rm', '/7'))).toBe('over_budget');
  });
});

describe('what goes out', () => {
  it('is asked once however often it is wanted, and never for a service or path that is none', async () => {
    const { url, asked } = await started((_path, response) => response.end('{}'));
    const platform = platformOf(url);
    await Promise.all([platform.get('yarn-rm', '/a?x=1&y=2'), platform.get('yarn-rm', '/a?y=2&x=1')]);
    for (const path of ['//evil.example/', '/../etc', '/a/%2e%2e/b', '/a b', '@evil.example/', '/a\r\nx: y'])
      expect(missOf(await platform.get('yarn-rm', path))).toBe('unreachable');
    for (const service of ['constructor', '__proto__', 'toString', 'prometheus'])
      expect(missOf(await platform.get(service, '/a'))).toBe('not_configured');
    expect(asked).toHaveLength(1);
  });

  it('carries the service’s token and nobody else’s, and an echo of it is masked', async () => {
    const token = 'tok-0123456789-secret';
    const own = await started((_path, response, request) => response.end(`{"you":"${request.headers.authorization}"}`));
    const other = await started((_path, response) => response.end('{}'));
    const platform = platformOf('', { services: { prometheus: { url: own.url, token }, flink: { url: other.url } } });
    const answer = await platform.get('prometheus', '/api');
    await platform.get('flink', '/');
    expect(own.asked[0]?.authorization).toBe(`Bearer ${token}`);
    expect(other.asked[0]?.authorization).toBeUndefined();
    expect('body' in answer ? answer.body : '').toBe('{"you":"Bearer ‹masked›"}');
  });

  it('is at most eight requests to one service at a time', async () => {
    let [now, most] = [0, 0];
    const { url } = await started((_path, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end('{}');
      }, 20);
    });
    const platform = platformOf(url, { httpTimeoutMs: 5_000 });
    await Promise.all(Array.from({ length: 40 }, (_, path) => platform.get('yarn-rm', `/${path}`)));
    expect(most).toBeLessThanOrEqual(8);
    expect((await platform.recorded('yarn-rm')).length).toBe(40);
  });
});
