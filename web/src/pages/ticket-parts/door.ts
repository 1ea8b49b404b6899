import { type Answer, api } from '../../api/client.ts';
import type { UploadEnds } from '../../tickets/upload.ts';

/** A customer's own tickets, in whichever organization; and all that the reader may see of one organization. */
export const ownPath = '/control/v1/account/tickets';
export const organizationPath = '/control/v1/organizations/{organization}/tickets';
export const ownTicketPath = `${ownPath}/{ticket}` as const;
export const organizationTicketPath = `${organizationPath}/{ticket}` as const;

/** Through which of the two a ticket is reached: an organization's id, or null for the reader's own. */
export type Door = string | null;

export type CustomerTicket = Answer<typeof ownPath>['data'][number];
export type CustomerTicketPage = Answer<typeof ownTicketPath>;
export type CustomerMessage = CustomerTicketPage['messages'][number];
export type Category = CustomerTicket['category'];

/** Every path under which tickets are read, to be read again after a write. */
export const ticketPaths = [ownPath, organizationPath, ownTicketPath, organizationTicketPath] as const;

interface Message {
  readonly text: string;
  readonly uploads: string[];
}

/** Writes on one ticket. */
export function writesOn(door: Door, ticket: string) {
  const own = { params: { ticket } };
  const ours = { params: { organization: door ?? '', ticket } };
  return {
    reply: (body: Message) =>
      door === null
        ? api.post(`${ownTicketPath}/messages`, { ...own, body, idempotency: true })
        : api.post(`${organizationTicketPath}/messages`, { ...ours, body, idempotency: true }),
    close: () =>
      door === null ? api.post(`${ownTicketPath}/close`, own) : api.post(`${organizationTicketPath}/close`, ours),
    reopen: () =>
      door === null ? api.post(`${ownTicketPath}/reopen`, own) : api.post(`${organizationTicketPath}/reopen`, ours),
    rate: (body: { stars: number; comment: string | null }) =>
      door === null
        ? api.post(`${ownTicketPath}/rating`, { ...own, body })
        : api.post(`${organizationTicketPath}/rating`, { ...ours, body }),
  };
}

/** Where a file of a ticket lies. */
export function attachmentPath(door: Door): string {
  return `${door === null ? ownTicketPath : organizationTicketPath}/attachments/{attachment}`;
}

/** Where a mail is shown as it was sent, in a frame that runs nothing. */
export function htmlPath(door: Door): string {
  return `${door === null ? ownTicketPath : organizationTicketPath}/messages/{message}/html`;
}

const uploads = '/control/v1/account/ticket-uploads';

/** How customers' files go up. */
export const customerUploads: UploadEnds = {
  begin: async (body, signal) => (await api.post(uploads, { body, signal })).id,
  piece: (upload, number, data, signal) =>
    api.put(`${uploads}/{upload}/pieces/{number}`, {
      params: { upload, number: String(number) },
      body: { data },
      signal,
    }),
};
