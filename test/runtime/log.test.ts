import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createLog, type LogFormat } from '../../runtime/log.ts';

function linesOf(format: LogFormat, write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const log = createLog({ level: 'info', format, secrets: ['s3cret', 'ab'], write: (part) => (text += part) });
  write(log);
  log.flush();
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'TIME').replace(/\d\d:\d\d:\d\d/, 'TIME');
}

test('one line an event, whatever is in it; secrets are blotted out', () => {
  const cases: Array<[LogFormat, string, Record<string, unknown>, string]> = [
    ['plain', 'POST /predict', { status: 200, gone: undefined }, 'TIME INFO POST /predict status=200\n'],
    [
      'plain',
      'two\nlines',
      { a: 'x y', b: 'q=1', c: { d: 1 } },
      'TIME INFO "two\\nlines" a="x y" b="q=1" c="{\\"d\\":1}"\n',
    ],
    ['plain', 'key s3cret', { header: 'Basic s3cret', ab: 'abc' }, 'TIME INFO key *** header="Basic ***" ab=abc\n'],
    ['json', 'x\ny', { a: 's3cret' }, '{"time":"TIME","level":"info","message":"x\\ny","a":"***"}\n'],
    ['pretty', 'a\x1b[31mred', {}, '\x1b[90mTIME\x1b[0m \x1b[36minfo \x1b[0m a\\x1b[31mred\n'],
  ];
  for (const [format, message, fields, wanted] of cases)
    assert.is(
      linesOf(format, (log) => log.info(message, fields)),
      wanted,
    );
});

test('lines below the level are left out; errors keep their stack', () => {
  assert.is(
    linesOf('plain', (log) => log.debug('quiet')),
    '',
  );
  assert.match(
    linesOf('plain', (log) => log.error('failed', { error: new Error('why') })),
    /error="Error: why\\n {4}at /,
  );
});

test.run();
