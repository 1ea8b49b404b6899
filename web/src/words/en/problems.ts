/** The console's own codes. Those of the API come with their English text. */
export const problems = {
  network_unreachable: 'The server did not answer. Check your connection and try again.',
  answer_unreadable:
    'Something between you and the API answered in its place. Try again; if it stays, tell the people who run this site.',
  page_failed: 'This page met a mistake of ours. Reload it; if it stays, tell support what you were doing.',
} as const;
