import type { MailFacts, SecurityFacts } from '../kinds.ts';
import type { Letter, MailWords } from '../letter.ts';

const months = 'January February March April May June July August September October November December'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/** "21 November 2026, 04:54 UTC" */
function moment(atMs: number): string {
  const at = new Date(atMs);
  const day = `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  return `${day}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`;
}

const hello = (name: string): string => (name === '' ? 'Hello,' : `Hello ${name},`);

const plain: Omit<Letter, 'subject' | 'heading'> = {
  greeting: null,
  paragraphs: [],
  details: [],
  action: null,
  notes: [],
  alarm: null,
};

const methods: Readonly<Record<string, string>> = {
  password: 'Password',
  passkey: 'Passkey',
  oidc: 'Single sign-on',
};

function security(facts: SecurityFacts, more: Letter['details'] = []): Letter['details'] {
  const { atMs, device, ipAddress } = facts;
  return [
    ...more,
    ['Time', moment(atMs)],
    ...(device === null ? [] : [['Device', device] as const]),
    ...(ipAddress === null ? [] : [['IP address', ipAddress] as const]),
  ];
}

const alarm = (facts: SecurityFacts, label = 'Secure your account now'): Letter['alarm'] => ({
  text: 'Was this not you?',
  label,
  link: facts.link,
});

const pressing: Readonly<Record<MailFacts['ticket-pressing']['what'], string>> = {
  opened: 'needs an answer now',
  half: 'has used half of its response target',
  most: 'has used 80 % of its response target',
  breached: 'has missed its response target',
};

const keySeen: Readonly<Record<MailFacts['key-reported']['seen'], string>> = {
  mail: 'The whole of one of your keys stood in a mail to support. It was taken out before the mail was stored, but a mail passes many hands.',
  form: 'Somebody found the whole of one of your keys and reported it to us.',
  partner: 'A service that looks for keys in public places found the whole of one of yours and reported it to us.',
};

function keyDone({ done, disableAtMs }: MailFacts['key-reported']): string {
  if (done === 'disabled')
    return 'By the rule of your organization the key was put out of use at once. Create a new one and put it in its place.';
  if (disableAtMs !== null)
    return `By the rule of your organization the key goes out of use on ${moment(disableAtMs)}. Create a new one and put it in its place before that.`;
  return 'By the rule of your organization the key stays in use: whoever has it can spend in your name. Disable it as soon as you can.';
}

const usedOnce = (expiresAtMs: number): string => `The link works once, until ${moment(expiresAtMs)}.`;

export const en: MailWords = {
  htmlLang: 'en',
  bareLink: 'If the button does not work, copy this address into your browser:',
  colon: ': ',
  gap: ' ',
  foot: (site) => `Sent by ${site.name}. Questions? Write to ${site.supportAddress}.`,
  letters: {
    'verify-email': ({ name, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `Confirm your address for ${site.name}`,
      heading: 'Confirm your mail address',
      greeting: hello(name),
      paragraphs: [`Welcome to ${site.name}. Confirm that this address is yours, and your account is ready.`],
      action: { label: 'Confirm address', link },
      notes: [
        usedOnce(expiresAtMs),
        'You did not register? Then ignore this mail: without the link, nobody can use this address.',
      ],
    }),
    'already-registered': ({ name, signInLink, resetLink }, site) => ({
      ...plain,
      subject: `You already have an account at ${site.name}`,
      heading: 'You already have an account',
      greeting: hello(name),
      paragraphs: [
        `Somebody, probably you, tried to register at ${site.name} with this address. It has an account already, so nothing was changed.`,
      ],
      action: { label: 'Sign in', link: signInLink },
      alarm: { text: 'Forgot your password?', label: 'Choose a new one', link: resetLink },
      notes: ['If it was not you, there is nothing to do: whoever tried has learnt nothing about your account.'],
    }),
    'reset-password': ({ name, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `Choose a new password for ${site.name}`,
      heading: 'Choose a new password',
      greeting: hello(name),
      paragraphs: [`You asked for a new password for your account at ${site.name}.`],
      action: { label: 'Choose a new password', link },
      notes: [
        usedOnce(expiresAtMs),
        'You did not ask for it? Then ignore this mail; your password stays as it is.',
        'Never pass this link on: whoever has it can take over the account. We never ask for it.',
      ],
    }),
    'verify-new-email': ({ name, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `Confirm your new address for ${site.name}`,
      heading: 'Confirm your new mail address',
      greeting: hello(name),
      paragraphs: [
        `You want to use this address for your account at ${site.name}. Until you confirm it, the old one stays.`,
      ],
      action: { label: 'Confirm new address', link },
      notes: [usedOnce(expiresAtMs), 'You did not ask for it? Then ignore this mail; nothing changes.'],
    }),
    'email-changed': (facts, site) => ({
      ...plain,
      subject: `The address of your ${site.name} account was changed`,
      heading: 'Your mail address was changed',
      greeting: hello(facts.name),
      paragraphs: [`Your account at ${site.name} now uses another mail address. This is the last mail to the old one.`],
      details: security(facts, [['New address', facts.newEmail]]),
      alarm: alarm(facts),
    }),
    'password-changed': (facts, site) => ({
      ...plain,
      subject: `Your ${site.name} password was changed`,
      heading: 'Your password was changed',
      greeting: hello(facts.name),
      paragraphs: [`The password of your account at ${site.name} was changed.`],
      details: security(facts),
      alarm: alarm(facts),
    }),
    'new-device': (facts, site) => ({
      ...plain,
      subject: `New sign-in to ${site.name}`,
      heading: 'New sign-in to your account',
      greeting: hello(facts.name),
      paragraphs: [`Your account at ${site.name} was used from a device that we have not seen before.`],
      details: security(facts, [['Signed in with', methods[facts.method] ?? facts.method]]),
      alarm: alarm(facts),
      notes: ['If it was you, there is nothing to do.'],
    }),
    'two-factor-changed': (facts, site) => ({
      ...plain,
      subject: `Two-factor authentication was turned ${facts.enabled ? 'on' : 'off'} for ${site.name}`,
      heading: `Two-factor authentication is ${facts.enabled ? 'on' : 'off'}`,
      greeting: hello(facts.name),
      paragraphs: [
        facts.enabled
          ? `From now on, signing in to ${site.name} with your password also asks for a code from your authenticator app. Keep your recovery codes in a safe place.`
          : `From now on, your password alone opens your account at ${site.name}.`,
      ],
      details: security(facts),
      alarm: alarm(facts),
    }),
    'passkey-changed': (facts, site) => ({
      ...plain,
      subject: `A passkey was ${facts.added ? 'added to' : 'removed from'} your ${site.name} account`,
      heading: facts.added ? 'A passkey was added' : 'A passkey was removed',
      greeting: hello(facts.name),
      paragraphs: [
        facts.added
          ? `Your account at ${site.name} can now be opened with one more passkey.`
          : `A passkey no longer opens your account at ${site.name}.`,
      ],
      details: security(facts, [['Passkey', facts.passkey]]),
      alarm: alarm(facts),
    }),
    'recovery-code-used': (facts, site) => ({
      ...plain,
      subject: `A recovery code was used for your ${site.name} account`,
      heading: 'A recovery code was used',
      greeting: hello(facts.name),
      paragraphs: [
        `Somebody signed in to your account at ${site.name} with one of your recovery codes.`,
        facts.left === 0
          ? 'It was the last one. Make new recovery codes soon, or losing your authenticator app locks you out.'
          : `You have ${facts.left === 1 ? '1 code' : `${facts.left} codes`} left.`,
      ],
      details: security(facts),
      alarm: alarm(facts),
    }),
    'access-token-created': (facts, site) => ({
      ...plain,
      subject: `New personal access token for your ${site.name} account`,
      heading: 'A personal access token was created',
      greeting: hello(facts.name),
      paragraphs: [`Programs that have this token can act as you at ${site.name}, as far as it was permitted.`],
      details: security(facts, [['Token', facts.token]]),
      alarm: alarm(facts, 'Delete the token and secure your account'),
    }),
    invitation: ({ organization, inviter, roles, link, expiresAtMs }, site) => ({
      ...plain,
      subject: `Invitation to ${organization} at ${site.name}`,
      heading: `Join ${organization}`,
      paragraphs: [`${inviter} invites you to the organization ${organization} at ${site.name}.`],
      details: roles.length === 0 ? [] : [[roles.length === 1 ? 'Your role' : 'Your roles', roles.join(', ')]],
      action: { label: 'See the invitation', link },
      notes: [usedOnce(expiresAtMs), 'You do not know them? Then ignore this mail.'],
    }),
    'key-disabled': (facts, site) => ({
      ...plain,
      subject: `Your key ${facts.prefix}… at ${site.name} was disabled`,
      heading: 'Your key was disabled',
      greeting: hello(facts.name),
      paragraphs: [
        `${facts.by} put one of your keys in ${facts.organization} out of use. Calls with it are refused from now on.`,
      ],
      details: [
        ['Key', facts.key],
        ['Begins with', `${facts.prefix}…`],
        ...(facts.reason === '' ? [] : [['Reason', facts.reason] as const]),
      ],
      action: { label: 'See the key', link: facts.link },
    }),
    'key-reported': (facts, site) => ({
      ...plain,
      subject: `Your key ${facts.prefix}… at ${site.name} became known to others`,
      heading: 'A key of yours became known to others',
      greeting: hello(facts.name),
      paragraphs: [keySeen[facts.seen] ?? keySeen.form, keyDone(facts)],
      details: [
        ['Key', facts.key],
        ['Begins with', `${facts.prefix}…`],
        ['Organization', facts.organization],
      ],
      action: { label: 'Replace the key', link: facts.link },
      notes: ['Nobody but you was told whether the key works.'],
    }),
    'ticket-pressing': (facts, site) => ({
      ...plain,
      subject: `${facts.ticket} ${pressing[facts.what]} (${site.name})`,
      heading: `${facts.ticket} ${pressing[facts.what]}`,
      greeting: hello(facts.name),
      paragraphs: ['What was written stands on the ticket alone.'],
      details: [
        ['Queue', facts.queue],
        ['Priority', facts.priority],
        ...(facts.dueAtMs === null ? [] : [['Due', moment(facts.dueAtMs)] as const]),
      ],
      action: { label: 'Open the ticket', link: facts.link },
    }),
    test: ({ by }, site) => ({
      ...plain,
      subject: `Test mail from ${site.name}`,
      heading: 'Mail works',
      paragraphs: [
        `${by} asked ${site.name} for this test. It arrived, so verification, reset and security mail arrive as well.`,
      ],
    }),
  },
};
