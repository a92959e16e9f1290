import { describe, expect, it } from 'vitest';
import { mainClassOf } from './main-class-of.ts';

const line = (...words: string[]) => words.map((word) => `${word}\0`).join('');

describe('mainClassOf', () => {
  it('is the first argument behind the options, however long the class path', () => {
    const classPath = Array.from({ length: 200 }, (_, at) => `/opt/lib/part-${at}.jar`).join(':');
    const daemon = 'alluxio.master.AlluxioMaster';
    expect(mainClassOf(line('/usr/bin/java', '-Xmx8g', '-cp', classPath, '-Dalluxio.home=/opt', daemon))).toBe(daemon);
    expect(mainClassOf(line('java', '-XX:+UseG1GC', daemon, 'alluxio.worker.AlluxioWorker'))).toBe(daemon);
  });

  it('is found where blanks part the arguments, as the collector gives them', () => {
    expect(mainClassOf('java --add-opens java.base/java.io=ALL-UNNAMED -Xmx160m -cp /a:/b/* x.y.Main --port 1')).toBe(
      'x.y.Main',
    );
  });

  it('is the file of a jar', () => {
    expect(mainClassOf(line('/jdk/bin/java', '-Xss4m', '-jar', '/srv/app/service-1.2.jar', '--port', '80'))).toBe(
      'service-1.2.jar',
    );
  });

  it('is none for other programs, for a text that is cut, and for what is no name', () => {
    expect(mainClassOf(line('python3', 'alluxio.master.AlluxioMaster'))).toBeNull();
    expect(mainClassOf('java\0-cp\0/opt/lib/a.jar:/opt')).toBeNull();
    expect(mainClassOf(line('java', 'a b\nc'))).toBeNull();
    expect(mainClassOf('')).toBeNull();
  });
});
