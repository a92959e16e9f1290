import { describe, expect, it } from 'vitest';
import { MASK, maskSecrets } from './mask-secrets.ts';

describe('maskSecrets', () => {
  const planted: [string, string][] = [
    ['spark.hadoop.fs.s3a.secret.key=wJalrXUtnFEMIK7MDENGbPxRfiCY', 'wJalrXUtnFEMIK7MDENGbPxRfiCY'],
    ['-Djavax.net.ssl.trustStorePassword=changeit99', 'changeit99'],
    ['jdbc:mysql://db:3306/x?user=a&password=hunter2secret', 'hunter2secret'],
    ['https://bob:s3cr3tpw@repo.example/x', 's3cr3tpw'],
    ['key AKIAIOSFODNN7EXAMPLE in use', 'AKIAIOSFODNN7EXAMPLE'],
    ['ak LTAI5tQnKxExampleKeyId0', 'LTAI5tQnKxExampleKeyId0'],
    ['xoxb-123456789012-abcdefghijkl', '123456789012'],
    ['"spark.authenticate.secret":"topsecretvalue"', 'topsecretvalue'],
    ['spark-submit --password verysecretword --x', 'verysecretword'],
    ['GET /o?OSSAccessKeyId=abc123456&Signature=dGhpc2lz%3D', 'dGhpc2lz'],
    ['token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk end', 'eyJhbGciOiJIUzI1NiJ9'],
  ];

  it.each(planted)('hides the secret in %s', (text, secret) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(secret);
    expect(masked).toContain(MASK);
  });

  it('leaves settings that only sound secret', () => {
    for (const text of [
      'spark.sql.token.enabled=true',
      'yarn.resourcemanager.delegation.token.renew-interval=86400000'.slice(0, 55),
      'Token renewal interval is 24h',
      'password=********(redacted)',
    ]) {
      expect(maskSecrets(text)).toBe(text);
    }
  });

  it('takes linear time on hostile text', () => {
    const started = performance.now();
    maskSecrets(`${'secret'.repeat(20_000)}=${'a.b-'.repeat(20_000)}`);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
