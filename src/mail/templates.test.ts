import { describe, expect, it, test } from 'vitest';
import { defuse } from './defuse.ts';
import type { MailFacts, MailKind, MailLocale } from './kinds.ts';
import { mailKinds, renderMail } from './render.ts';
import { testSite } from './testing.ts';

const expiresAtMs = Date.UTC(2026, 10, 22, 8, 5);
const link = 'https://ai.example.test/console/act?token=t0k-en_&kind=a';
const security = {
  name: 'Ada',
  atMs: Date.UTC(2026, 0, 3, 4, 5),
  ipAddress: '203.0.113.7',
  device: 'Firefox on Windows',
  link: 'https://ai.example.test/console/security',
};

const facts: MailFacts = {
  'verify-email': { name: 'Ada', link, expiresAtMs },
  'already-registered': { name: '', signInLink: link, resetLink: 'https://ai.example.test/console/forgot' },
  'reset-password': { name: 'Ada', link, expiresAtMs },
  'verify-new-email': { name: 'Ada', link, expiresAtMs },
  'email-changed': { ...security, newEmail: 'ada@new.example.com' },
  'password-changed': { ...security, device: null, ipAddress: null },
  'new-device': { ...security, method: 'passkey' },
  'two-factor-changed': { ...security, enabled: true },
  'passkey-changed': { ...security, added: false, passkey: 'Laptop' },
  'recovery-code-used': { ...security, left: 1 },
  'access-token-created': { ...security, token: 'nightly report' },
  invitation: {
    organization: 'Analytical Engines',
    inviter: 'Grace',
    roles: ['developer', 'billing'],
    link,
    expiresAtMs,
  },
  'key-disabled': {
    name: 'Ada',
    organization: 'Analytical Engines',
    key: 'laptop',
    prefix: 'sk-lodge-a1b2c3d4',
    by: 'Grace',
    reason: 'It was found in a public repository.',
    link: 'https://ai.example.test/console/keys/key_1',
  },
  'key-reported': {
    name: 'Ada',
    organization: 'Analytical Engines',
    key: 'laptop',
    prefix: 'sk-lodge-a1b2c3d4',
    seen: 'mail',
    done: 'disabled',
    disableAtMs: null,
    link: 'https://ai.example.test/console/keys/key_1',
  },
  'ticket-pressing': {
    name: 'Ada',
    ticket: 'T-1001',
    queue: 'bug',
    priority: 'urgent',
    what: 'most',
    dueAtMs: expiresAtMs,
    link: 'https://ai.example.test/console/desk/T-1001',
  },
  test: { by: 'Grace' },
};

function rendered<Kind extends MailKind>(kind: Kind, locale: MailLocale, more: Partial<MailFacts[Kind]> = {}) {
  return renderMail({ kind, to: 'ada@example.com', locale, facts: { ...facts[kind], ...more } }, testSite);
}

describe.each(['en', 'zh'] as const)('in %s', (locale) => {
  test('every kind says what it said', async () => {
    const all = mailKinds.map((kind) => {
      const { subject, text } = rendered(kind, locale);
      return `==== ${kind}\nSubject: ${subject}\n\n${text}`;
    });
    await expect(all.join('\n')).toMatchFileSnapshot(`templates/golden/${locale}.txt`);
  });

  test('the other half of what can happen', async () => {
    const all = [
      rendered('two-factor-changed', locale, { enabled: false }),
      rendered('passkey-changed', locale, { added: true }),
      rendered('recovery-code-used', locale, { left: 0 }),
      rendered('recovery-code-used', locale, { left: 3 }),
      rendered('invitation', locale, { roles: [] }),
      rendered('key-disabled', locale, { reason: '' }),
      rendered('key-reported', locale, { seen: 'form', done: 'later', disableAtMs: expiresAtMs }),
      rendered('key-reported', locale, { seen: 'partner', done: 'nothing' }),
      rendered('ticket-pressing', locale, { what: 'opened', dueAtMs: null }),
      rendered('ticket-pressing', locale, { what: 'half' }),
      rendered('ticket-pressing', locale, { what: 'breached' }),
    ];
    const texts = all.map(({ subject, text }) => `==== ${subject}\n\n${text}`);
    await expect(texts.join('\n')).toMatchFileSnapshot(`templates/golden/${locale}-others.txt`);
  });

  test('HTML of a mail with all that there can be', async () => {
    await expect(rendered('new-device', locale).html).toMatchFileSnapshot(
      `templates/golden/new-device.${locale}-html.txt`,
    );
    await expect(rendered('verify-email', locale).html).toMatchFileSnapshot(
      `templates/golden/verify-email.${locale}-html.txt`,
    );
  });

  test.each(mailKinds)('%s: HTML says the same as the text, and loads nothing', (kind) => {
    const { subject, text, html } = rendered(kind, locale);
    const body = html.slice(html.indexOf('<body'));
    expect(html).not.toMatch(/<(?:img|script|link|table|iframe|object|form)\b|@import|url\(|src=/i);
    for (const [, target] of html.matchAll(/href="([^"]*)"/g)) expect(text).toContain(target?.replaceAll('&amp;', '&'));
    // Labels, values and links stand in elements of their own there, on lines here.
    const bare = (words: string): string => words.replaceAll(/[\s:：]/g, '');
    const plain = bare(body.replaceAll(/<[^>]+>/g, ''))
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    for (const line of text.split('\n').filter((one) => one !== '-- '))
      expect(line.startsWith('https://') ? html.replaceAll('&amp;', '&') : plain).toContain(
        line.startsWith('https://') ? `href="${line}"` : bare(line),
      );
    expect(html).toContain(`lang="${locale === 'en' ? 'en' : 'zh-CN'}"`);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html.length).toBeLessThan(10_000);
  });
});

describe('what people called themselves', () => {
  const hostile = 'Eve"><script>alert(1)</script>\r\nBcc: x@y.example\u202e https://evil.example/login';

  test.each(mailKinds)('%s: does no harm in any place', (kind) => {
    for (const locale of ['en', 'zh'] as const) {
      const worst = Object.fromEntries(
        Object.entries(facts[kind]).map(([name, value]) => [
          name,
          /link$/i.test(name) ? value : typeof value === 'string' ? hostile : Array.isArray(value) ? [hostile] : value,
        ]),
      );
      const { subject, text, html } = rendered(kind, locale, worst);
      expect(html).not.toContain('<script');
      expect(html).not.toMatch(/(?:href|style|class)="[^"]*evil/);
      for (const part of [subject, text, html]) {
        expect(part).not.toContain('evil.example');
        expect(part).not.toContain('://evil');
        expect(part).not.toContain('\u202e');
        expect(part).not.toMatch(/^Bcc/m);
      }
      expect(subject).not.toMatch(/[\r\n]/);
      expect(subject.length).toBeLessThanOrEqual(150);
    }
  });

  it.each([
    ['https://evil.example/x', 'https[:]//evil[.]example/x'],
    ['win at evil.example now', 'win at evil[.]example now'],
    ['www.evil.example.com', 'www[.]evil[.]example[.]com'],
    ['evil。example', 'evil[.]example'],
    ['例子.中国', '例子[.]中国'],
    ['eve@evil.example !', 'eve@evil[.]example !'],
    ['ev\u200bil.ex\u00adample', 'evil[.]example'],
    ['J. R. R. Tolkien', 'J. R. R. Tolkien'],
    ['Dr. Ada K. Lovelace, Ph.D.', 'Dr. Ada K. Lovelace, Ph.D.'],
    ['ada@example.com', 'ada@example.com'],
    ['Firefox 128.0 on Windows 10.0', 'Firefox 128.0 on Windows 10.0'],
    ['203.0.113.7', '203.0.113.7'],
    ['  李  雷\n', '李 雷'],
    ['a'.repeat(200), `${'a'.repeat(79)}…`],
    ['👩‍🚀'.repeat(50), expect.stringMatching(/^(?:👩🚀){39}👩…$/u)],
  ])('%s', (name, shown) => {
    expect(defuse(name)).toEqual(shown);
  });
});
