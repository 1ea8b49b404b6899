import type { Answer } from '../../api/client.ts';
import type { Tone } from '../../ui/badge.tsx';

export type IncomingMail = Answer<'/admin/v1/mailroom/mails'>['data'][number];

export const mailStates = ['stored', 'read', 'threaded', 'routed', 'answered', 'quarantined', 'ignored'] as const;

export const mailTones: Readonly<Record<IncomingMail['state'], Tone>> = {
  stored: 'info',
  read: 'info',
  threaded: 'info',
  routed: 'info',
  answered: 'good',
  quarantined: 'bad',
  ignored: 'neutral',
};
