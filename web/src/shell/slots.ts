import type { ComponentType } from 'react';
import { Announcements } from '../notices/announcements.tsx';
import { Bell } from '../notices/bell.tsx';

interface Slots {
  /** In the top bar, before the account menu: what has happened since. */
  readonly bell: ComponentType | null;
  /** A strip above the page: what the operator announces. */
  readonly announcements: ComponentType | null;
}

/** Places of the frame that other parts fill. */
export const slots: Slots = { bell: Bell, announcements: Announcements };
