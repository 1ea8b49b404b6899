/** What the desk and the help pages show alike. Members as the API names them. */

export interface TicketFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** An image that is safe to show within the thread. */
  readonly inline: boolean;
  readonly scan: 'clean' | 'infected' | 'unscanned';
}

export interface ThreadMessage {
  readonly id: string;
  readonly kind: 'in' | 'out' | 'note' | 'automatic';
  readonly at: string;
  readonly author: { readonly id?: string | null; readonly name: string; readonly address?: string };
  /** Absent where it is nobody's business: customers see their own thread. */
  readonly verified?: boolean;
  readonly text: string;
  readonly quoted: string;
  readonly cc?: readonly string[];
  /** A machine has sent it: which kind. */
  readonly automatic?: string | null;
  /** How many secrets were taken out. */
  readonly redacted?: number;
  readonly attachments: readonly TicketFile[];
}
