import type { FakeSlackAddress, FakeSlackControl } from './fake-slack.ts';

/**
 * A double in another process, steered through its control server with the same methods.
 *
 * @param url of the control server, with a slash at the end
 * @throws Error where nothing answers there
 */
export async function remoteFakeSlack(url: string): Promise<FakeSlackAddress & FakeSlackControl> {
  async function call(name: string, args: readonly unknown[]): Promise<unknown> {
    const response = await fetch(`${url}${name}`, { method: 'POST', body: JSON.stringify(args) });
    const { result, error } = (await response.json()) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  }
  const address = (await call('', [])) as FakeSlackAddress;
  return new Proxy(address as FakeSlackAddress & FakeSlackControl, {
    get(held, name) {
      if (typeof name !== 'string' || name === 'then' || Object.hasOwn(held, name)) return Reflect.get(held, name);
      return (...args: unknown[]) => call(name, args);
    },
  });
}
