import { type CorpusMail, idA } from './mail.ts';

/** Everything else that customers write, in English. */
export const othersEn: readonly CorpusMail[] = [
  {
    name: 'charged twice',
    subject: 'billing: charged twice',
    text: 'We were charged twice for order ORD-20261120-77. Please refund one.',
    finds: { prefix: 'billing', orders: ['ORD-20261120-77'], says: ['charge'] },
  },
  {
    name: 'a charge without order or day',
    subject: 'billing: refund',
    text: 'My top-up never arrived, please check.',
    finds: { prefix: 'billing', says: ['charge'], missing: ['time'] },
  },
  {
    name: 'how to pay',
    subject: 'Billing: how do I top up?',
    text: 'Which payment methods do you take? Is there an invoice?',
    finds: { prefix: 'billing' },
  },
  {
    name: 'an invoice and a payment of a provider',
    subject: 'billing: invoice no. 2026-1182',
    text: 'Payment pi_3QabcDEF12345678 on 2026-11-02 belongs to invoice INV-2026-1182.',
    finds: {
      prefix: 'billing',
      times: ['2026-11-02 ?'],
      orders: ['2026-1182', 'pi_3QabcDEF12345678', 'INV-2026-1182'],
    },
  },
  {
    name: 'an odd charge of one call',
    subject: 'billing: why so much',
    text: `Why was I charged for ${idA}?`,
    finds: { prefix: 'billing', ids: [idA], says: ['charge'] },
  },
  {
    name: 'enterprise, production impact in the subject',
    subject: 'enterprise: PRODUCTION DOWN - all requests failing',
    text: 'Since 13:50 UTC every call answers 503. All of our customers are affected, we are losing revenue. Call me asap.',
    finds: {
      prefix: 'enterprise',
      times: ['2026-11-21T13:50 UTC'],
      statuses: [503],
      impact: ['production', 'everyone', 'money', 'deadline'],
    },
  },
  {
    name: 'an inquiry',
    subject: 'Enterprise: custom plan',
    text: 'We expect about 2 million calls a month for 300 developers and need an SLA. Who can we talk to?',
    finds: { prefix: 'enterprise', says: ['expectation'] },
  },
  {
    name: 'impact that is denied',
    subject: 'bug: minor thing',
    text: `${idA}: not a production impact, nobody is blocked, no deadline.`,
    finds: { prefix: 'bug', ids: [idA] },
  },
  {
    name: 'blocked',
    subject: 'bug: blocked',
    text: `We are completely blocked, our release is tomorrow. ${idA}`,
    finds: { prefix: 'bug', ids: [idA], impact: ['blocked', 'deadline'] },
  },
  {
    name: 'a vulnerability',
    subject: 'vulnerability: IDOR in invoices',
    text: 'I can read invoices of others by counting up the number. Steps attached.',
    finds: { prefix: 'vulnerability' },
  },
  {
    name: 'no prefix',
    subject: 'Question about models',
    text: 'Do you have deepseek-chat and gpt-4o?',
    finds: { models: ['deepseek-chat', 'gpt-4o'] },
  },
  {
    name: 'a word of ours in the middle of the subject',
    subject: 'A bug: something broke',
    text: 'Hello',
    finds: {},
  },
  {
    name: 'a prefix that is none',
    subject: 'Feature: dark mode',
    text: 'Please.',
    finds: {},
  },
  {
    name: 'many wrappings',
    subject: 'RE[3]: Fwd: [EXTERNAL] [T-1042] Aw:  ＢＵＧ： broken',
    text: 'still broken',
    finds: { prefix: 'bug', missing: ['request_id', 'time', 'error', 'tool', 'expected'] },
  },
  {
    name: 'thanks',
    subject: 'Re: [T-1001] bug: solved',
    text: 'Thank you, works now!',
    finds: { prefix: 'bug', missing: ['request_id', 'time', 'error', 'tool', 'expected'] },
  },
  {
    name: 'a leaked key, redacted',
    subject: 'my key leaked',
    text: 'I pushed [lodge key sk-lodge-Zz99Aa00 …f3k9] to GitHub. Is it revoked?',
    finds: { keyPrefixes: ['sk-lodge-Zz99Aa00'] },
  },
  {
    name: 'a name in Chinese in an English mail',
    subject: 'Invoice for 上海示例科技有限公司',
    text: 'Hello, could you please send the invoice of October to our company 上海示例科技有限公司? The tax number is on file. Many thanks in advance and kind regards.',
    finds: { language: 'en' },
  },
  {
    name: 'empty',
    subject: '',
    text: '',
    finds: {},
  },
  {
    name: 'only a signature',
    subject: '(no subject)',
    text: '-- \nJo Doe\nExample Ltd\n+44 20 7946 0000',
    finds: {},
  },
  {
    name: 'everything is down',
    subject: 'Urgent!!',
    text: 'Everything is down for all our customers since 2pm, we have a demo tomorrow. HELP',
    finds: { times: ['2026-11-21T14 ?'], impact: ['deadline', 'production', 'everyone'] },
  },
  {
    name: 'an invoice that is wrong',
    subject: 'billing: Wrong invoice',
    text: 'Invoice number 2026-0042 shows 1,500.00 USD but my usage page says 412.50. Order #A1B2C3D4E5.',
    finds: { prefix: 'billing', orders: ['2026-0042', 'A1B2C3D4E5'], says: ['charge'] },
  },
];
