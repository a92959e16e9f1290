/** Whether what goes to an address can be read on its way: plain http to another machine. */
export function isOpenWire(url: string): boolean {
  return url.startsWith('http://') && !/^http:\/\/(?:127\.|localhost(?:[:/]|$)|\[::1\])/.test(url);
}
